"""How hard a row says it is, derived again from its raw figures and the shipped table."""

import functools
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from importlib import resources

from pipeline.validate.cuts import COMPLETION_TASKS
from pipeline.validate.dataset import Record

FIGURES = ("complexity", "nesting", "definition_lines")

_LINES_OF_A_BRANCH = 4
_ROUNDING = Fraction(6, 100_000)  # ranks have 4 decimals


def curriculum_offences(row: Record) -> Iterator[str]:
    """Object to figures that cannot be, and to a rank and difficulty that they do not give."""
    figures = tuple(row[name] for name in FIGURES)
    complexity, nesting, lines = figures
    target_lines = row["end_line"] - row["start_line"] + 1
    if not row["code_type"]:
        if any(figures):
            yield f"it is about no definition and has the figures {figures}"
    elif complexity < 1 or nesting < 0 or lines < 1:
        yield f"its definition cannot have the figures {figures}"
    elif not _fits(row, lines, target_lines):
        yield f"its definition_lines are {lines}, and it stands in {target_lines}"
    score = (lines or target_lines) + _LINES_OF_A_BRANCH * (max(complexity, 1) - 1 + nesting)
    rank = _rank(score, row["language"])
    if abs(Fraction(row["curriculum_rank"]) - rank) > _ROUNDING:
        yield f"its curriculum_rank is {row['curriculum_rank']}, should be {float(rank):.4f}"
    third = "easy" if 3 * rank <= 1 else "medium" if 3 * rank <= 2 else "hard"
    said = row["difficulty"]
    if said != third and abs(3 * rank - round(3 * rank)) > 3 * _ROUNDING:
        yield f"its difficulty is {said!r}, should be {third!r}"


def _fits(row: Record, lines: int, stands_in: int) -> bool:
    """Whether a definition may have so many lines, by those that the row says it stands in."""
    if row["variant"] != "original":
        return bool(lines == stands_in)  # the row's place is the definition's
    if row["origin"] == "derived" and row["task"] != "multi_turn":
        return bool(lines <= stands_in)  # as well, with its doc
    return bool(lines >= stands_in or row["task"] not in COMPLETION_TASKS)


def _rank(score: int, language: str) -> Fraction:
    """The share of definitions below a score; in the middle of those that have it."""
    table = _table()
    points = table.get(language, table["default"])["scores"]
    below = [point for point in points if point < score]
    level = points.count(score)
    last = len(points) - 1
    if level:
        return (len(below) + Fraction(level - 1, 2)) / last
    if not below or len(below) > last:
        return Fraction(len(below) > last)
    low, high = Fraction(below[-1]), Fraction(points[len(below)])
    into = (1 / low - Fraction(1, score)) / (1 / low - 1 / high)
    return (len(below) - 1 + into) / last


@functools.cache
def _table() -> dict[str, Record]:
    text = (resources.files("transforms.samples") / "difficulty.toml").read_text("utf-8")
    return tomllib.loads(text)
