import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms.sources.evaluation_sets import read_evaluation_sets

HUMAN_EVAL = {
    "task_id": "HumanEval/900",
    "prompt": 'def half(x: int) -> int:\n    """Half of x."""\n',
    "canonical_solution": "    # round down\n    return x // 2\n",
    "test": "def check(candidate):\n    assert candidate(4) == 2\n",
    "entry_point": "half",
}
MBPP = {
    "task_id": 901,
    "text": "Write a function to double a number.",
    "code": "def double(x):\n  return 2 * x  # twice",
    "test_list": ["assert double(2) == 4"],
}
SANITIZED = {
    "source_file": "x.ipynb",
    "task_id": 902,
    "prompt": "Write a function to treble a number.",
    "code": "def treble(x):\n  return 3 * x",
    "test_imports": [],
    "test_list": ["assert treble(2) == 6"],
}


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> str:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), path)
    else:
        text = "".join(json.dumps(row) + "\n" for row in rows).encode()
        path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return str(path)


@pytest.mark.parametrize("name", ["set.jsonl", "set.jsonl.gz", "set.parquet"])
def test_human_eval(tmp_path: Path, name: str) -> None:
    (item,) = read_evaluation_sets([write(tmp_path / name, [HUMAN_EVAL])])
    assert (item.file, item.item_id) == (name, "HumanEval/900")
    assert item.prompt == HUMAN_EVAL["prompt"]
    assert item.solution == HUMAN_EVAL["canonical_solution"]
    assert item.whole == item.prompt + item.solution
    assert item.code.split() == "def half(x: int) -> int: return x // 2".split()


@pytest.mark.parametrize(
    ("row", "prompt"), [pytest.param(MBPP, "text", id="mbpp"), (SANITIZED, "prompt")]
)
def test_mbpp(tmp_path: Path, row: Mapping[str, Any], prompt: str) -> None:
    (item,) = read_evaluation_sets([write(tmp_path / "mbpp.jsonl", [row])])
    assert (item.item_id, item.prompt) == (str(row["task_id"]), row[prompt])
    assert (item.solution, item.whole) == (row["code"], "")
    assert item.code.split() == row["code"].partition("#")[0].split()


def test_other_layouts_are_told_by_their_columns(tmp_path: Path) -> None:
    rows = [
        {"question": "Add.", "solutions": json.dumps(["a + b", "b + a"])},
        {"problem": "Only asked.", "level": 3},
        {"name": "x", "lang": "go", "solution": "func f() {} // nothing"},
    ]
    one, other, asked, go = read_evaluation_sets([write(tmp_path / "own.jsonl", rows)])
    assert (one.item_id, one.solution, other.solution) == ("0", "a + b", "b + a")
    assert (asked.item_id, asked.prompt, asked.solution) == ("1", "Only asked.", "")
    assert (go.item_id, go.code.strip()) == ("x", "func f() {}")


def test_sets_of_the_same_name_are_called_by_their_paths(tmp_path: Path) -> None:
    paths = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        paths.append(write(tmp_path / folder / "set.jsonl", [MBPP]))
    assert [item.file for item in read_evaluation_sets(paths)] == paths


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("x.jsonl", b"", "there is no item in it", id="empty"),
        pytest.param("x.jsonl", b"{\n", "line 1 is no JSON", id="no JSON"),
        pytest.param("x.jsonl", b"[1]\n", "line 1 is no JSON object", id="no object"),
        pytest.param("x.jsonl", b"\xff\n", "line 1 is no JSON", id="no text"),
        pytest.param("x.jsonl.gz", b"text", "cannot be read", id="no gzip"),
        pytest.param("x.parquet", b"text", "cannot be read", id="no Parquet"),
        pytest.param(
            "x.jsonl",
            b'{"b": 1, "a": 2}\n',
            "no column .* it has a, b; known are prompt",
            id="other",
        ),
        pytest.param("x.jsonl", b'{"prompt": " "}\n', "are empty", id="only empty prompts"),
    ],
)
def test_what_is_no_evaluation_set(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=f"exclude_like='.*{name}': .*{message}"):
        read_evaluation_sets([str(tmp_path / name)])


def test_a_missing_set(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"gone\.jsonl': cannot be read: .*No such file"):
        read_evaluation_sets([str(tmp_path / "gone.jsonl")])
