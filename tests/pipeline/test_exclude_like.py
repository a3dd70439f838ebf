import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.judge import validate
from pipeline.validate.outcome import FAIL, NEEDS_INPUT, Outcome

PROMPT = '''def longest_run(values):
    """Return the length of the longest run of equal values that stand next to one another."""
'''
BODY = """    best = current = 0
    last = object()
    for value in values:
        if value == last:
            current += 1
        else:
            current = 1
            last = value
        best = max(best, current)
    return best
"""
RENAMED = """def streak(items):
    top = now = 0
    previous = object()
    for item in items:
        if item == previous:
            now += 1
        else:
            now = 1
            previous = item
        top = max(top, now)
    return top
"""
EDITED = """def streak(items):
    top = now = 0
    wanted = items[0]
    for item in items[1:]:
        if item == wanted:
            now += 1
        else:
            now = 1
            wanted = item
        print(now, wanted)
    return top
"""
OTHER = "".join(
    f'''def area_of_{shape}(width, height):
    """Return the area of a {shape} of this width and height, in square metres."""
    if width < 0 or height < 0:
        raise ValueError("a side of a {shape} is negative")
    area = width * height
    if area > 1000:
        print("a large {shape}", area)
    return area * {factor}


'''
    for factor, shape in enumerate(("square", "kite", "rhombus", "trapezoid"), 2)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("exclude")
    files = {
        "verbatim.py": PROMPT + BODY,
        "inside.py": OTHER.replace("area_of", "size_of") + RENAMED,
        "edited.py": OTHER + EDITED,
        "other.py": OTHER.replace("area", "extent").replace("width", "breadth"),
    }
    (root / "in").mkdir()
    for name, text in files.items():
        (root / "in" / name).write_text(text)
    item = {"task_id": "Own/1", "prompt": PROMPT, "canonical_solution": BODY, "entry_point": "f"}
    short = {"task_id": "Own/2", "prompt": "def one():\n", "canonical_solution": "    return 1\n"}
    (root / "own.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (item, short)))
    return root


def build(folder: Path, output: Path, **options: Any) -> dict[str, Any]:
    settings = {"num_workers": 1, "near_threshold": 0.95, **options}
    return run_build(
        BuildOptions(input=(f"in={folder / 'in'}",), output=str(output), **settings), []
    )


def shards(output: Path) -> dict[str, bytes]:
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*.parquet")}


def promise_8(folder: Path, output: Path) -> Outcome:
    return next(o for o in validate(output, [f"in={folder / 'in'}"]) if o.promise == 8)


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Path:
    build(folder, folder / "out", exclude_like=(str(folder / "own.jsonl"),))
    return folder / "out"


def test_files_and_samples_that_contain_an_item_are_left_out(dataset: Path) -> None:
    rejects = [
        row
        for row in pq.read_table(dataset / "rejects").to_pylist()
        if row["reason"] == "evaluation"
    ]
    files = {row["path"]: json.loads(row["detail"]) for row in rejects if row["level"] == "file"}
    assert set(files) == {"verbatim.py", "inside.py"}
    assert {found["item"] for found in files.values()} == {"Own/1"}
    assert (files["verbatim.py"]["part"], files["inside.py"]["part"]) == (
        "prompt and solution",
        "renamed code",
    )
    assert files["verbatim.py"]["containment"] == 1.0
    samples = [row for row in rejects if row["level"] == "sample"]
    assert {row["path"] for row in samples} == {"edited.py"}
    assert {row["stage"] for row in samples} == {"sample_dedup"}
    assert {row["stage"] for row in rejects if row["level"] == "file"} == {"near_dedup"}
    assert "streak" in {json.loads(row["detail"])["symbol"] for row in samples}


def test_what_is_left_out_never_survives_and_the_rest_stays(dataset: Path) -> None:
    duplicates = pq.read_table(dataset / "duplicates").to_pylist()
    assert not {"verbatim.py", "inside.py"} & {row["survivor_path"] for row in duplicates}
    rows = pq.read_table(dataset / "data").to_pylist()
    assert {row["path"] for row in rows} == {"edited.py", "other.py"}
    assert not any("previous" in row["target"] for row in rows)


def test_build_json_and_report_tell_of_the_sets(dataset: Path) -> None:
    told = json.loads((dataset / "build.json").read_text())
    samples = told["details"]["rejected"]["sample sample_dedup evaluation"]
    assert told["details"]["evaluation"] == {
        "own.jsonl": {"items": 2, "too_short": 1, "files": 2, "samples": samples}
    }
    assert "own.jsonl" in (dataset / "report.html").read_text()


def test_the_judge_looks_for_the_items(folder: Path, dataset: Path, tmp_path: Path) -> None:
    outcomes = validate(dataset, [f"in={folder / 'in'}"])
    assert [outcome for outcome in outcomes if outcome.verdict != "pass"] == []
    assert "items of evaluation sets: 2" in promise_8(folder, dataset).detail
    build(folder, tmp_path / "with")
    page = tmp_path / "with" / "build.json"
    told = json.loads(page.read_text())
    told["options"]["exclude_like"] = [str(folder / "own.jsonl")]
    page.write_text(json.dumps(told))
    outcome = promise_8(folder, tmp_path / "with")
    assert outcome.verdict == FAIL
    assert "contains own.jsonl Own/1" in outcome.detail
    told["options"]["exclude_like"] = [str(tmp_path / "gone.jsonl")]
    page.write_text(json.dumps(told))
    outcome = promise_8(folder, tmp_path / "with")
    assert outcome.verdict == NEEDS_INPUT
    assert "evaluation sets are not checked" in outcome.detail


def test_an_index_gives_the_same_until_the_sets_change(
    folder: Path, dataset: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    index, own = str(tmp_path / "index"), (str(folder / "own.jsonl"),)
    for number in range(2):
        build(folder, tmp_path / f"{number}", exclude_like=own, dedup_index=index)
        assert shards(tmp_path / f"{number}") == shards(dataset)
    assert "not used" not in capfd.readouterr().err
    build(folder, tmp_path / "none")
    build(folder, tmp_path / "other", dedup_index=index)
    assert "files and drafts are not used" in capfd.readouterr().err
    assert shards(tmp_path / "other") == shards(tmp_path / "none") != shards(dataset)


@pytest.mark.slow
def test_same_bytes_with_two_processes(folder: Path, dataset: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "two", exclude_like=(str(folder / "own.jsonl"),), num_workers=2)
    assert shards(tmp_path / "two") == shards(dataset)


def test_an_unreadable_set_stops_the_build_before_it_begins(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"exclude_like='.*gone\.jsonl': cannot be read"):
        build(folder, tmp_path / "out", exclude_like=(str(tmp_path / "gone.jsonl"),))
    assert not (tmp_path / "out").exists()


def test_a_sample_that_is_a_short_item_is_left_out_of_a_longer_file(
    folder: Path, tmp_path: Path
) -> None:
    item = "def read_text(path):\n    handle = open(path)\n    return handle\n"
    (tmp_path / "in/repo").mkdir(parents=True)
    (tmp_path / "in/repo/long.py").write_text(f"{item}\n\n{OTHER}")
    sets = tmp_path / "short.jsonl"
    sets.write_text(json.dumps({"task_id": "T/1", "text": "Open it.", "code": item}) + "\n")
    build(tmp_path, tmp_path / "out", exclude_like=(str(sets),))
    outcome = promise_8(tmp_path, tmp_path / "out")
    assert outcome.verdict != FAIL, outcome
    symbols = pq.read_table(tmp_path / "out/data").column("symbol").to_pylist()
    assert "area_of_kite" in symbols
