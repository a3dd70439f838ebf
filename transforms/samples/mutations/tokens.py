"""Operators that put one token in another's place."""

import re
from collections.abc import Iterator

from transforms.samples.drafts import Edits
from transforms.samples.mutations.scene import Infix, Scene, exchange
from transforms.samples.mutations.sense import (
    LOOPS,
    is_dead,
    is_number,
    is_settled,
    is_sum,
    is_text,
)

_ORDERS = re.compile(r"cmp|compare|sort|order|less|greater|max|min|abs|clamp|sign", re.IGNORECASE)
_LOOP = re.compile(rb"(?:while|until|loop)\s*\(?\s*\Z")
_MODE = re.compile(
    rb"(?i:verbose|debug|quiet|silent|trace|log\w*|echo|flush|daemon)\s*(?:=|:|=>)\s*\Z"
)
_OF_TYPE = re.compile(rb"\b(?:array|range|set)\s*\[\s*\Z")
_FRACTION = re.compile(rb"\d\.\d|0[xX]")  # no value is just as large
_EMPTY = re.compile(rb"[\"'`]{2}|\[\]|\{\}")


def _exchanged(scene: Scene, infix: Infix, pairs: tuple[str, ...]) -> Edits:
    token = " ".join(infix.token.decode().split())
    return ((infix.place.start, infix.place.end, exchange(pairs)[token]),)


def find_boundaries(scene: Scene) -> Iterator[Edits]:
    """`<` for `<=`: the bound itself is in or out."""
    if _ORDERS.search(scene.definition.name):
        return
    pairs = scene.spec.boundaries
    for infix in scene.infixes(tuple(exchange(pairs)), "boundary"):
        if _is_bound(scene, infix) and not is_settled(scene, infix):
            yield _exchanged(scene, infix, pairs)


def _is_bound(scene: Scene, infix: Infix) -> bool:
    """Whether it bounds a loop: elsewhere who knows whether a value may be as large as a bound."""
    start = scene.text.rfind(b"\n", 0, infix.node.start_byte) + 1
    before = scene.text[start : infix.node.start_byte]
    if _FRACTION.search(infix.right) or _OF_TYPE.search(before):
        return False
    return LOOPS.search(before) is not None


def find_directions(scene: Scene) -> Iterator[Edits]:
    """`<` for `>`."""
    pairs = scene.spec.directions
    for infix in scene.infixes(tuple(exchange(pairs)), "direction"):
        yield _exchanged(scene, infix, pairs)


def _equalities(scene: Scene, nothing: bool) -> Iterator[Edits]:
    words = {word.encode() for word in scene.spec.nothing}
    pairs = scene.spec.equalities
    for infix in scene.infixes(tuple(exchange(pairs)), "equality"):
        if bool({infix.left, infix.right} & words) == nothing:
            yield _exchanged(scene, infix, pairs)


def find_equalities(scene: Scene) -> Iterator[Edits]:
    """`==` for `!=`, between two values."""
    return _equalities(scene, nothing=False)


def find_nothing_checks(scene: Scene) -> Iterator[Edits]:
    """`is None` for `is not None`."""
    return iter(()) if scene.spec.smart_casts else _equalities(scene, nothing=True)


def find_booleans(scene: Scene) -> Iterator[Edits]:
    """`and` for `or`; not where the one side guards the other against nothing."""
    pairs = scene.spec.booleans
    for infix in scene.infixes(tuple(exchange(pairs)), "boolean"):
        value = infix.token in (b"or", b"||") and _EMPTY.fullmatch(infix.right)
        if not value and infix.left != infix.right and not _guards(scene, infix):
            yield _exchanged(scene, infix, pairs)


def _guards(scene: Scene, infix: Infix) -> bool:
    """Whether a compiler knows by the one side what type the other has."""
    words = [*scene.spec.nothing, "instanceof", "typeof", "is"] if scene.spec.smart_casts else []
    return any(re.search(rb"\b%s\b" % word.encode(), infix.left) for word in words) or (
        re.search(rb"\blet\b|\binstanceof\b", scene.written(infix.node)) is not None
    )


def find_arithmetic(scene: Scene) -> Iterator[Edits]:
    """`+` for `-`, `*` for `/`, where numbers are computed."""
    pairs = scene.spec.arithmetic
    for infix in scene.infixes(tuple(exchange(pairs)), "arithmetic"):
        same = infix.right in (b"0", b"1") and infix.token in (b"*", b"/")
        if not same and infix.right != b"0" and is_sum(scene, infix):
            yield _exchanged(scene, infix, pairs)


def find_updates(scene: Scene) -> Iterator[Edits]:
    """`-=` or `=` for `+=`."""
    pairs = scene.spec.updates
    for infix in scene.infixes(tuple(exchange(pairs)), "update"):
        if is_dead(scene, infix.left, infix.node.start_byte, infix.node.end_byte):
            continue
        number = is_number(infix.right) and not is_text(scene, infix)
        plain = infix.token == b"+=" and scene.draw("plain", infix.left) % 2 == 0
        if infix.token != b"+=" or number:
            if not plain:
                yield _exchanged(scene, infix, pairs)
                continue
        if _is_first(scene, infix):
            continue
        if not scene.spec.typed or number or infix.right[:1] in (b'"', b"'"):
            yield ((infix.place.start, infix.place.end, "="),)


