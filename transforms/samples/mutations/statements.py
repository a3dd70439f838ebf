"""Operators that leave out a statement, or the word that makes it matter."""

import re
from collections.abc import Iterator

import tree_sitter

from transforms.outlines.nodes import first_named
from transforms.samples.drafts import Edits
from transforms.samples.mutations.scene import Scene, exchange, follows, outermost
from transforms.samples.mutations.sense import is_dead

_LOOPS = re.compile(r"for|while|loop|repeat|do_statement|until|foreach", re.IGNORECASE)
_CHOICES = re.compile(r"switch|case|select|match|when", re.IGNORECASE)
_FUNCTIONS = re.compile(r"function|method|lambda|closure|arrow", re.IGNORECASE)
_ENDLESS = re.compile(rb"loop\b|while\s*\(?\s*(?:true|True|1)\b|for\s*(?:\(\s*;\s*;|\{)")
_CLIMB = 16
# Statements that change what is computed later: counters, sums, what is put into a collection.
_CHANGE = re.compile(
    rb"""^[ \t]*(?:
      (?:\+\+|--)[\w$@.\[\]>-]+;
    | [\w$@.\[\]>*&-]+\s*(?:\+\+|--)\s*;?[ \t]*$
    | [\w$@.\[\]>*&-]+\s*(?:[-+*/|&^%]|<<|>>|\|\||&&|\?\?)=[^=\n]
    | (?:[\w$@]+(?:\.|->|::?))+(?:append|appendleft|push|push_back|emplace_back|pop|popleft|insert
        |extend|remove|discard|update|clear|sort|reverse|unshift|shift|addAll|putAll|removeAll
        |push_str|truncate|concat!|add|put|delete|enqueue|dequeue|increment|decrement|reset)!?\s*\(
    | (?:self|this|\$this)(?:\.|->)\w+\s*=
        (?!\s*(?:null|nil|None|NULL|nullptr|undefined|[fF]alse|0)\b)[^=>\n]
    | (?P<name>[\w$@]+)\s*=\s*(?P=name)\b(?!\s*(?:\(|\|\||or\b|\?\?))
    )""",
    re.VERBOSE | re.MULTILINE,
)
_NAMED = re.compile(rb"(?:(\w+)\s*(?:\+\+|--|[^\w\s(.]{0,3}=[^=])|(?:\+\+|--)(\w+)\s*;)")
_INDENT = re.compile(rb"[ \t]*")
_MESSAGE = re.compile(rb"\$?(?:\w+(?:\.|->))?(?:messages?|msgs?|warnings|help|lines?_?out)\b")


def find_missing_statements(scene: Scene) -> Iterator[Edits]:
    """A statement left out that changes what is computed later."""
    for match in scene.matches(_CHANGE, "statement"):
        indent = _INDENT.match(scene.text, match.start())
        start = indent.end() if indent else match.start()
        leaf = scene.root.descendant_for_byte_range(start, start + 1)
        statement = scene.statement(leaf)
        if statement is None or statement.start_byte != start or scene.is_idle(leaf):
            continue
        written = scene.written(statement)
        named = _NAMED.match(written)
        if named and is_dead(scene, named[1] or named[2], start, statement.end_byte):
            continue
        if _MESSAGE.match(written) or scene.text.count(written, *scene.body) > 1:
            continue
        edits = scene.without(statement)
        if edits:
            yield edits


def find_missing_returns(scene: Scene) -> Iterator[Edits]:
    """A value computed and not returned."""
    declared = scene.definition.details.returns
    if not scene.spec.drops_returns or (scene.spec.typed and declared):
        return
    for node in scene.tokens(("return",), "return"):
        around = node.parent
        value = first_named(around) if around is not None else None
        statement = scene.statement(around)
        if value is None or around != statement or statement is None:
            continue
        written = scene.written(value).decode(errors="replace")
        if written in (*scene.spec.nothing, *_falsehoods(scene)) or _is_ignored(scene, statement):
            continue
        if "call" in value.type or "await" in value.type:
            yield ((node.start_byte, value.start_byte, ""),)
            continue
        edits = scene.without(statement)
        if edits:
            yield edits


def _falsehoods(scene: Scene) -> Iterator[str]:
    return (pair.split(", ")[1] for pair in scene.spec.constants)


