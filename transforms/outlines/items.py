"""Finds a file's definitions, and the scopes around them, among the nodes that a query found."""

import bisect
import dataclasses

import tree_sitter

from transforms.languages.spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.outlines.docs import Comments
from transforms.outlines.nodes import (
    descend,
    find,
    first_named,
    is_blank,
    span_of,
    trimmed,
    type_name,
    words,
)
from transforms.outlines.outline import Span


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A definition, or a scope that is none.

    Attributes:
      span: the definition with its decorators and the statement around it.
      body: from the first byte of its node; None where it has none.
      body_node: the node that the body begins with.
      parameters: the node of its parameters.
      receiver: the type that a function is a member of by its own header, as in Go; else empty.
    """

    span: Span
    node: tree_sitter.Node
    spec: DefinitionSpec | ScopeSpec
    name: str
    body: Span | None = None
    body_node: tree_sitter.Node | None = None
    parameters: tree_sitter.Node | None = None
    receiver: str = ""

    @property
    def has_members(self) -> bool:
        """Whether functions directly inside are methods."""
        return isinstance(self.spec, ScopeSpec) or self.spec.members


def find_items(
    nodes: dict[str, list[tree_sitter.Node]],
    spec: OutlineSpec,
    comments: Comments,
    decorators: tuple[Span, ...],
) -> list[Item]:
    """Read definitions and scopes, in source order, the outer before the inner.

    Args:
      nodes: the captures of `transforms.outlines.grammar`.
      spec: the language's.
      comments: the file's.
      decorators: in source order.
    """
    items: list[Item] = []
    taken: set[int] = set()  # a node that is a definition's value is no definition of its own
    for number, definition in sorted(
        enumerate(spec.definitions), key=lambda pair: not pair[1].value
    ):
        for node in nodes.get(f"item.{number}", ()):
            if node.id in taken:
                continue
            holder = _field(node, definition.value) if definition.value else node
            item = _definition(node, holder, definition, spec, comments, decorators)
            if item is not None:
                items.append(item)
                taken.add(holder.id)
    for number, scope in enumerate(spec.scopes, len(spec.definitions)):
        for node in nodes.get(f"item.{number}", ()):
            name = type_name(comments.text, node.child_by_field_name(scope.name))
            items.append(Item(span_of(node), node, scope, name))
    items.sort(key=lambda item: (item.span.start, -item.span.end))
    return items


def _definition(
    node: tree_sitter.Node,
    holder: tree_sitter.Node,
    definition: DefinitionSpec,
    spec: OutlineSpec,
    comments: Comments,
    decorators: tuple[Span, ...],
) -> Item | None:
    """Read a definition, whose parameters and body `holder` has; None where it has no name."""
    text = comments.text
    path = descend(node, definition.name, spec.parameters.unwrap)
    name = words(text[path[-1].start_byte : path[-1].end_byte]).strip("\"'")
    if len(path) == 1 or not name or (definition.names and path[-1].type not in definition.names):
        return None
    body_node = find(holder, definition.body)
    if body_node is None and definition.needs_body:
        return None
    span = trimmed(text, _whole_span(text, node, spec, decorators))
    body = None
    if body_node is not None:
        end = body_node.end_byte if body_node.is_named else holder.end_byte
        body = trimmed(text, Span(body_node.start_byte, end))
        if (
            spec.header_end
        ):  # nothing but indentation says that a comment at the end belongs to the body
            body = Span(body.start, comments.code_end(body.end))
            span = Span(span.start, comments.code_end(span.end))
    return Item(
        span=span,
        node=node,
        spec=definition,
        name=name,
        body=body,
        body_node=body_node,
        parameters=_parameters(holder, path, definition),
        receiver=_receiver(text, node, definition),
    )


def _parameters(
    holder: tree_sitter.Node, path: list[tree_sitter.Node], definition: DefinitionSpec
) -> tree_sitter.Node | None:
    """The parameters nearest to the name: C's `int (*f(void))(int)` has its result's as well."""
    if not definition.parameters:
        return None
    for node in (*reversed(path[:-1]), holder):
        for field in definition.parameters:
            if (found := node.child_by_field_name(field)) is not None:
                return found
    return None


def _receiver(text: bytes, node: tree_sitter.Node, definition: DefinitionSpec) -> str:
    receiver = node.child_by_field_name(definition.receiver) if definition.receiver else None
    parameter = first_named(receiver) if receiver is not None else None
    return type_name(text, parameter.child_by_field_name("type")) if parameter is not None else ""


def _whole_span(
    text: bytes, node: tree_sitter.Node, spec: OutlineSpec, decorators: tuple[Span, ...]
) -> Span:
    """The span of a definition with the statement around it and the decorators right before."""
    while (parent := node.parent) is not None and parent.type in spec.wrappers:
        extras = (*spec.comments, *spec.decorators)
        if sum(child.type not in extras for child in parent.named_children) != 1:
            break
        node = parent
    start = node.start_byte
    index = bisect.bisect_left(decorators, start, key=_start) - 1
    while index >= 0 and is_blank(text, decorators[index].end, start):
        start = decorators[index].start
        index -= 1
    return Span(start, node.end_byte)


def _start(span: Span) -> int:
    return span.start


def _field(node: tree_sitter.Node, name: str) -> tree_sitter.Node:
    child = node.child_by_field_name(name)
    if child is None:
        raise ValueError(f"node {node.type} must have a field {name}")
    return child
