"""The judge's listing follows the contract's rules for files read, sources and repositories."""

import os
import pathlib

import pytest

from pipeline.validate.sources import Sources


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder with repositories, links, a pipe and names that are not UTF-8."""
    root = tmp_path / "code"
    for path in (
        "a/x.py",
        "a/.hidden",
        "a/deep/.git/config",
        "a/deep/down/y.py",
        "b/.svn/e",
        "t.c",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    (root / "b/loop").symlink_to("..")
    (root / "b/broken").symlink_to("nothing")
    os.mkfifo(root / "b/pipe.py")
    with open(os.path.join(os.fsencode(root), b"b/\xe9\xff.py"), "wb") as file:
        file.write(b"x")
    (root / "b/empty").mkdir()
    return root


def test_every_entry_has_its_kind(folder: pathlib.Path) -> None:
    entries = Sources([str(folder)]).entries
    assert {name[1]: entry.kind for name, entry in entries.items()} == {
        "a/.hidden": "file",
        "a/deep/.git": "version control",
        "a/deep/down/y.py": "file",
        "a/x.py": "file",
        "b/.svn": "version control",
        "b/broken": "link or device",
        "b/loop": "link or device",
        "b/pipe.py": "link or device",
        "b/\\xe9\\xff.py": "file",
        "t.c": "file",
    }
    assert {source for source, _ in entries} == {"code"}


@pytest.mark.parametrize(
    ("repo_from", "expected"),
    [("auto", ["a", "a/deep", ""]), ("input", ["code"] * 3), ("2", ["a", "a/deep", ""])],
    ids=["auto", "input", "folders"],
)
def test_repositories(folder: pathlib.Path, repo_from: str, expected: list[str]) -> None:
    entries = Sources([str(folder)], repo_from).entries
    paths = ("a/x.py", "a/deep/down/y.py", "t.c")
    assert [entries["code", path].repo for path in paths] == expected


def test_input_that_is_a_repository_gives_its_label(folder: pathlib.Path) -> None:
    entries = Sources([f"mine={folder}/a/deep"]).entries
    assert {name: entry.repo for name, entry in entries.items()} == {
        ("mine", ".git"): "mine",
        ("mine", "down/y.py"): "mine",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("t.c", {"t.c"}),
        ("*.c", {"t.c"}),
        ("a", {"x.py", ".hidden", "deep/.git", "deep/down/y.py"}),
        ("a*", {"a/x.py", "a/.hidden", "a/deep/.git", "a/deep/down/y.py"}),
        ("**/*.py", {"a/x.py", "a/deep/down/y.py", "b/pipe.py", "b/\\xe9\\xff.py"}),
        ("b*/loop/*", set()),
    ],
    ids=["file", "glob", "folder", "glob-of-folders", "any-depth", "below-a-link"],
)
def test_inputs_of_each_kind(folder: pathlib.Path, given: str, expected: set[str]) -> None:
    sources = Sources([f"s={folder}/{given}"])
    assert {path for _, path in sources.entries} == expected
    assert set(sources.listed.values()) <= {1}


def test_name_with_brackets_is_a_name_where_it_exists(folder: pathlib.Path) -> None:
    (folder / "b[x]").mkdir()
    (folder / "b[x]/z.py").write_text("z")
    assert set(Sources([str(folder / "b[x]")]).entries) == {("b[x]", "z.py")}


def test_folder_that_cannot_be_opened_is_one_entry(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listdir = os.listdir

    def refuse(path: bytes) -> list[bytes]:
        if path.endswith(b"/a"):
            raise PermissionError(path)
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    entries = Sources([str(folder)]).entries
    assert entries["code", "a"].kind == "closed folder"
    assert ("code", "a/x.py") not in entries


def test_texts_are_decoded_and_kept_within_bounds(
    folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "utf16.cs").write_bytes("class Ä {}".encode("utf-16"))
    monkeypatch.setattr("pipeline.validate.sources._CACHE_BYTES", 8)
    sources = Sources([str(folder)])
    for _ in range(2):
        assert sources.text(("code", "utf16.cs")) == "class Ä {}".encode()
        assert sources.text(("code", "a/x.py")) == b"a/x.py"
    assert sources.text(("code", "b/broken")) is None
    assert sources.text(("code", "none")) is None
    assert sources.raw_id(("code", "none")) == ("", 0)
    assert sources.raw_id(("code", "t.c"))[1] == 3
    (folder / "t.c").unlink()
    assert sources.raw_id(("code", "t.c")) == ("", 0)