def _is_ignored(scene: Scene, statement: tree_sitter.Node) -> bool:
    """Whether what a statement returns from a function inside goes nowhere.

    As in a call that is a statement, such as `items.map(...)`.
    """
    node: tree_sitter.Node | None = statement
    while node is not None and not _FUNCTIONS.search(node.type):
        node = node.parent
    outer = scene.statement(node)
    if node is None or outer is None or node.start_byte < scene.body.start:
        return False
    before = scene.text[outer.start_byte : node.start_byte]
    return outer != node and re.match(rb"return\b|yield\b", before) is None and b"=" not in before


def find_missing_awaits(scene: Scene) -> Iterator[Edits]:
    """A promise that nobody waits for; where types are checked, only one without a value."""
    for node in scene.tokens(("await",), "await"):
        around = node.parent
        value = first_named(around) if around is not None else None
        if node.type != "await" or value is None or value.start_byte < node.end_byte:
            continue
        statement = scene.statement(around)
        alone = statement is not None and statement.start_byte == node.start_byte
        if alone or not scene.spec.typed:
            yield ((node.start_byte, value.start_byte, ""),)


def find_missing_jumps(scene: Scene) -> Iterator[Edits]:
    """A loop or case that is not left."""
    for node, statement in _jumps(scene, "jump"):
        ends_loop = _ends_loop(scene, node)
        around = _leaves(statement, through=not ends_loop)
        if around is None or _ENDLESS.match(scene.text, around.start_byte):
            continue
        in_loop = _LOOPS.search(around.type) is not None
        if in_loop and not ends_loop and not _skips(statement, around):
            continue
        if not in_loop and not (scene.spec.falls_through and _has_next_case(statement)):
            continue
        edits = scene.without(statement)
        if edits:
            yield edits


def find_wrong_jumps(scene: Scene) -> Iterator[Edits]:
    """`break` for `continue`."""
    table = exchange(scene.spec.jumps)
    for node, statement in _jumps(scene, "wrong jump"):
        around = _leaves(statement, through=False)
        if around is None or not _LOOPS.search(around.type):
            continue
        if not _ENDLESS.match(scene.text, around.start_byte):
            yield ((node.start_byte, node.end_byte, table[scene.written(node).decode()]),)


def _jumps(scene: Scene, salt: str) -> Iterator[tuple[tree_sitter.Node, tree_sitter.Node]]:
    """Yield jumps without a label or value, each with its statement."""
    for node in scene.tokens(tuple(exchange(scene.spec.jumps)), salt):
        statement = scene.statement(outermost(node))
        if statement is not None and scene.written(statement).rstrip(b";") == scene.written(node):
            yield node, statement


def _ends_loop(scene: Scene, jump: tree_sitter.Node) -> bool:
    firsts = {pair.split(", ")[0] for pair in scene.spec.jumps}
    return scene.written(jump).decode() in firsts


def _leaves(statement: tree_sitter.Node, through: bool) -> tree_sitter.Node | None:
    """Find the loop or choice that a jump leaves; `through`: choices do not count."""
    node = statement.parent
    for _ in range(_CLIMB):
        if node is None or _FUNCTIONS.search(node.type):
            return None
        is_loop = _LOOPS.search(node.type) and not node.type.endswith(("clause", "body"))
        if is_loop or (not through and _CHOICES.search(node.type)):
            return node
        node = node.parent
    return None


def _skips(statement: tree_sitter.Node, loop: tree_sitter.Node) -> bool:
    """Whether anything follows in the round that a jump ends."""
    node: tree_sitter.Node | None = statement
    while node is not None and node != loop:
        if follows(node) and node.type not in ("block", "else_clause", "elif_clause"):
            following = node.next_named_sibling
            if following is not None and not re.search("else|elif|elsif", following.type):
                return True
        node = node.parent
    return False


def _has_next_case(statement: tree_sitter.Node) -> bool:
    """Whether another case follows that of a `break`."""
    node: tree_sitter.Node | None = statement
    for _ in range(_CLIMB):
        if node is None:
            return False
        if re.search("case|default|section|statement_group|label", node.type):
            return node.next_named_sibling is not None
        node = node.parent
    return False
