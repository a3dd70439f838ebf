"""How hard a sample is, by its definition and by what is usual in its language.

A definition's score is made of its length, branches and nesting. Where the score stands among the
functions and methods of its language is its rank, from 0 to 1, and the third that the rank is in
is its difficulty. The scores' quantiles stand in difficulty.toml, which
`python -m pipeline.calibrate` makes from a corpus.
"""

import bisect
import dataclasses
import functools
import itertools
import tomllib
import types
from collections.abc import Mapping
from importlib import resources

from transforms.outlines.outline import Definition

DEFAULT = "default"  # the table's row for languages without one
NUM_STEPS = 20  # between the lowest score and the highest
RANK_SCALE = 10_000  # ranks are kept as whole ten-thousandths

_BRANCH_LINES = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Quantiles:
    """A language's row.

    Attributes:
      scores: the score below which each twentieth of the definitions lies: `NUM_STEPS` + 1 scores,
        rising or level, the lowest and the highest included.
      definitions: how many definitions they come from.
    """

    scores: tuple[int, ...]
    definitions: int


@dataclasses.dataclass(frozen=True, slots=True)
class Hardness:
    """How hard a sample is.

    Attributes:
      complexity: of its definition, as nesting and definition_lines; 0 where it has none.
      curriculum_rank: in ten-thousandths.
      difficulty: easy, medium or hard.
    """

    complexity: int
    nesting: int
    definition_lines: int
    curriculum_rank: int
    difficulty: str


def hardness(definition: Definition | None, target_lines: int, language: str) -> Hardness:
    """Measure a sample by its definition, or by its target's lines where it has none."""
    complexity, nesting, lines = 0, 0, 0
    if definition is not None:
        complexity, nesting = definition.details.complexity, definition.details.nesting
        lines = definition.end_line - definition.start_line + 1
    rank = curriculum_rank(complexity, nesting, lines or target_lines, language)
    return Hardness(complexity, nesting, lines, rank, difficulty(rank))


def score(complexity: int, nesting: int, lines: int) -> int:
    """Count the lines, and four more for each branch and for each level of nesting.

    Straight-line code thus scores its number of lines. The complexity is cyclomatic: 1 for no
    branch, and 0 where nothing is known but the lines.
    """
    return lines + _BRANCH_LINES * (max(0, complexity - 1) + nesting)


def curriculum_rank(complexity: int, nesting: int, lines: int, language: str) -> int:
    """Say what share of its language's definitions are easier, in ten-thousandths.

    Between two quantiles the rank rises with the score; a score that several quantiles have has
    the rank in their middle.
    """
    table = load_difficulty()
    scores = table.get(language, table[DEFAULT]).scores
    reached = score(complexity, nesting, lines)
    first, after = bisect.bisect_left(scores, reached), bisect.bisect_right(scores, reached)
    if first < after:
        steps = (first + after - 1) / 2
    elif first in (0, len(scores)):
        steps = min(first, NUM_STEPS)
    else:
        below, above = scores[first - 1], scores[first]
        # Scores have a long tail, of which the highest says little: 1/score is even.
        steps = first - 1 + (reached - below) * above / (reached * (above - below))
    return round(steps * RANK_SCALE / NUM_STEPS)


def difficulty(rank: int) -> str:
    """Say easy, medium or hard: the third that a rank is in; 1/3 is easy, 2/3 medium."""
    if 3 * rank <= RANK_SCALE:
        return "easy"
    return "medium" if 3 * rank <= 2 * RANK_SCALE else "hard"


@functools.cache
def load_difficulty() -> Mapping[str, Quantiles]:
    """Read the table of quantiles by language.

    Raises:
      ValueError: if the table lacks the default row, or a row a key, or its scores an order.
    """
    text = (resources.files("transforms.samples") / "difficulty.toml").read_text("utf-8")
    return types.MappingProxyType(parse_difficulty(text))


def parse_difficulty(text: str) -> dict[str, Quantiles]:
    """Read a table's text.

    Raises:
      ValueError: as `load_difficulty`.
    """
    keys = sorted(field.name for field in dataclasses.fields(Quantiles))
    table: dict[str, Quantiles] = {}
    for language, row in tomllib.loads(text).items():
        where = f"difficulty.toml: {language}"
        if not isinstance(row, dict) or sorted(row) != keys:
            raise ValueError(f"{where}={row!r} must have the keys {', '.join(keys)}")
        scores = row["scores"]
        if len(scores) != NUM_STEPS + 1:
            raise ValueError(f"{where}: scores={scores!r} must be {NUM_STEPS + 1}")
        if any(low > high for low, high in itertools.pairwise([1, *scores])):
            raise ValueError(f"{where}: scores={scores!r} must be at least 1 and never fall")
        if scores[0] == scores[-1]:
            raise ValueError(f"{where}: scores={scores!r} must not all be the same")
        table[language] = Quantiles(tuple(scores), row["definitions"])
    if DEFAULT not in table:
        raise ValueError(f"difficulty.toml: {DEFAULT} must have a row")
    return table


def write_difficulty(table: Mapping[str, Quantiles]) -> str:
    """Write a table's text: languages in the order of their names, the default first."""
    lines = [
        f"# Scores of definitions, quantiles in steps of 1/{NUM_STEPS}, and of how many they are.",
        "# Made by `python -m pipeline.calibrate`; transforms/samples/difficulty.py says how.",
    ]
    for language in sorted(table, key=lambda name: (name != DEFAULT, name)):
        row = table[language]
        lines += ["", f"[{language}]", f"scores = {list(row.scores)}"]
        lines += [f"definitions = {row.definitions}"]
    return "\n".join(lines) + "\n"
