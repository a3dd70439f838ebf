"""Operators on values: off by one, in the wrong order, the wrong variable."""

import re
from collections.abc import Iterator

import tree_sitter

from transforms.samples.drafts import Edits
from transforms.samples.mutations.scene import Scene, exchange, outermost
from transforms.samples.mutations.sense import is_number, is_text

_DIGIT = re.compile(rb"(?<![\w.])\d(?![\w.])|(?<=[^.\w]\.\.)\d(?![\w.])")
_INDEX = re.compile(
    rb"(?<=[\w)\]]\[)(?:i|j|k|n|m|idx|index|pos|start|end|offset|row|col|left|right|lo|hi|mid)(?=[\]:])"
)
_RANGE = re.compile(rb"(?<![\w.])range\(")
_MIN_INDEXED = 150  # bytes of a body; in less, nothing says which element it should be
_COUNTED = re.compile(rb"\bfor\b[^;{\n]*\b\w+\s*:?=\s*\Z")
_SIZES = re.compile("declar|type|dimension|new|creation|initializer")


def find_off_by_one(scene: Scene) -> Iterator[Edits]:
    """A bound or index that is one more or less."""
    finders = [_numbers, _indexes, _ranges]
    first = scene.draw("off by one") % len(finders)
    for find in (*finders[first:], *finders[:first]):
        yield from find(scene)


def _numbers(scene: Scene) -> Iterator[Edits]:
    for match in scene.matches(_DIGIT, "number"):
        node = scene.node_at(*match.span())
        if node is not None and node.parent is not None and not scene.is_idle(node):
            yield from _moved(scene, outermost(node), int(match[0]))


def _moved(scene: Scene, node: tree_sitter.Node, value: int) -> Iterator[Edits]:
    """Move a number where that matters, by one."""
    around = node.parent
    up = scene.draw("up", scene.written(around) if around else b"") % 2 == 0
    other = value - 1 if value > 1 and not up else value + 1
    moved = ((node.start_byte, node.end_byte, str(other)),)
    middle = around.child(1) if around is not None and around.child_count == 3 else None
    infix = scene.infix(middle) if middle is not None else None
    if infix is not None:
        token = infix.token.decode()
        bounds = exchange(scene.spec.boundaries)
        counted = token in exchange(scene.spec.equalities) and is_number(infix.left)
        right = node.end_byte == infix.node.end_byte
        plain = not is_text(scene, infix) and infix.left != b"__LINE__"
        if token in ("+", "-") and right and value in (1, 2) and plain:
            if value == 1 and up:
                moved = ((infix.node.start_byte + len(infix.left), node.end_byte, ""),)
            yield moved
        elif token in bounds or counted:
            yield moved
    elif _is_index(scene, node) or _COUNTED.search(_before(scene, node)):
        yield moved


def _before(scene: Scene, node: tree_sitter.Node) -> bytes:
    return scene.text[max(node.start_byte - 60, scene.body.start) : node.start_byte]


def _is_index(scene: Scene, node: tree_sitter.Node) -> bool:
    """Whether a number stands in the brackets after a value."""
    around = node.parent
    before, after = _before(scene, node)[-2:], scene.text[node.end_byte : node.end_byte + 1]
    return (
        scene.body.size >= _MIN_INDEXED
        and re.fullmatch(rb"[\w)\]]\[", before) is not None
        and after in (b"]", b":")
        and around is not None
        and not _SIZES.search(around.type)
    )


def _indexes(scene: Scene) -> Iterator[Edits]:
    for match in scene.matches(_INDEX, "index"):
        node = scene.node_at(*match.span())
        around = node.parent if node is not None else None
        if node is None or around is None or _SIZES.search(around.type) or scene.is_idle(node):
            continue
        sign = "+" if scene.draw("sign", match[0]) % 2 else "-"
        yield ((node.end_byte, node.end_byte, f" {sign} 1"),)


def _ranges(scene: Scene) -> Iterator[Edits]:
    """Move the end of Python's `range`."""
    for match in scene.matches(_RANGE, "range"):
        node = scene.node_at(match.end() - 1, match.end())
        around = node.parent if node is not None else None
        if around is None or around.named_child_count not in (1, 2) or scene.is_idle(around):
            continue
        end = around.named_child(around.named_child_count - 1)
        if end is not None and scene.text[around.start_byte : around.start_byte + 1] == b"(":
            sign = "+" if scene.draw("sign", scene.written(around)) % 2 else "-"
            yield ((end.end_byte, end.end_byte, f" {sign} 1"),)