def _is_first(scene: Scene, infix: Infix) -> bool:
    """Whether what is added is the first, to a variable that begins as zero or empty."""
    before = scene.text[scene.body.start : infix.node.start_byte]
    uses = list(re.finditer(rb"(?<![\w.])%s(?!\w)" % re.escape(infix.left), before))
    if not uses:
        return False
    after = before[uses[-1].end() :]
    return _ZERO.match(after) is not None and not LOOPS.search(after)


_ZERO = re.compile(rb"\s*(?::[^=;\n]{1,40})?:?=\s*(?:0|0\.0|\"\"|''|\[\])\s*(?:[;,\n]|$)")
_BRANCH = re.compile(
    rb"\b(?:if|unless|for|foreach|while|until|switch|case|match|when|each)\b|\?|&&"
)
_BRANCH_END = re.compile(rb"\}|\b(?:else|elif|elsif|elseif|end)\b")
_NAMED = re.compile(rb"([\w$@.>-]+)\s*:?=\s*\Z")


def find_constants(scene: Scene) -> Iterator[Edits]:
    """`true` for `false`; not all that a definition says, nor what is assigned again at once."""
    if not _BRANCH.search(scene.text, scene.body.start, scene.body.end):
        return
    table = exchange(scene.spec.constants)
    for node in scene.tokens(tuple(table), "constant"):
        before = scene.text[max(node.start_byte - 80, scene.body.start) : node.start_byte]
        if _LOOP.search(before) or _MODE.search(before):
            continue
        if not _is_overwritten(scene, before, node.end_byte):
            yield ((node.start_byte, node.end_byte, table[scene.written(node).decode()]),)


def _is_overwritten(scene: Scene, before: bytes, end: int) -> bool:
    """Whether the variable that a value is for has another before anything may read it."""
    named = _NAMED.search(before)
    if named is None:
        return False
    after = scene.text[end : min(end + 300, scene.body.end)]
    again = re.search(rb"(?<![\w.])%s(?!\w)" % re.escape(named[1]), after)
    return (
        again is not None
        and re.match(rb"\s*=[^=]", after[again.end() :]) is not None
        and not _BRANCH.search(after[: again.start()])
        and not _BRANCH_END.search(after[: again.start()])
    )


# Functions that are mistaken for each other, wherever they have these names.
_TWINS = exchange(
    tuple(
        "min, max|Min, Max|fmin, fmax|floor, ceil|startsWith, endsWith|startswith, endswith"
        "|start_with?, end_with?|starts_with, ends_with|HasPrefix, HasSuffix|hasPrefix, hasSuffix"
        "|StartsWith, EndsWith|indexOf, lastIndexOf|IndexOf, LastIndexOf|any, all|Any, All"
        "|any?, all?|upper, lower|toUpperCase, toLowerCase|ToUpper, ToLower"
        "|to_uppercase, to_lowercase|upcase, downcase|toupper, tolower|lstrip, rstrip"
        "|trimStart, trimEnd|trim_start, trim_end|TrimLeft, TrimRight|TrimPrefix, TrimSuffix"
        "|ltrim, rtrim|addFirst, addLast|removeFirst, removeLast|getFirst, getLast|sin, cos"
        "|isBefore, isAfter|lower_bound, upper_bound|saturating_add, saturating_sub"
        "|wrapping_add, wrapping_sub|checked_add, checked_sub|isupper, islower|is_some, is_none"
        "|is_ok, is_err|plus, minus|strchr, strrchr|array_push, array_unshift"
        "|array_pop, array_shift|padStart, padEnd|ljust, rjust|union, intersection".split("|")
    )
)
_LIMITED = (b"split", b"rsplit")  # which differ where there is a limit
_LIMIT = re.compile(rb"\s*\([^()\n]*,")
_CALL = re.compile(rb"[A-Za-z_]\w*\??(?=\s*\()")


def find_twins(scene: Scene) -> Iterator[Edits]:
    """`min` for `max`: a function for one that is like it."""
    if _ORDERS.search(scene.definition.name):
        return
    twins = {**_TWINS, **exchange(scene.spec.twins)}
    for match in scene.matches(_CALL, "twin", lambda match: match[0].decode() in twins):
        node = scene.node_at(*match.span())
        called = scene.text[match.end() : match.end() + 120]
        if match[0] in _LIMITED and (
            not _LIMIT.match(called) or scene.text.endswith(b"re.", 0, match.start())
        ):
            continue
        if node is not None and node.is_named and not scene.is_idle(node):
            yield ((node.start_byte, node.end_byte, twins[match[0].decode()]),)
