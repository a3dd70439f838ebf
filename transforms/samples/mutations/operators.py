"""The mutation operators by name, and the draw of one for a definition."""

import dataclasses
import functools
import hashlib
import re
import tomllib
import types
from collections.abc import Callable, Iterator, Mapping
from importlib import resources

from transforms.samples.drafts import Edits
from transforms.samples.mutations import branches, statements, tokens, values
from transforms.samples.mutations.scene import Scene


@dataclasses.dataclass(frozen=True, slots=True)
class Operator:
    """A kind of bug.

    Attributes:
      name: what the column `mutation` says.
      find: yields edits that put such a bug in, each at another place, in a drawn order.
    """

    name: str
    find: Callable[[Scene], Iterator[Edits]]


OPERATORS = (
    Operator("comparison_boundary", tokens.find_boundaries),
    Operator("comparison_direction", tokens.find_directions),
    Operator("equality", tokens.find_equalities),
    Operator("none_check", tokens.find_nothing_checks),
    Operator("boolean_operator", tokens.find_booleans),
    Operator("negation", branches.find_negations),
    Operator("off_by_one", values.find_off_by_one),
    Operator("argument_order", values.find_argument_order),
    Operator("missing_return", statements.find_missing_returns),
    Operator("missing_await", statements.find_missing_awaits),
    Operator("missing_jump", statements.find_missing_jumps),
    Operator("wrong_jump", statements.find_wrong_jumps),
    Operator("arithmetic_operator", tokens.find_arithmetic),
    Operator("assignment_operator", tokens.find_updates),
    Operator("swapped_branches", branches.find_swapped_branches),
    Operator("missing_branch", branches.find_missing_branches),
    Operator("missing_guard", branches.find_missing_guards),
    Operator("wrong_constant", tokens.find_constants),
    Operator("wrong_variable", values.find_wrong_variables),
    Operator("wrong_function", tokens.find_twins),
    Operator("missing_statement", statements.find_missing_statements),
)
_TRIES = 4  # edits of one operator that do not parse
_KEY_BYTES = 3
_SENTENCE = re.compile(r"[A-Z][^.?!\n]+\.")


def draw_mutation(scene: Scene, parses: Callable[[Edits], bool]) -> tuple[str, Edits] | None:
    """Draw an operator among those that find a place, then the place.

    Args:
      parses: whether what an edit leaves can be read.

    Returns:
      the operator's name and the edits; None where no operator finds a place.
    """
    keys = hashlib.blake2b(scene.drawn, digest_size=_KEY_BYTES * len(OPERATORS)).digest()
    order = sorted(
        range(len(OPERATORS)), key=lambda at: keys[_KEY_BYTES * at : _KEY_BYTES * (at + 1)]
    )
    for operator in (OPERATORS[at] for at in order):
        for tries, edits in enumerate(operator.find(scene)):
            if edits and parses(edits):
                return operator.name, edits
            if tries + 1 == _TRIES:
                break
    return None


@functools.cache
def load_hints() -> Mapping[str, str]:
    """Read what may be said of each operator's bugs: a sentence by its name.

    Raises:
      ValueError: if an operator has none, or it is not one sentence.
    """
    file = resources.files("transforms.samples.mutations") / "hints.toml"
    hints = tomllib.loads(file.read_text("utf-8"))
    if set(hints) != {operator.name for operator in OPERATORS}:
        raise ValueError(f"hints.toml: keys={sorted(hints)!r} must be the operators' names")
    for name, text in hints.items():
        if not isinstance(text, str) or not _SENTENCE.fullmatch(text):
            raise ValueError(f"hints.toml: {name}={text!r} must be one sentence")
    return types.MappingProxyType(hints)
