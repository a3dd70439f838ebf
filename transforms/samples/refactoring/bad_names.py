"""Names for variables as people complain about them: letters, numbers, initials, empty words."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from transforms.samples.choice import pick

_MIN_CHARS = 4  # a shorter name may be as bad as what would replace it
_EMPTY = ("tmp", "data", "obj", "thing", "stuff", "foo", "bar", "aux", "res", "misc")
_BAD = re.compile(
    rf"_*(?:{'|'.join(_EMPTY)}|temp|elem|item|value|val|vars?|args?|test|baz|qux)s?_*\d*\Z", re.I
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_LETTERS = "abcdefghjkmnpqrsuvwxyz"
_STEMS = ("x", "v", "a", "tmp", "var", "data", "val", "obj", "arg", "p")
# Words of two or three letters that some language keeps for itself.
_KEPT = frozenset(
    "abs and any arr as asm asr at be by def del div do el els end eq err fi fn for fun ge get go"
    " gt has if in int is it its le let lt map max min mod mut ne new nil no nor not of old on or"
    " out pop pub put raw rec ref rem set shl shr std sub to try up use val var via wf xor".split()
)


def is_good(name: str) -> bool:
    """Whether a name says enough to be worth restoring."""
    return len(name) >= _MIN_CHARS and bool(_NAME.match(name)) and not _BAD.match(name)


def bad_names(
    names: Sequence[str], is_fresh: Callable[[str], bool], seed: int, *parts: bytes | str
) -> dict[str, str]:
    """Give each name, in the order of their first uses, a bad one of a style drawn by hash.

    Args:
      names: good names.
      is_fresh: whether the file has not such a word.
      seed: of the build.
      parts: what else the draw depends on.
    """
    style = pick(seed, _STYLES, "style", *parts)
    stem = pick(seed, _STEMS, "stem", *parts)
    chosen: dict[str, str] = {}
    for name in names:
        options = itertools.chain(style(name, stem), _numbered(name, stem))
        taken = {*chosen.values(), *names}
        chosen[name] = next(new for new in options if new not in taken and is_fresh(new))
    return chosen


def _letters(_: str, __: str) -> Iterator[str]:
    yield from _LETTERS


def _numbered(_: str, stem: str) -> Iterator[str]:
    for number in itertools.count(1):
        yield f"{stem}{number}"


def _initials(name: str, _: str) -> Iterator[str]:
    """`max_value` as `mv`, `element` as `e`."""
    initials = "".join(part[0] for part in _PART.findall(name)).lower()
    if len(initials) <= 3 and initials not in _KEPT and initials[:1].isalpha():
        yield initials
    if initials[:1].isalpha():
        yield from (f"{initials[0]}{number}" for number in range(1, 10))


def _empty(_: str, __: str) -> Iterator[str]:
    yield from _EMPTY


_STYLES = (_letters, _numbered, _initials, _empty)
