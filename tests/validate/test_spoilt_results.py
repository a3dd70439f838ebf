"""A dataset whose build.json, shards or folder were spoilt is found out."""

import json
import os
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.validate import balance
from pipeline.validate.dataset import open_dataset
from pipeline.validate.evidence import Evidence
from pipeline.validate.judge import validate
from pipeline.validate.outcome import Findings
from tests.validate.corpus import Record, digest
from tests.validate.honest import Made
from tests.validate.settling import settle, write
from tests.validate.spoiling import Spoil, failing, put


def first_shard(made: Made) -> list[Record]:
    return made.shards["train-00000-of-00001"]


def rename_shard(made: Made, name: str) -> None:
    made.shards[name] = made.shards.pop("train-00000-of-00001")


def pass_target(made: Made) -> None:
    """Five rows were taken where four were asked for."""
    put(made.build["options"], target_per_language=4)
    for each in made.build["balance"].values():
        put(each, target=4)


def _output(made: Made) -> list[Record]:
    return [{"path": "data/gone.parquet", "rows": 0, "bytes": 0, "sha256": ""}]


def call_synthetic(made: Made) -> None:
    """A row is synthetic, as asked for, and yet has a place in its source."""
    put(made.build["options"], synthetic_tests=True)
    next(row for row in first_shard(made) if row["task"] == "line_completion")["origin"] = (
        "synthetic"
    )


def take_fewer(made: Made) -> None:
    """A sample is called over the target though there is room."""
    put(made.build["balance"]["c"], available=2)
    made.build["accounting"]["samples_over_target"] += 1
    made.build["accounting"]["samples_made"] += 1
    made.file("top.c")["samples_made"] += 1


def count_files(made: Made, *names: str) -> None:
    """Count one file too many in some of the places that count files."""
    for name in names:
        part = made.build["input" if name == "files" else "accounting"]
        part[name] += 1


SPOILT_LATER: dict[str, tuple[set[int], Spoil]] = {
    # after build.json and the shards are computed
    "a count of files is wrong": ({1}, lambda m: put(m.build["accounting"], files_used=5)),
    "a sum does not add up": ({1, 6}, lambda m: put(m.build["accounting"], samples_duplicate=2)),
    "a row is not written": ({1, 6}, lambda m: first_shard(m).pop()),
    "a row is written twice": ({1, 5, 6}, lambda m: first_shard(m).insert(0, first_shard(m)[0])),
    "a count by language is wrong": ({1}, lambda m: put(m.build["counts"]["language"], go=2)),
    "a count by reason is wrong": ({1}, lambda m: put(m.build["counts"]["reason"], empty=0)),
    "a file's rows are miscounted": ({1}, lambda m: put(m.file("top.c"), rows_written=0)),
    "the input's checksum is wrong": ({1}, lambda m: put(m.build["input"], checksum=digest(b""))),
    "the input's bytes are wrong": ({1}, lambda m: put(m.build["input"], bytes=1)),
    "a weight is wrong": ({6}, lambda m: put(first_shard(m)[0], sample_weight=0.5)),
    "a weight is off in the 10th digit": (
        {6},
        lambda m: put(
            first_shard(m)[0], sample_weight=first_shard(m)[0]["sample_weight"] * (1 + 1e-10)
        ),
    ),
    "weights use another k": ({6}, lambda m: put(m.build["options"], weight_k=10)),
    "a weight is not a number": ({6}, lambda m: put(first_shard(m)[0], sample_weight=float("nan"))),
    "the target is passed": ({6}, pass_target),
    "quality has too many decimals": (
        {6},
        lambda m: put(first_shard(m)[0], quality_score=first_shard(m)[0]["quality_score"] + 1e-9),
    ),
    "the balance has another target": (
        {6},
        lambda m: put(m.build["options"], target_per_language=6),
    ),
    "fewer rows are taken than the target allows": ({6}, take_fewer),
    "the cut-off is not the last row": (
        {6},
        lambda m: put(m.build["balance"]["python"], lowest_id="0" * 32),
    ),
    "the cut-off is above the last row": (
        {6},
        lambda m: put(m.build["balance"]["python"], lowest_quality=0.8),
    ),
    "a language has no balance": ({6}, lambda m: m.build["balance"].pop("go")),
    "more was available": ({6}, lambda m: put(m.build["balance"]["go"], available=2)),
    "taken is wrong": ({6}, lambda m: put(m.build["balance"]["go"], taken=2)),
    "a synthetic row has a place": ({4}, call_synthetic),
    "rows are not sorted": ({7}, lambda m: first_shard(m).reverse()),
    "a shard has a hole": ({7}, lambda m: rename_shard(m, "train-00001-of-00002")),
    "a shard has another name": ({7, 8}, lambda m: rename_shard(m, "first")),
    "a shard is of another split": (
        {7, 8},
        lambda m: rename_shard(m, "validation-00001-of-00003"),
    ),
    "an output is listed twice": ({7}, lambda m: m.build["outputs"].extend(_output(m) * 2)),
    "an output is listed and missing": ({7}, lambda m: m.build["outputs"].extend(_output(m))),
    "a limit fired for no reason": (
        {9},
        lambda m: put(m.build["limits"][0], reason="tired"),
    ),
    "a limit fired at no file": ({9}, lambda m: put(m.build["limits"][0], path="none.py")),
}


