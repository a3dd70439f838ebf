import dataclasses
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import datasketch
import numpy as np
import pyarrow.parquet as pq
import pytest

from pipeline.build import _index_basis, run_build
from pipeline.errors import BuildError
from pipeline.options import BuildOptions
from tests.corpora import write_corpus
from transforms import draft
from transforms.index.tables import INDEXED
from transforms.records import FileKey
from transforms.rows import Reason
from transforms.similarity import sets
from transforms.similarity.evaluation_index import make_index
from transforms.similarity.shingles import jaccard, shingle_sets
from transforms.sources import screening


def build(corpus: Path, output: Path, **options: Any) -> dict[str, str]:
    """Build, and return the sha256 of every file whose bytes are promised."""
    settings = {"num_workers": 1, "max_samples_per_file": 3, **options}
    run_build(BuildOptions(input=(f"in={corpus}",), output=str(output), **settings), [])
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*.parquet"))
    }


def index_rows(index: Path, table: str) -> list[dict[str, Any]]:
    found = [pq.read_table(path) for path in sorted((index / table).glob("*.parquet"))]
    return [row for part in found for row in part.to_pylist()]


def duplicates(output: Path) -> dict[str, tuple[str, str]]:
    found = pq.read_table(output / "duplicates").to_pylist()
    return {r["path"]: (r["kind"], r["survivor_path"]) for r in found if r["level"] == "file"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def test_a_rebuild_gives_what_a_full_build_gives(corpus: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    encoder = (corpus / "json/encoder.py").read_text()

    def add() -> None:
        (corpus / "new").mkdir()
        (corpus / "new/fresh.py").write_text("def fresh(a, b):\n    return a * b + 1\n" * 9)
        for n in range(8):
            (corpus / f"new/near{n}.py").write_text(f"{encoder}\nlast = {n}\n")
        (corpus / "new/empty.py").write_text("")

    def change() -> None:
        (corpus / "json/encoder.py").write_text(encoder.replace("def ", "def  ", 2) + "\n# end\n")
        (corpus / "odd/strange.zzz").write_text("!")
        (corpus / "email/charset.py").write_text("")

    def remove() -> None:
        (corpus / "copies/near.py").unlink()
        shutil.rmtree(corpus / "logging")
        shutil.move(corpus / "json/decoder.py", corpus / "new/moved.py")

    steps = [lambda: None, add, change, remove]
    seen = []
    for number, step in enumerate(steps):
        step()
        full = build(corpus, tmp_path / f"full{number}")
        rebuilt = build(corpus, tmp_path / "out", dedup_index=index)
        assert rebuilt == full
        seen.append(duplicates(tmp_path / "out"))
    assert len({json.dumps(found, sort_keys=True) for found in seen}) == len(steps)
    new = {path: found for path, found in seen[1].items() if path.startswith("new/near")}
    assert len(new) == 8
    assert set(new.values()) == {("near", "copies/exact.py")}  # an old file
    assert not list(Path(index).glob(".staging*"))


def test_what_did_not_change_is_not_looked_at_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = str(tmp_path / "index")
    first = build(corpus, tmp_path / "first", dedup_index=index)
    before = {table: index_rows(Path(index), table) for table in ("files", "pairs", "drafts")}
    (corpus / "top.sh").write_text("#!/bin/sh\necho another\n" * 9)
    screened: list[str] = []
    screen_file = screening._screen_file

    def watched(entry: Any, raw: bytes, raw_id: bytes) -> Any:
        screened.append(entry.path)
        return screen_file(entry, raw, raw_id)

    def read_again(self: sets.ShingleSets, content_key: bytes) -> None:
        raise AssertionError("a pair was compared again")

    def watched_draft(self: draft._DraftFn, file: FileKey) -> Any:
        drafted.append(file.path)
        return draft_file(self, file)

    drafted: list[str] = []
    draft_file = draft._DraftFn._drafted
    monkeypatch.setattr(draft._DraftFn, "_drafted", watched_draft)
    monkeypatch.setattr(screening, "_screen_file", watched)
    monkeypatch.setattr(sets.ShingleSets, "_read", read_again)
    assert build(corpus, tmp_path / "second", dedup_index=index) != first
    assert screened == ["top.sh"]
    assert drafted == ["top.sh"]
    assert index_rows(Path(index), "pairs") == before["pairs"] != []
    changed = [row for row in index_rows(Path(index), "files") if row not in before["files"]]
    assert [row["path"] for row in changed] == ["top.sh"]
    assert len(index_rows(Path(index), "files")) == len(before["files"])
    kept = [row for row in index_rows(Path(index), "drafts") if row in before["drafts"]]
    assert len(kept) == len(before["drafts"]) - 1 > 20


def test_other_rules_make_tables_of_the_index_void(
    corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    build(corpus, tmp_path / "one", dedup_index=index)
    full = build(corpus, tmp_path / "full", max_file_bytes=20_000)
    capfd.readouterr()
    assert build(corpus, tmp_path / "two", dedup_index=index, max_file_bytes=20_000) == full
    assert "its files are not used" in capfd.readouterr().err
    full = build(corpus, tmp_path / "full", max_target_chars=500)
    assert build(corpus, tmp_path / "two", dedup_index=index, max_target_chars=500) == full
    assert "its files and drafts are not used" in capfd.readouterr().err


def test_an_index_that_is_broken_is_not_used(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    full = build(corpus, tmp_path / "one", dedup_index=str(index))
    (index / "index.json").write_text("{")
    assert build(corpus, tmp_path / "two", dedup_index=str(index)) == full


def test_a_notebook_whose_cells_changed_is_drafted_again(tmp_path: Path) -> None:
    code = (
        "def scaled(values, by):\n    found = [value * by for value in values]\n    return found\n"
    )
    script = "%%javascript\n" + code.replace("scaled", "other")
    (tmp_path / "in").mkdir()
    for number, cells in enumerate(([code, script], [f"{code}\n\n{script}"])):
        (tmp_path / "in/book.ipynb").write_text(notebook(cells))
        rebuilt = build(tmp_path / "in", tmp_path / "out", dedup_index=str(tmp_path / "index"))
        assert rebuilt == build(tmp_path / "in", tmp_path / f"full{number}")


def notebook(cells: list[str]) -> str:
    return json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": cell, "metadata": {}, "outputs": []}
                for cell in cells
            ],
            "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


@pytest.mark.parametrize("values", [(1, 2), (2, 1)])  # one file's row came last, either way
def test_files_whose_names_are_written_alike_are_not_mixed_up(
    values: tuple[int, int], tmp_path: Path
) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)
    for name, value in zip((b"x\xff.py", rb"x\xff.py"), values, strict=True):
        with open(os.path.join(folder, name), "w") as file:
            file.write(f"def one(a, b):\n    total = a * {value} + b\n    return total\n" * value)
    full = build(tmp_path / "in", tmp_path / "full")
    for _ in range(2):
        index = str(tmp_path / "index")
        assert build(tmp_path / "in", tmp_path / "out", dedup_index=index) == full


def test_an_index_that_was_half_moved_is_repaired(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    full = build(corpus, tmp_path / "one", dedup_index=str(index))
    replace = os.replace

    def interrupted(source: str, target: str) -> None:
        if str(target) == str(index / "drafts"):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises((KeyboardInterrupt, BuildError)):
        build(corpus, tmp_path / "two", dedup_index=str(index))
    monkeypatch.undo()
    assert not (index / "index.json").exists()
    assert build(corpus, tmp_path / "two", dedup_index=str(index)) == full
    assert sorted(path.name for path in index.iterdir()) == sorted(INDEXED)


def test_an_index_is_kept_apart(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"dedup_index=.*: must not be inside"):
        build(corpus, tmp_path / "out", dedup_index=str(corpus / "index"))
    with pytest.raises(ValueError, match=r"dedup_index=.*: must not be inside"):
        build(corpus, tmp_path / "out", dedup_index=str(tmp_path / "out/index"))
    with pytest.raises(ValueError, match=r"output=.*: must not be inside"):
        build(corpus, tmp_path / "index/out", dedup_index=str(tmp_path / "index"))
    assert not (tmp_path / "index").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/mine.txt").write_text("keep me")
    with pytest.raises(ValueError, match=r"dedup_index=.*: must be new, empty or what a build"):
        build(corpus, tmp_path / "out", dedup_index=str(tmp_path / "mine"))


def test_an_index_can_be_asked_with_datasketch(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(corpus, tmp_path / "out", dedup_index=str(index))
    rows = {row["path"]: row for row in index_rows(index, "files")}
    assert rows["odd/empty.py"]["reason"] == Reason.EMPTY
    signatures = {path: minhash(row["signature"]) for path, row in rows.items() if row["signature"]}
    lsh = datasketch.MinHashLSH(num_perm=256, params=(25, 10))
    for path, found in signatures.items():
        lsh.insert(path, found)
    wanted = (corpus / "copies/near.py").read_bytes()
    own, other = shingle_sets([wanted, (corpus / "json/encoder.py").read_bytes()])
    query = datasketch.MinHash(num_perm=256, seed=1, hashfunc=lambda x: x)
    query.update_batch([int(h) >> 32 for h in own])
    assert set(lsh.query(query)) == {"copies/near.py", "copies/exact.py", "json/encoder.py"}
    estimate = query.jaccard(signatures["json/encoder.py"])
    assert abs(estimate - jaccard(own, other)) < 0.1


def minhash(signature: bytes) -> datasketch.MinHash:
    values = np.frombuffer(signature, "<u4")
    return datasketch.MinHash(num_perm=256, seed=1, scheme="affine32", hashvalues=values)


@pytest.mark.parametrize(
    ("option", "value", "void"),
    [
        ("max_file_bytes", 5, {"files"}),
        ("dedup_view", "identifiers", {"files", "pairs"}),
        ("near_threshold", 0.7, set()),
        ("repo_from", "input", set()),
        ("target_per_language", 5, set()),
        *((name, 70, {"drafts"}) for name in ("max_context_chars", "max_target_chars", "seed")),
        *((name, 70, {"drafts"}) for name in ("parser_timeout_s", "parser_memory_mb")),
        ("max_samples_per_file", 7, {"drafts"}),
        ("validation_ratio", 0.5, {"drafts"}),
        ("describe_bugs", True, {"drafts"}),
        ("synthetic_tests", True, {"drafts"}),
    ],
)
def test_each_table_depends_on_the_options_that_made_it(
    option: str, value: Any, void: set[str]
) -> None:
    nothing = make_index([])
    given = BuildOptions(input=("in",), output="out")
    before = _index_basis(given, nothing)
    after = _index_basis(dataclasses.replace(given, **{option: value}), nothing)
    assert {table for table in before if before[table] != after[table]} == void


def test_drafts_depend_on_the_python_that_checks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    given = BuildOptions(input=("in",), output="out")
    before = _index_basis(given, make_index([]))
    monkeypatch.setattr(sys, "version", "3.99")
    assert _index_basis(given, make_index([]))["drafts"] != before["drafts"]
