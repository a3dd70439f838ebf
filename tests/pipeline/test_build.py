import collections
import ctypes
import functools
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from apache_beam.runners.portability.fn_api_runner import fn_runner

from pipeline.build import run_build
from pipeline.errors import BuildError
from pipeline.options import BuildOptions
from pipeline.publish import PUBLISHED, move_into_place
from pipeline.validate.judge import validate
from tests.corpora import write_corpus
from transforms.records import FileKey
from transforms.samples.drafting import Drafted, draft_file
from transforms.samples.rules import DraftRules
from transforms.sources.source import Source


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("in") / "corpus")


@pytest.fixture(scope="module")
def dataset(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("out") / "dataset"
    build(corpus, output)
    return output


def build(corpus: Path, output: Path, **options: Any) -> dict[str, Any]:
    settings = {"num_workers": 1, "validation_ratio": 0.5, **options}
    return run_build(BuildOptions(input=(f"in={corpus}",), output=str(output), **settings), [])


def contents(output: Path) -> dict[str, str]:
    """sha256 of every file whose bytes are promised."""
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("data", "files", "duplicates", "rejects")
        for path in sorted((output / folder).iterdir())
    }


def rows(output: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(output / table).to_pylist()


def test_every_promise_holds(dataset: Path, corpus: Path) -> None:
    outcomes = validate(dataset, [f"in={corpus}"])
    assert len(outcomes) >= 9
    assert [outcome for outcome in outcomes if outcome.verdict != "pass"] == []


def test_what_came_out(dataset: Path) -> None:
    tasks = json.loads((dataset / "build.json").read_text())["counts"]["task"]
    assert set(tasks) == {
        "function_completion",
        "method_completion",
        "fill_in_middle",
        "add_comments",
        "add_docstring",
        "line_completion",
    }
    assert {row["variant"] for row in rows(dataset, "data")} == {"original", "renamed_variables"}
    assert {row["language"] for row in rows(dataset, "data")} == {"python", "go", "bash"}
    assert {row["split"] for row in rows(dataset, "data")} == {"train", "validation"}


def test_what_was_left_out_and_why(dataset: Path) -> None:
    reasons = {
        row["path"]: (row["stage"], row["reason"])
        for row in rows(dataset, "rejects")
        if row["level"] == "file"
    }
    assert reasons["odd/empty.py"] == ("screen", "empty")
    assert reasons["odd/binary.py"] == ("screen", "binary")
    assert reasons["odd/strange.zzz"] == ("screen", "unknown_language")
    assert reasons["odd/key.py"] == ("screen", "secret")
    family = {"json/encoder.py", "copies/exact.py", "copies/near.py"}
    removed = {row["path"]: row for row in rows(dataset, "duplicates") if row["level"] == "file"}
    assert len(family & set(removed)) == 2
    (survivor,) = family - set(removed)
    assert {removed[path]["survivor_path"] for path in family & set(removed)} == {survivor}


def test_only_the_dataset_is_left(dataset: Path) -> None:
    assert sorted(os.listdir(dataset)) == [
        "README.md",
        "build.json",
        "data",
        "duplicates",
        "files",
        "rejects",
        "report.html",
    ]
    report = (dataset / "report.html").read_text()
    assert "function_completion" in report
    assert "src=" not in report


@pytest.mark.slow
def test_same_bytes_with_two_processes_and_files_made_in_reverse(
    dataset: Path, tmp_path: Path
) -> None:
    corpus = write_corpus(tmp_path / "corpus", backwards=True)
    build(corpus, tmp_path / "again", num_workers=2)
    assert contents(tmp_path / "again") == contents(dataset)


def test_same_bytes_where_every_bundle_is_tried_again(
    corpus: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process_bundle = fn_runner.BundleManager.process_bundle
    tried = []

    def try_twice(self: fn_runner.BundleManager, *arguments: Any, **more: Any) -> Any:
        """As after a failure: the first time all is done, and what came out is lost."""
        tried.append(process_bundle(self, *arguments, **{**more, "dry_run": True}))
        return process_bundle(self, *arguments, **more)

    monkeypatch.setattr(fn_runner.BundleManager, "process_bundle", try_twice)
    build(corpus, tmp_path / "out", dedup_index=str(tmp_path / "index"))
    assert len(tried) > 20
    assert contents(tmp_path / "out") == contents(dataset)
    build(corpus, tmp_path / "out", dedup_index=str(tmp_path / "index"))
    assert contents(tmp_path / "out") == contents(dataset)


def test_target_and_shards(corpus: Path, tmp_path: Path, dataset: Path) -> None:
    built = build(corpus, tmp_path / "few", target_per_language=50, num_shards=3)
    assert built["counts"]["language"]["python"] == 50
    assert built["accounting"]["samples_over_target"] > 100
    names = {
        path.name for path in (tmp_path / "few/data").iterdir() if path.name.startswith("train")
    }
    assert names == {f"train-0000{n}-of-00003.parquet" for n in range(3)}
    best = sorted(
        (-row["quality_score"], row["id"])
        for row in rows(dataset, "data")
        if row["language"] == "python"
    )
    kept = {row["id"] for row in rows(tmp_path / "few", "data") if row["language"] == "python"}
    assert kept == {row_id for _, row_id in best[:50]}
    assert [o for o in validate(tmp_path / "few", [f"in={corpus}"]) if o.verdict != "pass"] == []


def test_a_target_stands_as_often_as_it_may(tmp_path: Path) -> None:
    twins = write_corpus(tmp_path / "corpus")
    accessor = "    def {name}(self):\n        if self._closed:\n            raise StateError\n"
    bodies = "".join(accessor.format(name=f"part_{n}") for n in range(9))
    (twins / "twins.py").write_text(f"class Twins:\n{bodies}")
    built = build(twins, tmp_path / "out", max_same_target=2)
    repeated = [r for r in rows(tmp_path / "out", "rejects") if r["reason"] == "repeated_target"]
    assert {(r["stage"], r["path"]) for r in repeated} >= {("sample_dedup", "twins.py")}
    assert built["counts"]["reason"]["repeated_target"] == len(repeated)
    times = collections.Counter((r["task"], r["target"]) for r in rows(tmp_path / "out", "data"))
    assert max(times.values()) == 2
    outcomes = validate(tmp_path / "out", [f"in={twins}"])
    assert [outcome for outcome in outcomes if outcome.verdict != "pass"] == []


def test_a_file_that_changes_under_the_build_is_a_reject(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = write_corpus(tmp_path / "corpus")
    victim = changing / "gophers/area.go"
    monkeypatch.setattr("transforms.draft.draft_file", functools.partial(_draft_and_touch, victim))
    built = build(changing, tmp_path / "out")
    changed = [row for row in rows(tmp_path / "out", "rejects") if row["reason"] == "changed"]
    assert {(row["level"], row["stage"], row["path"]) for row in changed} == {
        ("sample", "render", "gophers/area.go")
    }
    assert built["counts"]["language"].get("go", 0) == 0
    assert "go" in built["balance"]
    assert sum(
        row["sample_weight"] for row in rows(tmp_path / "out", "data") if row["split"] == "train"
    ) == pytest.approx(1)


def _draft_and_touch(victim: Path, file: FileKey, source: Source, rules: DraftRules) -> Drafted:
    drafted = draft_file(file, source, rules)
    if b"package area" in source.text:
        victim.write_bytes(source.text + b"// later\n")
    return drafted


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("raise", ("failed", "KeyError: 'surprise'")),
        ("hang", ("parser_timeout", "over 3 s of CPU")),
        ("crash", ("parser_crash", "SIGSEGV")),
        ("eat", ("parser_memory", "over 128 MiB")),
    ],
)
def test_whatever_a_file_does_costs_one_file(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, why: tuple[str, str]
) -> None:
    monkeypatch.setattr("transforms.draft.draft_file", functools.partial(_draft_or, how))
    build(corpus, tmp_path / "out", parser_timeout_s=3, parser_memory_mb=128)
    (row,) = [row for row in rows(tmp_path / "out", "rejects") if row["stage"] == "parse"]
    assert (row["path"], row["reason"], row["detail"]) == ("gophers/area.go", *why)


def _draft_or(how: str, file: FileKey, source: Source, rules: DraftRules) -> Drafted:
    if b"package area" in source.text:
        match how:
            case "raise":
                raise KeyError("surprise")
            case "hang":
                while True:
                    pass
            case "crash":
                ctypes.string_at(0)
            case "eat":
                bytes(1 << 28)
    return draft_file(file, source, rules)


def test_no_row_at_the_end_leaves_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.bin").write_bytes(b"\x00")
    built = build(tmp_path / "in", tmp_path / "out")
    assert built["accounting"]["rows_written"] == 0
    assert len(rows(tmp_path / "out", "rejects")) == 1
    assert rows(tmp_path / "out", "data") == []


def test_an_output_that_is_no_dataset_is_refused(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(ValueError, match=r"must be new, empty or .*; it holds 'mine.txt'"):
        build(corpus, tmp_path)
    with pytest.raises(ValueError, match="must not be inside"):
        build(corpus, corpus / "out")
    (tmp_path / "none").mkdir()
    with pytest.raises(ValueError, match="there is no file to read"):
        build(tmp_path / "none", tmp_path / "out")


def test_two_builds_do_not_share_an_output(corpus: Path, tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "out").mkdir()
    descriptor = os.open(tmp_path / "out", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(BuildError, match="another build is writing"):
        build(corpus, tmp_path / "out")
    os.close(descriptor)


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [2.5, 4.0], ids=["early", "later"])
def test_a_killed_build_is_repaired_by_the_same_command(
    dataset: Path, corpus: Path, tmp_path: Path, after_s: float
) -> None:
    output = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "build",
        f"--input=in={corpus}",
        f"--output={output}",
    ]
    command += ["--num_workers=1", "--validation_ratio=0.5"]
    started = subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after_s)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    left = os.listdir(output) if output.exists() else []
    assert "build.json" in left or all(name.startswith(".staging-") for name in left)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert contents(output) == contents(dataset)
    assert not [name for name in os.listdir(output) if name.startswith(".staging-")]


def test_publishing_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step the folder is the old dataset, the new one, or says that it is none."""
    names = ("data", "files", "duplicates", "rejects")

    def fill(folder: Path, text: str) -> None:
        for name in names:
            (folder / name).mkdir(parents=True)
            (folder / name / "x.parquet").write_text(text)
        for name in ("README.md", "report.html", "build.json"):
            (folder / name).write_text(text)

    moves = 0
    honest = os.replace

    def stopped(source: str, target: str) -> None:
        nonlocal moves
        moves += 1
        if moves > stop_after:
            raise InterruptedError
        honest(source, target)

    monkeypatch.setattr(os, "replace", stopped)
    for stop_after in range(8):
        output, staging = tmp_path / f"{stop_after}", tmp_path / f"{stop_after}/.staging-x"
        fill(output, "old")
        fill(staging, "new")
        moves = 0
        if stop_after < 7:
            with pytest.raises(InterruptedError):
                move_into_place(str(staging), str(output), PUBLISHED)
            assert not (output / "build.json").exists()
            moves = -100
        move_into_place(str(staging), str(output), PUBLISHED)
        assert {path.read_text() for path in output.rglob("*") if path.is_file()} == {"new"}
