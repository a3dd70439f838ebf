"""Finds a file's definitions, and the scopes around them, among the nodes that a query found."""

import bisect
import dataclasses
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.outlines.docs import Comments
from transforms.outlines.grammar import Captures, Found
from transforms.outlines.nodes import (
    descend,
    find,
    find_all,
    first_named,
    span_of,
    trimmed,
    type_name,
    unquoted,
    words,
)
from transforms.outlines.outline import Span

_FARTHEST_DECORATOR = 2000  # bytes


@dataclasses.dataclass(slots=True)
class Item:
    """A definition, or a scope that is none.

    Attributes:
      span: the definition with its decorators and the statement around it.
      own_start: where it begins itself, after its decorators.
      body: from the first byte of its node; None where it has none.
      body_node: the node that the body begins with.
      receiver: what a function is a member of by its own header, as in Go; else empty.
      path: the nodes that lead to its name, the last of which is the name.
      captures: all that its pattern found.
      doc: what documents it from inside, once its body was read.
    """

    span: Span
    spec: DefinitionSpec | ScopeSpec
    name: str
    has_error: bool
    own_start: int = 0
    body: Span | None = None
    body_node: tree_sitter.Node | None = None
    receiver: str = ""
    path: Sequence[tree_sitter.Node] = ()
    captures: Captures = dataclasses.field(default_factory=dict)
    doc: Span | None = None

    @property
    def holder(self) -> tree_sitter.Node | None:
        """The node that has its parameters and body; None for a scope."""
        nodes = self.captures.get("holder") or self.captures.get("definition")
        return nodes[0] if nodes else None

    @property
    def name_start(self) -> int:
        """Where its name stands."""
        return self.path[-1].start_byte

    @property
    def parameters(self) -> Sequence[tree_sitter.Node]:
        """Its parameters: those nearest to the name, as C's `int (*f(void))(int)` has others."""
        if "parameter" in self.captures:
            return self.captures["parameter"]
        holder = self.holder
        if holder is None or not isinstance(self.spec, DefinitionSpec):
            return ()
        if self.spec.parameter:
            return [node for node in holder.named_children if node.type in self.spec.parameter]
        listing = self.captures["parameters"][0] if "parameters" in self.captures else None
        for node in (*reversed(self.path[:-1]), holder):
            listing = listing or find(node, self.spec.parameters)
        if listing is None or listing.parent is None:
            return ()
        if not listing.child_count:
            return (listing,)  # one, without parentheses
        lists = listing.parent.children_by_field_name(self.spec.parameters[0]) or [listing]
        return [parameter for one in lists for parameter in one.named_children]

    @property
    def arity(self) -> int:
        """How many parameters it has."""
        listing = self.captures["parameters"][0] if "parameters" in self.captures else None
        if listing is not None and listing.child_count and "parameter" not in self.captures:
            return listing.named_child_count
        return len(self.parameters)


def find_items(
    found: Found, spec: OutlineSpec, comments: Comments, decorators: tuple[Span, ...]
) -> list[Item]:
    """Read definitions and scopes, in source order, the outer before the inner.

    Args:
      found: the nodes of the tree.
      spec: the language's.
      comments: the file's.
      decorators: in source order.
    """
    items: list[Item] = []
    taken: set[int] = set()  # a node that is a definition's value is no definition of its own
    in_comments = any(node.child_count for node in found.nodes("comments"))
    for definition, matches in found.items:
        if isinstance(definition, ScopeSpec):
            items += [_scope_item(captures, definition, comments.text) for captures in matches]
            continue
        for captures in matches:
            node = captures["definition"][0]
            if node.id in taken or (in_comments and comments.cover(node.start_byte)):
                continue
            item = _definition(captures, definition, spec, comments, decorators)
            if item is None:
                continue
            items.append(item)
            taken.add(node.id)
            if "holder" in captures or "value" in captures:
                for value in (*captures.get("holder", ()), *captures.get("value", ())):
                    taken.add(value.id)
    items.sort(key=lambda item: (item.span.start, -item.span.end))
    if any(definition.clauses for definition in spec.definitions):
        return _joined(items, comments)
    return items


def _scope_item(captures: Captures, scope: ScopeSpec, text: bytes) -> Item:
    node = captures["definition"][0]
    name = type_name(text, find(node, (scope.name,)))
    return Item(span_of(node), scope, name, node.has_error)


def _joined(items: Sequence[Item], comments: Comments) -> list[Item]:
    """Make neighbouring clauses of one name one item: a function's equations in Haskell."""
    joined: list[Item] = []
    arity = -1  # of the last item; counted where it is asked for
    for item in items:
        before = joined[-1] if joined else None
        if (
            before is None
            or item.name != before.name
            or item.spec is not before.spec
            or not isinstance(item.spec, DefinitionSpec)
            or not item.spec.clauses
            or before.span.end > item.span.start
            or not comments.only_between(before.span.end, item.span.start)
        ):
            joined.append(item)
            arity = -1
            continue
        if arity < 0:
            arity = before.arity
        if item.arity != arity:  # another function in Erlang
            joined.append(item)
            arity = -1
            continue
        body = before.body or item.body
        before.span = Span(before.span.start, item.span.end)
        before.body = Span(body.start, item.span.end) if body else None
        before.has_error = before.has_error or item.has_error
    return joined