_NAME = rb"[A-Za-z_$][\w$]*(?:(?:\.|->)[A-Za-z_$][\w$]*)*"
_PAIR = re.compile(rb"(?<=[(,])\s*(%s|\d+)\s*,\s*(%s|\d+)\s*(?=[,)])" % (_NAME, _NAME))
_CALLEE = re.compile(rb"([\w$]+)[!?]?\s*\Z")
# Where the order does not matter, or hardly.
_ANY_ORDER = re.compile(
    r"f?max|f?min|gcd|lcm|(?:is_?)?equals?|eq|ne|hypot|add|mul|mult\w*|union|intersect\w*|xor|and|or"
    r"|is_?close|\w*assert\w*|print\w*|log\w*|set|setof|listof|mapof|list|of|aslist|tuple|array|vec"
    r"|swap|logical_\w+|include|require|all|any|unique|concat|sum|mutex|lock|unused|void|arrayof",
    re.IGNORECASE,
)
_OPPOSITES = frozenset(
    frozenset(pair.split())
    for pair in (
        b"x y|i j|a b|width height|w h|start end|begin end|min max|lo hi|low high|left right"
        b"|top bottom|src dst|row col|first second|first last|old new|from to|lower upper|rows cols"
        b"|lhs rhs|prev next|n m|source target|p q|s t|offset length|offset size|pos len|key value"
    ).split(b"|")
)


def find_argument_order(scene: Scene) -> Iterator[Edits]:
    """Two arguments, side by side, in each other's place."""
    if _ANY_ORDER.fullmatch(scene.definition.name):
        return
    types = {p.name.encode(): p.type for p in scene.definition.details.parameters}
    for match in scene.matches(_PAIR, "arguments"):
        nodes = [scene.node_at(*match.span(group)) for group in (1, 2)]
        if nodes[0] is None or nodes[1] is None or match[1] == match[2]:
            continue
        first, second = outermost(nodes[0]), outermost(nodes[1])
        around = first.parent
        if around is None or around != second.parent or "argument" not in around.type:
            continue
        if "type" in around.type or first.type != second.type or scene.is_idle(around):
            continue
        callee = _CALLEE.search(scene.text, max(around.start_byte - 60, 0), around.start_byte)
        if callee is None or _ANY_ORDER.fullmatch(callee[1].decode(errors="replace")):
            continue
        if not scene.spec.typed or _have_one_type(match[1], match[2], types):
            one, other = match[1].decode(), match[2].decode()
            yield ((*match.span(1), other), (*match.span(2), one))


def _have_one_type(one: bytes, other: bytes, types: dict[bytes, str]) -> bool:
    """Whether two arguments surely have the same type."""
    if one.isdigit() and other.isdigit():
        return True
    if one in types and other in types:
        return types[one] == types[other] != ""
    last = frozenset(re.split(rb"\.|->|_", name)[-1].lower() for name in (one, other))
    return last in _OPPOSITES and (b"." in one) == (b"." in other)


_RECEIVERS = frozenset(("self", "cls", "this", "&self", "$this"))
_USE = re.compile(rb"(?<![\w.$@>:\"'])\$?[A-Za-z_]\w*+(?!\s*=[^=]|\s*:(?!:)|\s*=>|\s*\()")


def find_wrong_variables(scene: Scene) -> Iterator[Edits]:
    """A parameter in another's place; both have the same type where one is written."""
    types = {
        parameter.name.encode(): parameter.type
        for parameter in scene.definition.details.parameters
        if re.fullmatch(r"\$?[A-Za-z]\w*", parameter.name) and parameter.name not in _RECEIVERS
    }
    others = {
        name: [o for o in types if o != name and types[o] == written]
        for name, written in types.items()
        if written or not scene.spec.typed
    }
    if not any(others.values()):
        return
    for match in scene.matches(_USE, "variable", lambda match: bool(others.get(match[0]))):
        node = scene.node_at(*match.span())
        if node is not None and _is_use(node) and not scene.is_idle(node):
            names = others[match[0]]
            other = names[scene.draw("other", match[0]) % len(names)]
            yield ((*match.span(), other.decode()),)


def _is_use(node: tree_sitter.Node) -> bool:
    """Whether a node is a variable that is read, not a key, a parameter or what is assigned to."""
    around = node.parent
    if not node.is_named or around is None:
        return False
    if re.search("property|field|shorthand|label|key|type|member", node.type):
        return False
    if re.search("parameter|pattern|declar|import|shorthand|label", around.type):
        return False
    return "assign" not in around.type or around.child(0) != node
