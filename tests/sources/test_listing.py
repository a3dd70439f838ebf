import os
import socket
from pathlib import Path

import pytest

from transforms.records import Entry
from transforms.rows import Reason
from transforms.sources.inputs import Input, parse_inputs
from transforms.sources.listing import batches, list_entries


def listed(root: Path, pattern: bytes = b"", repo_from: str = "auto") -> dict[str, Entry]:
    entries = list(list_entries(0, Input("in", os.fsencode(root), pattern), repo_from))
    assert len({entry.path for entry in entries}) == len(entries)
    return {entry.path: entry for entry in entries}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path in (
        "top.py",
        ".hidden",
        "a/one.py",
        "a/b[x]/two.py",
        "a/[id].tsx",
        "r/.git/config",
        "r/lib/deep/x.go",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    return tmp_path


def test_every_regular_file_hidden_ones_too(tree: Path) -> None:
    found = listed(tree)
    assert {path for path, entry in found.items() if not entry.reason} == {
        "top.py",
        ".hidden",
        "a/one.py",
        "a/b[x]/two.py",
        "a/[id].tsx",
        "r/lib/deep/x.go",
    }
    assert found["r/.git"].reason == Reason.VERSION_CONTROL
    assert found["a/one.py"].size_bytes == len("a/one.py")


def test_what_is_no_regular_file_is_listed_and_not_followed(tree: Path) -> None:
    os.symlink(".", tree / "loop")
    os.symlink("/nowhere", tree / "broken")
    os.mkfifo(tree / "pipe.py")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tree / "s"))
        found = listed(tree)
    kinds = {
        path: entry.detail for path, entry in found.items() if entry.reason == Reason.NOT_REGULAR
    }
    assert kinds == {"loop": "link", "broken": "link", "pipe.py": "pipe", "s": "socket"}
    assert not any(path.startswith("loop/") for path in found)


def test_names_are_bytes(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"bad_\xff\xfe.py"), "wb") as file:
        file.write(b"x")
    entry = listed(tmp_path)["bad_\\xff\\xfe.py"]
    assert entry.place.split == b"bad_\xff\xfe.py"


@pytest.mark.parametrize(
    ("path", "repo_from", "repo"),
    [
        pytest.param("top.py", "auto", "", id="at the top"),
        pytest.param("a/b[x]/two.py", "auto", "a", id="first folder"),
        pytest.param("r/lib/deep/x.go", "auto", "r", id="nearest .git"),
        pytest.param("a/one.py", "input", "in", id="the whole input"),
        pytest.param("r/lib/deep/x.go", "2", "r/lib", id="two folders"),
        pytest.param("top.py", "2", "", id="two folders of none"),
    ],
)
def test_repo(tree: Path, path: str, repo_from: str, repo: str) -> None:
    assert listed(tree, repo_from=repo_from)[path].repo == repo


def test_an_input_that_is_a_repository_is_named_by_its_label(tree: Path) -> None:
    (tree / ".git").write_text("gitdir: elsewhere\n")
    assert listed(tree)["a/one.py"].repo == "in"
    assert listed(tree)["r/lib/deep/x.go"].repo == "r"


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        pytest.param(b"*.py", {"top.py"}, id="files"),
        pytest.param(b"**/*.py", {"top.py", "a/one.py", "a/b[x]/two.py"}, id="any depth"),
        pytest.param(b"a", {"a/one.py", "a/b[x]/two.py", "a/[id].tsx"}, id="a folder"),
        pytest.param(b"**/b*", {"a/b[x]/two.py"}, id="folders at any depth"),
        pytest.param(b"a/[[]id].tsx", {"a/[id].tsx"}, id="an escaped name"),
    ],
)
def test_globs(tree: Path, pattern: bytes, paths: set[str]) -> None:
    assert set(listed(tree, pattern)) == paths


def test_batches_hold_everything_once(tree: Path) -> None:
    entries = list(listed(tree).values()) * 100
    made = list(batches(entries, 1000, lambda entry: 0))
    assert [entry for _, batch in made for entry in batch.entries] == entries
    assert max(len(batch.entries) for _, batch in made) <= 256
    assert {partition for partition, _ in made} == {0}


def test_batches_keep_partitions_apart(tree: Path) -> None:
    entries = list(listed(tree).values()) * 100
    made = list(batches(entries, 1000, lambda entry: len(entry.path) % 3))
    found: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for partition, batch in made:
        found[partition] += [entry.path for entry in batch.entries]
    for partition, paths in found.items():
        assert paths == [e.path for e in entries if len(e.path) % 3 == partition] != []


def test_labels(tree: Path) -> None:
    first, second = parse_inputs([str(tree / "a"), f"mine={tree / 'r'}"])
    assert (first.label, second.label) == ("a", "mine")
    with pytest.raises(ValueError, match="label 'a' is used twice"):
        parse_inputs([str(tree / "a"), f"a={tree}"])


def test_a_path_that_exists_is_no_glob(tree: Path) -> None:
    assert parse_inputs([str(tree / "a/b[x]")])[0].pattern == b""
    given = parse_inputs([str(tree / "a/[id].tsx")])[0]
    assert set(listed(tree / "a", given.pattern)) == {"[id].tsx"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param("nowhere/at/all", "no such file or folder", id="missing"),
        pytest.param("gs://bucket/x", "only local paths", id="remote"),
        pytest.param("label=", "a path must follow", id="empty"),
    ],
)
def test_wrong_inputs(value: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_inputs([value])