@pytest.mark.parametrize(("broken", "spoil"), SPOILT_LATER.values(), ids=SPOILT_LATER.keys())
def test_spoilt_result_breaks_its_promise(made: Made, broken: set[int], spoil: Spoil) -> None:
    settle(made)
    spoil(made)
    write(made)
    assert failing(made) == broken


def shard_path(made: Made) -> pathlib.Path:
    return made.directory / "data/train-00000-of-00001.parquet"


def change_byte(made: Made) -> None:
    raw = bytearray(shard_path(made).read_bytes())
    at = raw.index(b"created by") if b"created by" in raw else raw.index(b"parquet-cpp")
    raw[at] ^= 1
    shard_path(made).write_bytes(raw)


def drop_column(made: Made) -> None:
    table = pq.read_table(shard_path(made))
    pq.write_table(table.drop_columns(["redactions"]), shard_path(made))


def add_column(made: Made) -> None:
    path = made.directory / "files/00000.parquet"
    table = pq.read_table(path)
    pq.write_table(table.append_column("more", table.column("split")), path)


def change_type(made: Made) -> None:
    table = pq.read_table(shard_path(made))
    at = table.column_names.index("start_byte")
    column = table.column("start_byte").cast(pa.int32())
    pq.write_table(table.set_column(at, "start_byte", column), shard_path(made))


def change_source(made: Made) -> None:
    path = made.folder / "top.c"
    path.write_bytes(path.read_bytes().replace(b"hello", b"howdy"))


def edit_build(made: Made, **values: object) -> None:
    path = made.directory / "build.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def edit_output(made: Made, **values: object) -> None:
    edit_build(made, outputs=[made.build["outputs"][0] | values, *made.build["outputs"][1:]])


