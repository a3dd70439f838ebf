"""Finds a file's definitions, and the scopes around them, among the nodes that a query found."""

import bisect
import dataclasses
from collections.abc import Iterable, Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.outlines.docs import Comments
from transforms.outlines.grammar import Captures
from transforms.outlines.nodes import (
    descend,
    find,
    find_all,
    first_named,
    span_of,
    trimmed,
    type_name,
    words,
)
from transforms.outlines.outline import Span

_FARTHEST_DECORATOR = 2000  # bytes
_QUOTES = ('"', "'")


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A definition, or a scope that is none.

    Attributes:
      span: the definition with its decorators and the statement around it.
      own_start: where it begins itself, after its decorators.
      name_start: where its name stands.
      body: from the first byte of its node; None where it has none.
      body_node: the node that the body begins with.
      doc: a string that its pattern found inside.
      parameters: the nodes of its parameters.
      returns: its result's type.
      receiver: what a function is a member of by its own header, as in Go; else empty.
    """

    span: Span
    spec: DefinitionSpec | ScopeSpec
    name: str
    has_error: bool
    own_start: int = 0
    name_start: int = 0
    body: Span | None = None
    body_node: tree_sitter.Node | None = None
    doc: Span | None = None
    parameters: Sequence[tree_sitter.Node] = ()
    returns: tree_sitter.Node | None = None
    receiver: str = ""

    @property
    def has_members(self) -> bool:
        """Whether functions directly inside are methods."""
        return isinstance(self.spec, ScopeSpec) or self.spec.members


def find_items(
    nodes: Captures,
    matches: Iterable[tuple[int, Captures]],
    spec: OutlineSpec,
    comments: Comments,
    decorators: tuple[Span, ...],
) -> list[Item]:
    """Read definitions and scopes, in source order, the outer before the inner.

    Args:
      nodes, matches: what `transforms.outlines.grammar` found.
      spec: the language's.
      comments: the file's.
      decorators: in source order.
    """
    found: dict[int, list[tuple[tree_sitter.Node, Captures]]] = {}
    for number in range(len(spec.definitions)):
        found[number] = [(node, {}) for node in nodes.get(f"item.{number}", ())]
    for number, captures in matches:
        found[number].append((captures["definition"][0], captures))
    items: list[Item] = []
    taken: set[int] = set()  # a node that is a definition's value is no definition of its own
    for number in sorted(found, key=lambda number: (not spec.definitions[number].value, number)):
        definition = spec.definitions[number]
        for node, captures in found[number]:
            if node.id in taken:
                continue
            holder = _field(node, definition.value) if definition.value else node
            item = _definition(node, holder, captures, definition, spec, comments, decorators)
            if item is not None:
                items.append(item)
                taken |= {node.id, holder.id, *(value.id for value in captures.get("value", ()))}
    for number, scope in enumerate(spec.scopes, len(spec.definitions)):
        for node in nodes.get(f"item.{number}", ()):
            name = type_name(comments.text, find(node, (scope.name,)))
            items.append(Item(span_of(node), scope, name, node.has_error))
    items.sort(key=lambda item: (item.span.start, -item.span.end))
    if any(definition.clauses for definition in spec.definitions):
        return _joined(items, comments)
    return items


def _joined(items: Sequence[Item], comments: Comments) -> list[Item]:
    """Make neighbouring clauses of one name one item: a function's equations in Haskell."""
    joined: list[Item] = []
    for item in items:
        before = joined[-1] if joined else None
        if (
            before is not None
            and isinstance(item.spec, DefinitionSpec)
            and item.spec.clauses
            and (item.spec, item.name) == (before.spec, before.name)
            and before.span.end <= item.span.start
            and comments.only_between(before.span.end, item.span.start)
        ):
            body = before.body or item.body
            joined[-1] = dataclasses.replace(
                before,
                span=Span(before.span.start, item.span.end),
                body=Span(body.start, item.span.end) if body else None,
                has_error=before.has_error or item.has_error,
            )
        else:
            joined.append(item)
    return joined


