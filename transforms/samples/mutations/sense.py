"""What can be told of an expression by the way it is written, without its types."""

import re

from transforms.samples.mutations.scene import Infix, Scene

_WINDOW = 240  # bytes in which a comparison's consequence stands
_ASKED = 400  # bytes in which another comparison of the same stands
_QUOTE = re.compile(rb"[\"'`]")
_WORDS = re.compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LITERAL = re.compile(rb"-?\d[\d_]*(?:\.\d+)?(?:[uUlLfF]{0,3}|[iu](?:8|16|32|64|size))")
_COUNTS = re.compile(
    rb"(?:len|strlen|sizeof|abs|int|float|round|sum|min|max|floor|ceil|count|Math\.\w+|math\.\w+)\(.*\)",
    re.DOTALL,
)
_THREE_WAYS = re.compile(rb"return\s+-1\b|\?\s*-1\b|-1\s*:|-1\s+if\b")
_NUMBERS = frozenset(
    b"i j k n m x y z w h dx dy dz count counter cnt len length size sz num nr number index idx"
    b" offset off pos position start end begin left right top bottom width height depth level total"
    b" sum min max mean avg lo hi low high row col rows cols column columns line lines lineno ticks"
    b" seconds secs ms us minutes hours days step stride delta scale ratio factor weight score"
    b" radius angle capacity remaining bytes bits year month day page pages amount price balance"
    b" limit margin padding indent distance duration elapsed rate age steps chars digits".split()
)


def is_number(written: bytes) -> bool:
    """Whether an operand is a number by the looks of it: a literal, or called like one."""
    if _LITERAL.fullmatch(written) or _COUNTS.fullmatch(written):
        return True
    name = written.removesuffix(b"()")
    if b"(" in name or b" " in name:
        return False
    if name.endswith(b"]"):
        name = name.partition(b"[")[0]
    words = _WORDS.findall(name)
    return bool(words) and words[-1].lower() in _NUMBERS


def is_sum(scene: Scene, infix: Infix) -> bool:
    """Whether an arithmetic operator computes with numbers, not texts, lists or paths."""
    around = infix.node.parent
    whole = scene.written(around) if around is not None and around.child_count == 3 else b""
    if _QUOTE.search(scene.written(infix.node)) or (len(whole) < 400 and _QUOTE.search(whole)):
        return False
    if infix.left.startswith((b"[", b"(", b"{")) and infix.token in (b"*", b"+"):
        return _LITERAL.fullmatch(infix.right) is not None and infix.token == b"+"
    if infix.token == b"-":  # the difference of two pointers has no sum
        return is_number(infix.right) or not scene.spec.typed
    return is_number(infix.left) or is_number(infix.right)


def is_settled(scene: Scene, infix: Infix) -> bool:
    """Whether a comparison leads to the same where both sides are equal.

    As in a maximum, `if (x > best) best = x`, an absolute value, or an order of three outcomes.
    """
    start = scene.text.rfind(b"\n", 0, infix.node.start_byte) + 1
    window = scene.text[start : min(infix.node.end_byte + _WINDOW, scene.body.end)]
    if _THREE_WAYS.search(window):
        return True
    if _are_unequal(scene, infix):
        return True
    if window.count(infix.left) < 2 and window.count(infix.right) < 2:  # no pattern to be made
        return False
    left, right = re.escape(infix.left), re.escape(infix.right)
    both = ((left, right), (right, left))
    ends = rb"(?![\w.(\[])"
    patterns = [
        *(rb"(?<![\w.])%s\s*:?=\s*%s%s" % (one, other, ends) for one, other in both),
        *(rb"\?\s*%s\s*:\s*%s%s" % (one, other, ends) for one, other in both),
        *(rb"%s\s+if\s.*\selse\s+%s%s" % (one, other, ends) for one, other in both),
        rb"(?:return\s+|[{:]\s*|then\s+)(?:%s|%s)\s*;?\s*(?:\}|else|end|return)" % (left, right),
    ]
    for (one, _), other in zip(both, (infix.right, infix.left), strict=True):
        if other in (b"0", b"0.0"):
            patterns.append(rb"-\s*\(?%s" % one)
    return re.search(b"|".join(patterns), window, re.DOTALL) is not None


def _are_unequal(scene: Scene, infix: Infix) -> bool:
    """Whether it was asked shortly before if both sides are equal."""
    start = max(infix.node.start_byte - _ASKED, scene.body.start)
    before = scene.text[start : infix.node.start_byte]
    sides = (infix.left, infix.right)
    if not all(side in before for side in sides):
        return False
    left, right = map(re.escape, sides)
    equal = rb"(?<![\w.])(?:%s\s*[=!]==?\s*%s|%s\s*[=!]==?\s*%s)(?![\w.(\[])"
    return re.search(equal % (left, right, right, left), before) is not None


def is_text(scene: Scene, infix: Infix) -> bool:
    """Whether a quote stands in an expression."""
    return _QUOTE.search(scene.written(infix.node)) is not None