def _definition(
    captures: Captures,
    definition: DefinitionSpec,
    spec: OutlineSpec,
    comments: Comments,
    decorators: tuple[Span, ...],
) -> Item | None:
    """Read a definition; None where it has no name, or is a mere use of it."""
    text = comments.text
    node = captures["definition"][0]
    names = captures["name"] if "name" in captures else (node,)
    path = descend(names[0], definition.name, spec.parameters.unwrap)
    named = path[-1]
    name = _name(text, named, names, captures).removeprefix(definition.sign)
    if named == node or not name or (definition.names and named.type not in definition.names):
        return None
    receiver = _receiver(text, node, definition) if definition.receiver else ""
    if spec.qualified:
        scope, name = _scope(text, path, name, spec)
        receiver = receiver or scope
    body, body_node = _body(text, node, captures, definition)
    if body is None and definition.needs_body:
        return None
    whole = _statement(node, spec) if spec.wrappers else node
    own_start = start = whole.start_byte
    if decorators and decorators[0].start < start:
        start = _decorated_start(whole, start, comments, decorators)
    span = trimmed(text, start, whole.end_byte)
    if body is not None and (body.end in comments.closing or body.end != span.end):
        span, body = _without_comments(span, body, comments)
    has_error = node.has_error or (body_node is not None and body_node.has_error)
    return Item(  # by position, which is faster
        span, definition, name, has_error, own_start, body, body_node, receiver, path, captures
    )


def _name(
    text: bytes, named: tree_sitter.Node, names: Sequence[tree_sitter.Node], captures: Captures
) -> str:
    """The name of a node, joined with the other parts that its pattern found."""
    start, end = named.start_byte, named.end_byte
    if "parameters" in captures and start < captures["parameters"][0].start_byte < end:
        end = captures["parameters"][0].start_byte  # as in C++'s `operator bool()`
    parts = [text[part.start_byte : part.end_byte] for part in names[1:]]
    return unquoted(words(b"".join((text[start:end], *parts))))


def _without_comments(span: Span, body: Span, comments: Comments) -> tuple[Span, Span]:
    """Leave out comments at the end: grammars count them where only indentation ends a body."""
    code_end = comments.code_end(body.end)
    end = code_end if span.end == body.end else comments.code_end(span.end)
    body = Span(body.start, max(body.start, code_end))
    return Span(span.start, max(end, body.end)), body


def _body(
    text: bytes, node: tree_sitter.Node, captures: Captures, definition: DefinitionSpec
) -> tuple[Span | None, tree_sitter.Node | None]:
    """The body, and the node it begins with where it is not only known by the header's end."""
    holder = captures["holder"][0] if "holder" in captures else node
    if "body" in captures:
        first, last = captures["body"][0], captures["body"][-1]
    else:
        header = captures["header"] if "header" in captures else ()
        if definition.header and not header:
            header = find_all(holder, definition.header)
        if header:
            return _after(text, max([node.end_byte for node in header]), holder), None
        found = find(holder, definition.body)
        if found is None:
            return None, None
        first = last = found
    is_whole = first is not last or first.is_named
    end = last.end_byte if is_whole else holder.end_byte
    return trimmed(text, first.start_byte, end), first


def _after(text: bytes, start: int, holder: tree_sitter.Node) -> Span | None:
    """The rest of a definition after its header, if there is more than white space."""
    end = holder.end_byte
    return trimmed(text, start, end) if start < end and not text[start:end].isspace() else None


def _receiver(text: bytes, node: tree_sitter.Node, definition: DefinitionSpec) -> str:
    receiver = node.child_by_field_name(definition.receiver)
    parameter = first_named(receiver) if receiver is not None else None
    return type_name(text, parameter.child_by_field_name("type")) if parameter is not None else ""


def _scope(
    text: bytes, path: Sequence[tree_sitter.Node], name: str, spec: OutlineSpec
) -> tuple[str, str]:
    """What stands before a qualified name, its parts joined by dots, and the name itself."""
    node = next((node for node in path if node.type in spec.qualified), None)
    if node is None:
        return "", name
    if node == path[-1]:  # scope and name are one token, as in Tcl
        scope, _, name = name.rstrip(":").rpartition("::")
    else:
        scope = words(text[node.start_byte : path[-1].start_byte])
    return scope.replace("::", ".").replace(":", ".").strip(". "), name


def _statement(node: tree_sitter.Node, spec: OutlineSpec) -> tree_sitter.Node:
    """The statement around a definition, or itself where there is none that it fills."""
    while (parent := node.parent) is not None and parent.type in spec.wrappers:
        if parent.named_child_count != 1:
            extras = (*spec.comments, *spec.decorators)
            if sum(child.type not in extras for child in parent.named_children) != 1:
                break
        node = parent
    return node


def _decorated_start(
    node: tree_sitter.Node, start: int, comments: Comments, decorators: tuple[Span, ...]
) -> int:
    """Where the decorators right before a node begin; comments may stand between."""
    index = bisect.bisect_left(decorators, (start, 0)) - 1
    while (
        index >= 0
        and start - decorators[index].end < _FARTHEST_DECORATOR
        and comments.only_between(decorators[index].end, start)
    ):
        start = decorators[index].start
        neighbour = node.prev_sibling
        while neighbour is not None and neighbour.start_byte > start:
            neighbour = neighbour.prev_sibling
        if neighbour is None or neighbour.start_byte != start:
            break  # it ends another definition
        node = neighbour
        index -= 1
    return node.start_byte
