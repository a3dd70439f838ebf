"""A build with a mix of tasks, and caps of what comes of a definition and a file."""

import collections
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.build import run_build
from pipeline.options import BuildOptions, read_config
from pipeline.validate.judge import validate
from tests.corpora import write_corpus

MIX = ("method_completion=0", "fill_in_middle=3", "add_docstring=0.5")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("in") / "corpus")


def build(corpus: Path, output: Path, **options: Any) -> dict[str, Any]:
    settings = {"num_workers": 1, "validation_ratio": 0.5, **options}
    return run_build(BuildOptions(input=(f"in={corpus}",), output=str(output), **settings), [])


@pytest.fixture(scope="module")
def mixed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("out") / "mixed"
    build(corpus, output, task_mix=MIX, target_per_language=40)
    return output


def rows(output: Path) -> list[dict[str, Any]]:
    return pq.read_table(output / "data").to_pylist()


def faults(output: Path, corpus: Path) -> list[Any]:
    return [o for o in validate(output, [f"in={corpus}"]) if o.verdict != "pass"]


def test_a_mix_is_kept_where_a_language_is_over_its_target(mixed: Path, corpus: Path) -> None:
    assert faults(mixed, corpus) == []
    python = json.loads((mixed / "build.json").read_text())["balance"]["python"]
    assert python["available"] > python["target"] == python["taken"] == 40
    assert "method_completion" not in python["tasks"]
    times = collections.Counter(row["task"] for row in rows(mixed) if row["language"] == "python")
    assert times == {task: said["taken"] for task, said in python["tasks"].items()}
    cut = {t: s for t, s in python["tasks"].items() if s["taken"] < s["available"]}
    assert {"add_docstring", "function_completion"} <= set(cut)
    assert cut["function_completion"]["taken"] == pytest.approx(
        2 * cut["add_docstring"]["taken"], abs=3
    )


def _shift(balance: dict[str, Any]) -> None:
    """The mix says one thing, the rows another, though all sums are right."""
    tasks = balance["python"]["tasks"]
    tasks["add_docstring"]["target"] += 5
    tasks["function_completion"]["target"] -= 5


def _claim(balance: dict[str, Any]) -> None:
    tasks = balance["python"]["tasks"]
    tasks["add_docstring"]["taken"] += 1


def _forget(balance: dict[str, Any]) -> None:
    del balance["python"]["tasks"]


@pytest.mark.parametrize("spoil", [_shift, _claim, _forget], ids=["shift", "claim", "forget"])
def test_a_wrong_mix_is_found_out(mixed: Path, spoil: Callable[[dict[str, Any]], None]) -> None:
    path = mixed / "build.json"
    honest = path.read_text()
    built = json.loads(honest)
    spoil(built["balance"])
    path.write_text(json.dumps(built))
    failed = [o.promise for o in validate(mixed, []) if o.verdict == "fail"]
    path.write_text(honest)
    assert failed == [6]


def test_caps_hold_variants_included(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "out", max_samples_per_definition=2, max_samples_per_file=9)
    assert faults(tmp_path / "out", corpus) == []
    files = pq.read_table(tmp_path / "out" / "files").to_pylist()
    assert max(file["samples_made"] for file in files) == 9
    of_definition = collections.Counter(
        (row["path"], row["symbol"], row["code_type"])
        for row in rows(tmp_path / "out")
        if row["symbol"]
    )
    # Two definitions of a file may have one name.
    assert sorted(of_definition.values())[len(of_definition) * 9 // 10] <= 2


def test_a_mix_may_be_a_table_of_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "build.toml"
    config.write_text("[task_mix]\ndebug = 0\nexplain = 1.5\n")
    assert read_config(config) == {"task_mix": ("debug=0", "explain=1.5")}
    with pytest.raises(ValueError, match="task_mix='debug=few'"):
        BuildOptions(input=("a",), output="b", task_mix=("debug=few",))
