"""How hard a sample is, by its definition and by what is usual in its language.

The cut points stand in difficulty.toml, which `python -m pipeline.calibrate` makes from a corpus.
"""

import dataclasses
import functools
import tomllib
import types
from collections.abc import Mapping
from importlib import resources

DEFAULT = "default"  # the table's row for languages without one
_BRANCH_LINES = 4


@dataclasses.dataclass(frozen=True, slots=True)
class CutPoints:
    """A language's row.

    Attributes:
      easy: the highest score that is easy. medium: the highest that is medium.
      definitions: how many definitions these terciles come from.
    """

    easy: int
    medium: int
    definitions: int


def score(complexity: int, nesting: int, lines: int) -> int:
    """Count the lines, and four more for each branch and for each level of nesting.

    Straight-line code thus scores its number of lines. The complexity is cyclomatic: 1 for no
    branch, and 0 where nothing is known but the lines.
    """
    return lines + _BRANCH_LINES * (max(0, complexity - 1) + nesting)


def difficulty(complexity: int, nesting: int, lines: int, language: str) -> str:
    """Say easy, medium or hard: the third of its language's definitions that the score falls in."""
    table = load_difficulty()
    cuts = table.get(language, table[DEFAULT])
    reached = score(complexity, nesting, lines)
    if reached <= cuts.easy:
        return "easy"
    return "medium" if reached <= cuts.medium else "hard"


@functools.cache
def load_difficulty() -> Mapping[str, CutPoints]:
    """Read the table of cut points by language.

    Raises:
      ValueError: if the table lacks the default row, or a row a key, or its cut points an order.
    """
    text = (resources.files("transforms.samples") / "difficulty.toml").read_text("utf-8")
    return types.MappingProxyType(parse_difficulty(text))


def parse_difficulty(text: str) -> dict[str, CutPoints]:
    """Read a table's text.

    Raises:
      ValueError: as `load_difficulty`.
    """
    keys = sorted(field.name for field in dataclasses.fields(CutPoints))
    table: dict[str, CutPoints] = {}
    for language, row in tomllib.loads(text).items():
        where = f"difficulty.toml: {language}"
        if not isinstance(row, dict) or sorted(row) != keys:
            raise ValueError(f"{where}={row!r} must have the keys {', '.join(keys)}")
        cuts = CutPoints(**row)
        if not 0 < cuts.easy < cuts.medium:
            raise ValueError(f"{where}: easy={cuts.easy!r} must be from 1 to below {cuts.medium!r}")
        table[language] = cuts
    if DEFAULT not in table:
        raise ValueError(f"difficulty.toml: {DEFAULT} must have a row")
    return table


def write_difficulty(table: Mapping[str, CutPoints]) -> str:
    """Write a table's text: languages in the order of their names, the default first."""
    lines = [
        "# Highest scores that are easy and medium, and of how many definitions they are terciles."
    ]
    lines += [
        "# Made by `python -m pipeline.calibrate`; transforms/samples/difficulty.py says how."
    ]
    for language in sorted(table, key=lambda name: (name != DEFAULT, name)):
        cuts = table[language]
        lines += ["", f"[{language}]", f"easy = {cuts.easy}", f"medium = {cuts.medium}"]
        lines += [f"definitions = {cuts.definitions}"]
    return "\n".join(lines) + "\n"
