"""The table of cut points, what it is made of, and what it says."""

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import calibrate
from transforms.samples.difficulty import (
    DEFAULT,
    CutPoints,
    difficulty,
    load_difficulty,
    parse_difficulty,
    score,
    write_difficulty,
)

ROW = "easy = 5\nmedium = 9\ndefinitions = 300\n"
PYTHON = """\
def area{n}(width, height):
    scaled = width * height
{branches}    return scaled + {n}
"""


def test_the_shipped_table_is_in_order_and_well_founded() -> None:
    table = load_difficulty()
    assert next(iter(table)) == DEFAULT
    assert {"python", "javascript", "java", "c"} <= table.keys()
    for cuts in table.values():
        assert 0 < cuts.easy < cuts.medium
        assert calibrate.MIN_DEFINITIONS <= cuts.definitions <= table[DEFAULT].definitions


@pytest.mark.parametrize("language", ["python", "java", "a language without a row"])
def test_difficulty_rises_with_each_of_the_three(language: str) -> None:
    levels = ["easy", "medium", "hard"]
    for at in range(3):
        found = []
        for number in range(1, 200):
            complexity, nesting, lines = (number if at == place else 1 for place in range(3))
            found.append(levels.index(difficulty(complexity, nesting, lines, language)))
        assert found == sorted(found)
        assert {0, 2} <= set(found)


def test_cut_points_belong_to_the_easier_side() -> None:
    cuts = load_difficulty()["python"]
    assert difficulty(1, 0, cuts.easy, "python") == "easy"
    assert difficulty(1, 0, cuts.easy + 1, "python") == "medium"
    assert difficulty(1, 0, cuts.medium, "python") == "medium"
    assert difficulty(1, 0, cuts.medium + 1, "python") == "hard"


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        pytest.param((1, 0, 7), 7, id="straight line"),
        pytest.param((0, 0, 7), 7, id="lines alone"),
        pytest.param((3, 1, 10), 22, id="two branches"),
    ],
)
def test_score(measured: tuple[int, int, int], expected: int) -> None:
    assert score(*measured) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(f"[python]\n{ROW}", "default must have a row", id="no default"),
        pytest.param("[default]\neasy = 5\n", "default.* must have the keys", id="missing key"),
        pytest.param(f"[default]\n{ROW}hard = 20\n", "must have the keys", id="unknown key"),
        pytest.param("default = 3", "must have the keys", id="no row"),
        pytest.param(f"[default]\n{ROW.replace('9', '5')}", "easy=5 must be", id="no middle"),
        pytest.param(f"[default]\n{ROW.replace('= 5', '= 0')}", "easy=0 must be", id="no easy"),
    ],
)
def test_a_broken_table_is_an_error(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rf"^difficulty\.toml: .*{rule}"):
        parse_difficulty(text)


def test_a_written_table_reads_the_same() -> None:
    table = {"zig": CutPoints(3, 8, 200), DEFAULT: CutPoints(5, 9, 900)}
    text = write_difficulty(table)
    assert parse_difficulty(text) == table
    assert text == write_difficulty(dict(reversed(table.items())))
    assert [line for line in text.splitlines() if line[:1] == "["] == ["[default]", "[zig]"]


def test_cut_points_are_terciles_where_there_is_enough() -> None:
    table = calibrate.cut_points({"go": list(range(1, 301)), "c": [2] * 199})
    assert table["go"] == CutPoints(easy=101, medium=201, definitions=300)
    assert table[DEFAULT].definitions == 499
    assert "c" not in table


def test_alike_scores_leave_a_middle() -> None:
    cuts = calibrate.cut_points({"c": [4] * 300})["c"]
    assert dataclasses.astuple(cuts)[:2] == (4, 5)


def _write_corpus(folder: Path, numbers: range) -> None:
    folder.mkdir()
    for n in numbers:
        branches = f"    if width > {n}:\n        scaled += 1\n" * (n % 7)
        (folder / f"{n}.py").write_text(PYTHON.format(n=n, branches=branches))
    (folder / "copy.py").write_bytes((folder / "0.py").read_bytes())
    (folder / "link.py").symlink_to(folder / "1.py")
    (folder / "odd.py").write_bytes(b"\x00\xff\xfe\xfa\x81")


def test_the_command_writes_the_same_table_whatever_the_order(tmp_path: Path) -> None:
    texts = []
    for name, numbers in [("a", range(250)), ("b", range(249, -1, -1))]:
        _write_corpus(tmp_path / name, numbers)
        output = tmp_path / f"{name}.toml"
        arguments = [str(tmp_path / name), "--output", str(output), "--max_files", "230"]
        result = CliRunner().invoke(calibrate.main, arguments)
        assert result.exit_code == 0, result.output
        texts.append(output.read_text())
    assert texts[0] == texts[1]
    table = parse_difficulty(texts[0])
    assert table["python"].definitions in (229, 230)  # the odd file may count as one of them
    assert table[DEFAULT] == table["python"]


def test_the_command_refuses_a_corpus_that_is_too_small(tmp_path: Path) -> None:
    _write_corpus(tmp_path / "few", range(3))
    result = CliRunner().invoke(calibrate.main, [str(tmp_path / "few")])
    assert result.exit_code == 1
    assert "definitions=3 must be at least 200" in result.output
