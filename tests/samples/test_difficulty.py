"""The table of quantiles, what it is made of, and what it says."""

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import calibrate
from tests.samples.views import view_of
from transforms.samples.difficulty import (
    DEFAULT,
    NUM_STEPS,
    RANK_SCALE,
    Quantiles,
    curriculum_rank,
    difficulty,
    hardness,
    load_difficulty,
    parse_difficulty,
    score,
    write_difficulty,
)

ROW = f"scores = {list(range(5, 26))}\ndefinitions = 300\n"
PYTHON = """\
def area{n}(width, height):
    scaled = width * height
{branches}    return scaled + {n}
"""


def rank_of(reached: int, language: str = "python") -> int:
    """The rank of straight-line code of so many lines, which is its score."""
    return curriculum_rank(1, 0, reached, language)


def test_the_shipped_table_is_in_order_and_well_founded() -> None:
    table = load_difficulty()
    assert next(iter(table)) == DEFAULT
    assert {"python", "javascript", "typescript", "java", "c", "go", "rust"} <= table.keys()
    assert len(table) > 40
    for row in table.values():
        assert row.scores == tuple(sorted(row.scores))
        assert calibrate.MIN_DEFINITIONS <= row.definitions <= table[DEFAULT].definitions


@pytest.mark.parametrize("language", ["python", "java", "a language without a row"])
def test_rank_rises_with_each_of_the_three(language: str) -> None:
    for at in range(3):
        ranks = []
        for number in [*range(1, 2000), 1_000_000]:
            complexity, nesting, lines = (number if at == place else 1 for place in range(3))
            ranks.append(curriculum_rank(complexity, nesting, lines, language))
        assert ranks == sorted(ranks)
        assert ranks[-1] == RANK_SCALE
        assert {"easy", "hard"} <= set(map(difficulty, ranks))
    assert rank_of(1, language) == 0


@pytest.mark.parametrize("language", ["python", "ada", "c"])
def test_a_quantile_has_its_rank(language: str) -> None:
    scores = load_difficulty()[language].scores
    for reached in set(scores):
        steps = [step for step, each in enumerate(scores) if each == reached]
        assert rank_of(reached, language) == round(
            (steps[0] + steps[-1]) / 2 * RANK_SCALE / NUM_STEPS
        )


def test_between_quantiles_the_rank_is_in_between() -> None:
    low, high = load_difficulty()["python"].scores[-2:]
    ranks = [rank_of(low + (high - low) * part // 10) for part in range(11)]
    assert ranks[0] == RANK_SCALE * 19 // 20
    assert ranks[-1] == RANK_SCALE
    assert sorted(set(ranks)) == ranks
    steps = [after - before for before, after in itertools.pairwise(ranks)]
    assert steps == sorted(steps, reverse=True)  # a long tail: most are near its beginning


@pytest.mark.parametrize(
    ("rank", "expected"),
    [(0, "easy"), (3333, "easy"), (3334, "medium"), (6666, "medium"), (6667, "hard"),
     (10_000, "hard")],
)  # fmt: skip
def test_difficulty_is_the_third_of_the_rank(rank: int, expected: str) -> None:
    assert difficulty(rank) == expected


def test_a_sample_is_as_hard_as_its_definition_or_its_lines() -> None:
    view = view_of("def f(x):\n    if x:\n        x += 1\n    return x\n")
    (definition,) = view.outline.definitions
    found = hardness(definition, 2, "python")
    assert (found.complexity, found.nesting, found.definition_lines) == (2, 1, 4)
    assert found.curriculum_rank == rank_of(12)
    lines = hardness(None, 9, "python")
    assert (lines.complexity, lines.nesting, lines.definition_lines) == (0, 0, 0)
    assert lines.curriculum_rank == rank_of(9)
    assert lines.difficulty == difficulty(rank_of(9))


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
        pytest.param("[default]\ndefinitions = 5\n", "must have the keys", id="missing key"),
        pytest.param(f"[default]\n{ROW}hard = 20\n", "must have the keys", id="unknown key"),
        pytest.param("default = 3", "must have the keys", id="no row"),
        pytest.param(f"[default]\n{ROW.replace('[5, ', '[')}", "must be 21", id="one too few"),
        pytest.param(f"[default]\n{ROW.replace('[5,', '[7,')}", "never fall", id="falling"),
        pytest.param(f"[default]\n{ROW.replace('[5,', '[0,')}", "at least 1", id="nothing"),
        pytest.param(
            f"[default]\nscores = {[4] * 21}\ndefinitions = 300\n", "all be the same", id="level"
        ),
    ],
)
def test_a_broken_table_is_an_error(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rf"^difficulty\.toml: .*{rule}"):
        parse_difficulty(text)


def test_a_written_table_reads_the_same() -> None:
    table = {"zig": Quantiles((3,) * 20 + (8,), 200), DEFAULT: Quantiles(tuple(range(1, 22)), 900)}
    text = write_difficulty(table)
    assert parse_difficulty(text) == table
    assert text == write_difficulty(dict(reversed(table.items())))
    assert [line for line in text.splitlines() if line[:1] == "["] == ["[default]", "[zig]"]


def test_quantiles_are_made_where_there_is_enough() -> None:
    scores = {"go": list(range(301, 0, -1)), "c": list(range(199)), "zig": [4] * 200}
    table = calibrate.make_table(scores)
    assert table["go"] == Quantiles(tuple(range(1, 302, 15)), 301)
    assert table[DEFAULT].definitions == 700
    assert table.keys() == {"go", DEFAULT}


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
