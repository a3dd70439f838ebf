"""A variant's definition is checked where it stands in its file."""

import pytest

from pipeline.validate.renaming import NotARenaming
from pipeline.validate.variants import check_renaming

METHOD = """class Pile:
    @property
    def height(self):
        top = max(self.stones)
        return top
"""
INNER = """def outer():
    seen = 0
    def inner(value):
        nonlocal seen
        double = value * 2
        seen += double
    return inner
"""
AFTER = "\n\nother = 1\n"


def check(module: str, start: str, end: str, *pairs: tuple[str, str]) -> None:
    """Rename words of the definition from `start` to `end` of a module."""
    at, after = module.index(start), module.index(end) + len(end)
    original = variant = module[at:after]
    for old, new in pairs:
        variant = variant.replace(old, new)
    check_renaming(module[:at], original, variant, module[after:] + AFTER)


@pytest.mark.parametrize(
    ("module", "start", "end", "pair"),
    [
        (METHOD, "@property", "return top", ("top", "peak")),
        (INNER, "def inner", "+= double", ("double", "twice")),
        (INNER, "def outer", "return inner", ("seen", "noted")),
    ],
    ids=["indented", "nonlocal-needs-its-file", "outer"],
)
def test_renaming_is_accepted(module: str, start: str, end: str, pair: tuple[str, str]) -> None:
    check(module, start, end, pair)


@pytest.mark.parametrize(
    ("module", "start", "end", "pair", "message"),
    [
        (METHOD, "@property", "return top", ("top", "other"), "in the file already"),
        (METHOD, "top =", "return top", ("top", "peak"), "not one definition"),
        (METHOD, "class", "return top", ("height", "size"), "no variable stands"),
        (INNER, "def inner", "+= double", ("seen", "noted"), "does not compile"),
        (INNER, "inner(value)", "+= double", ("double", "twice"), "not one definition"),
    ],
    ids=[
        "not-fresh",
        "statements",
        "method",
        "variable-of-the-function-around",
        "half-a-definition",
    ],
)
def test_anything_else_is_refused(
    module: str, start: str, end: str, pair: tuple[str, str], message: str
) -> None:
    with pytest.raises(NotARenaming, match=message):
        check(module, start, end, pair)