def _definition(
    node: tree_sitter.Node,
    holder: tree_sitter.Node,
    captures: Captures,
    definition: DefinitionSpec,
    spec: OutlineSpec,
    comments: Comments,
    decorators: tuple[Span, ...],
) -> Item | None:
    """Read a definition, whose parameters and body `holder` has; None where it has no name."""
    text = comments.text
    path = captures.get("name") or [node]
    path = descend(path[0], definition.name, spec.parameters.unwrap)
    name = words(text[path[-1].start_byte : path[-1].end_byte])
    if name.startswith(_QUOTES):  # a quote at its end alone is the name's, as in OCaml's `fold'`
        name = name.strip(name[0])
    if path[-1] == node or not name or (definition.names and path[-1].type not in definition.names):
        return None
    body, body_node = _body(text, holder, captures, definition)
    if body is None and definition.needs_body:
        return None
    whole = _statement(node, spec)
    start = _decorated_start(whole, comments, decorators) if decorators else whole.start_byte
    span = trimmed(text, Span(start, whole.end_byte))
    if body is not None:
        # Where only indentation ends a body, grammars count the comments after it to it.
        body = Span(body.start, max(body.start, comments.code_end(body.end)))
        span = Span(span.start, comments.code_end(span.end))
    docs = captures.get("doc")
    return Item(
        span=Span(span.start, max(span.end, body.end)) if body else span,
        spec=definition,
        name=name,
        has_error=node.has_error or (body_node is not None and body_node.has_error),
        own_start=whole.start_byte,
        name_start=path[-1].start_byte,
        body=body,
        body_node=body_node,
        doc=span_of(docs[0]) if docs else None,
        parameters=captures.get("parameter") or _parameters(holder, path, captures, definition),
        returns=captures["returns"][0] if "returns" in captures else find(holder, spec.returns),
        receiver=_receiver(text, node, definition) or _scope(text, path, spec),
    )


def _body(
    text: bytes, holder: tree_sitter.Node, captures: Captures, definition: DefinitionSpec
) -> tuple[Span | None, tree_sitter.Node | None]:
    """The body, and the node it begins with where it is not only known by the header's end."""
    nodes = captures.get("body")
    header = captures.get("header") or find_all(holder, definition.header)
    if not nodes and not header and (node := find(holder, definition.body)) is not None:
        nodes = [node]
    if nodes:
        is_whole = nodes[0].is_named or len(nodes) > 1
        end = nodes[-1].end_byte if is_whole else holder.end_byte
        return trimmed(text, Span(nodes[0].start_byte, end)), nodes[0]
    start = max((node.end_byte for node in header), default=holder.end_byte)
    if text[start : holder.end_byte].isspace() or start >= holder.end_byte:
        return None, None
    return trimmed(text, Span(start, holder.end_byte)), None


def _parameters(
    holder: tree_sitter.Node,
    path: list[tree_sitter.Node],
    captures: Captures,
    definition: DefinitionSpec,
) -> Sequence[tree_sitter.Node]:
    """The parameters nearest to the name: C's `int (*f(void))(int)` has its result's as well."""
    if definition.parameter:
        return [node for node in holder.named_children if node.type in definition.parameter]
    listing = captures["parameters"][0] if "parameters" in captures else None
    for node in (*reversed(path[:-1]), holder):
        listing = listing or find(node, definition.parameters)
    if listing is None or listing.parent is None:
        return ()
    if not listing.child_count:
        return (listing,)  # one, without parentheses
    lists = listing.parent.children_by_field_name(definition.parameters[0]) or [listing]
    return [parameter for one in lists for parameter in one.named_children]


def _receiver(text: bytes, node: tree_sitter.Node, definition: DefinitionSpec) -> str:
    receiver = node.child_by_field_name(definition.receiver) if definition.receiver else None
    parameter = first_named(receiver) if receiver is not None else None
    return type_name(text, parameter.child_by_field_name("type")) if parameter is not None else ""


def _scope(text: bytes, path: list[tree_sitter.Node], spec: OutlineSpec) -> str:
    """What stands before a qualified name, its parts joined by dots."""
    for node in path if spec.qualified else ():
        if node.type in spec.qualified:
            scope = words(text[node.start_byte : path[-1].start_byte])
            return scope.replace("::", ".").replace(":", ".").strip(". ")
    return ""


def _statement(node: tree_sitter.Node, spec: OutlineSpec) -> tree_sitter.Node:
    """The statement around a definition, or itself where there is none that it fills."""
    while (parent := node.parent) is not None and parent.type in spec.wrappers:
        extras = (*spec.comments, *spec.decorators)
        if sum(child.type not in extras for child in parent.named_children) != 1:
            break
        node = parent
    return node


def _decorated_start(
    node: tree_sitter.Node, comments: Comments, decorators: tuple[Span, ...]
) -> int:
    """Where the decorators right before a node begin; comments may stand between."""
    start = node.start_byte
    index = bisect.bisect_left(decorators, start, key=_start) - 1
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


def _start(span: Span) -> int:
    return span.start


def _field(node: tree_sitter.Node, name: str) -> tree_sitter.Node:
    child = node.child_by_field_name(name)
    if child is None:
        raise ValueError(f"node {node.type} must have a field {name}")
    return child