SPOILT_ON_DISK: dict[str, tuple[set[int], Spoil]] = {
    "build.json is missing": ({0}, lambda m: (m.directory / "build.json").unlink()),
    "build.json is cut off": ({0}, lambda m: (m.directory / "build.json").write_text('{"a": ')),
    "build.json has no balance": ({0}, lambda m: edit_build(m, balance=None)),
    "the card is missing": ({0}, lambda m: (m.directory / "README.md").unlink()),
    "a table is missing": (
        {0},
        lambda m: (m.directory / "rejects/00000.parquet").unlink(),
    ),
    "a column is missing": ({0}, drop_column),
    "an output's bytes are wrong": ({7}, lambda m: edit_output(m, bytes=1)),
    "an output's rows are wrong": ({7}, lambda m: edit_output(m, rows=1)),
    "an output is listed twice though it is there": (
        {7},
        lambda m: edit_build(m, outputs=[*m.build["outputs"], m.build["outputs"][0]]),
    ),
    "a ledger has another column": ({0}, add_column),
    "a column has another type": ({0}, change_type),
    "a shard is cut off": ({0}, lambda m: os.truncate(shard_path(m), 1000)),
    "a shard's byte is changed": ({7}, change_byte),
    "a leftover": ({7}, lambda m: (m.directory / "data/.part").write_bytes(b"")),
    "a leftover folder": ({7}, lambda m: (m.directory / "beam-temp-1").mkdir()),
    "a file joins the input": ({1}, lambda m: (m.folder / "new.py").write_text("x = 3\n")),
    "a link joins the input": ({1, 9}, lambda m: (m.folder / "new.py").symlink_to("top.c")),
    "a file leaves the input": ({1, 9}, lambda m: (m.folder / "beta/empty.py").unlink()),
    "a file of the input changes": ({1, 2}, change_source),
    "a rejected file changes": (
        {1, 9},
        lambda m: (m.folder / "beta/blob.dat").write_bytes(b"\0\1"),
    ),
}


@pytest.mark.parametrize(("broken", "spoil"), SPOILT_ON_DISK.values(), ids=SPOILT_ON_DISK.keys())
def test_spoilt_folder_breaks_its_promise(made: Made, broken: set[int], spoil: Spoil) -> None:
    settle(made)
    write(made)
    spoil(made)
    assert failing(made) == broken


@pytest.mark.parametrize(
    "values",
    [{"limits": {}}, {"seconds": {}}, {"warpbeam": 1}, {"options": {"weight_k": True}}],
    ids=["not-a-list", "no-key", "not-a-name", "not-a-number"],
)
def test_build_json_of_another_shape_is_incomplete(made: Made, values: Record) -> None:
    settle(made)
    write(made)
    edit_build(made, **values)
    assert failing(made) == {0}


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        (("files_read", "files"), "files used + rejected + duplicate is 14, should be 15"),
        (("files",), "input files is 15, should be 14"),
        (("files_read", "files", "files_used"), "accounting files_used is 5, should be 4"),
    ],
    ids=["sum", "input", "table"],
)
def test_files_counted_wrong_are_seen_without_input(
    made: Made, names: tuple[str, ...], phrase: str
) -> None:
    settle(made)
    count_files(made, *names)
    write(made)
    assert failing(made, given=False) == {1}
    assert phrase in validate(made.directory, [])[1].detail


@pytest.mark.parametrize(
    ("spoil", "promise", "phrase"),
    [
        (SPOILT_ON_DISK["a file joins the input"][1], 1, "new.py of the input is in no table"),
        (SPOILT_ON_DISK["a file leaves the input"][1], 1, "is in the tables but not in the input"),
    ],
    ids=["joined", "left"],
)
def test_files_that_differ_are_named(made: Made, spoil: Spoil, promise: int, phrase: str) -> None:
    settle(made)
    write(made)
    spoil(made)
    assert phrase in validate(made.directory, [str(made.folder)])[promise].detail


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("the target is passed", "accounting samples_over_target is 1, should be 2"),
        ("the target is passed", "python has 5 rows, more than its target"),
        ("a language has no balance", "go has rows and no balance"),
        (
            "fewer rows are taken than the target allows",
            "rows and render rejects is 7, should be 8",
        ),
        ("a weight is wrong", "the weights of train sum to 1 but for"),
    ],
)
def test_balance_says_what_is_wrong(made: Made, name: str, phrase: str) -> None:
    settle(made)
    SPOILT_LATER[name][1](made)
    write(made)
    findings = Findings()
    balance.CHECK.run(Evidence(open_dataset(made.directory), None), findings)
    assert any(phrase in offence for offence in findings.shown)
