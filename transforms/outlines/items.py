"""Finds a file's definitions, and the scopes around them, among the nodes that a query found."""

import bisect
from collections.abc import Sequence
from typing import NamedTuple

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


class Item(NamedTuple):
    """A definition, or a scope that is none.

    Attributes:
      span: the definition with its decorators and the statement around it.
      own_start: where it begins itself, after its decorators.
      body: from the first byte of its node; None where it has none.
      body_node: the node that the body begins with.
      doc: a string that its pattern found inside.
      receiver: what a function is a member of by its own header, as in Go; else empty.
      path: the nodes that lead to its name, the last of which is the name.
      holder: the node that has its parameters and body; None for a scope.
      captures: what else its pattern found.
    """

    span: Span
    spec: DefinitionSpec | ScopeSpec
    name: str
    has_error: bool
    own_start: int = 0
    body: Span | None = None
    body_node: tree_sitter.Node | None = None
    doc: Span | None = None
    receiver: str = ""
    path: Sequence[tree_sitter.Node] = ()
    holder: tree_sitter.Node | None = None
    captures: Captures = {}  # noqa: RUF012  # never changed

    @property
    def name_start(self) -> int:
        """Where its name stands."""
        return self.path[-1].start_byte

    @property
    def parameters(self) -> Sequence[tree_sitter.Node]:
        """Its parameters: those nearest to the name, as C's `int (*f(void))(int)` has others."""
        if "parameter" in self.captures:
            return self.captures["parameter"]
        if self.holder is None or not isinstance(self.spec, DefinitionSpec):
            return ()
        if self.spec.parameter:
            return [node for node in self.holder.named_children if node.type in self.spec.parameter]
        listing = self.captures["parameters"][0] if "parameters" in self.captures else None
        for node in (*reversed(self.path[:-1]), self.holder):
            listing = listing or find(node, self.spec.parameters)
        if listing is None or listing.parent is None:
            return ()
        if not listing.child_count:
            return (listing,)  # one, without parentheses
        lists = listing.parent.children_by_field_name(self.spec.parameters[0]) or [listing]
        return [parameter for one in lists for parameter in one.named_children]

    @property
    def has_members(self) -> bool:
        """Whether functions directly inside are methods."""
        return isinstance(self.spec, ScopeSpec) or self.spec.members


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
    for number, definition in _by_precedence(spec):
        for captures in found.items.get(number, ()):
            node = captures["definition"][0]
            if node.id in taken or comments.cover(node.start_byte):
                continue
            item = _definition(captures, definition, spec, comments, decorators)
            if item is not None:
                items.append(item)
                taken.add(node.id)
                for value in (*captures.get("holder", ()), *captures.get("value", ())):
                    taken.add(value.id)
    for number, scope in enumerate(spec.scopes, len(spec.definitions)):
        for captures in found.items.get(number, ()):
            node = captures["definition"][0]
            name = type_name(comments.text, find(node, (scope.name,)))
            items.append(Item(span_of(node), scope, name, node.has_error))
    items.sort(key=lambda item: (item.span.start, -item.span.end))
    if any(definition.clauses for definition in spec.definitions):
        return _joined(items, comments)
    return items


def _by_precedence(spec: OutlineSpec) -> list[tuple[int, DefinitionSpec]]:
    """Put first what has a value, which may be a definition by itself."""
    return sorted(enumerate(spec.definitions), key=lambda one: (not one[1].value, one[0]))


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
            and len(item.parameters) == len(before.parameters)  # else another function in Erlang
            and before.span.end <= item.span.start
            and comments.only_between(before.span.end, item.span.start)
        ):
            body = before.body or item.body
            joined[-1] = before._replace(
                span=Span(before.span.start, item.span.end),
                body=Span(body.start, item.span.end) if body else None,
                has_error=before.has_error or item.has_error,
            )
        else:
            joined.append(item)
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
    holder = captures["holder"][0] if "holder" in captures else node
    path = descend(captures.get("name", [node])[0], definition.name, spec.parameters.unwrap)
    name = _name(text, path, captures).removeprefix(definition.sign)
    if path[-1] == node or not name:
        return None
    if definition.names and path[-1].type not in definition.names:
        return None
    receiver = _receiver(text, node, definition) if definition.receiver else ""
    if spec.qualified:
        scope, name = _scope(text, path, name, spec)
        receiver = receiver or scope
    body, body_node = _body(text, holder, captures, definition)
    if body is None and definition.needs_body:
        return None
    whole = _statement(node, spec) if spec.wrappers else node
    own_start = whole.start_byte
    start = own_start
    if decorators and decorators[0].start < start:
        start = _decorated_start(whole, start, comments, decorators)
    span = trimmed(text, start, whole.end_byte)
    if body is not None:
        span, body = _without_comments(span, body, comments)
    return Item(
        span=span,
        spec=definition,
        name=name,
        has_error=node.has_error or (body_node is not None and body_node.has_error),
        own_start=own_start,
        body=body,
        body_node=body_node,
        doc=span_of(captures["doc"][0]) if "doc" in captures else None,
        receiver=receiver,
        path=path,
        holder=holder,
        captures=captures,
    )


def _name(text: bytes, path: Sequence[tree_sitter.Node], captures: Captures) -> str:
    """The name at the end of a path, joined with the other parts that its pattern found."""
    last = path[-1]
    end = last.end_byte
    if "parameters" in captures and captures["parameters"][0].start_byte > last.start_byte:
        end = min(end, captures["parameters"][0].start_byte)  # as in C++'s `operator bool()`
    written = text[last.start_byte : end]
    for part in captures.get("name", ())[1:]:
        written += text[part.start_byte : part.end_byte]
    return unquoted(words(written))


def _without_comments(span: Span, body: Span, comments: Comments) -> tuple[Span, Span]:
    """Leave out comments at the end: grammars count them where only indentation ends a body."""
    code_end = comments.code_end(body.end)
    end = code_end if span.end == body.end else comments.code_end(span.end)
    body = Span(body.start, max(body.start, code_end))
    return Span(span.start, max(end, body.end)), body


def _body(
    text: bytes, holder: tree_sitter.Node, captures: Captures, definition: DefinitionSpec
) -> tuple[Span | None, tree_sitter.Node | None]:
    """The body, and the node it begins with where it is not only known by the header's end."""
    header: Sequence[tree_sitter.Node] = captures.get("header", ())
    if definition.header and not header:
        header = find_all(holder, definition.header)
    first = last = None
    if "body" in captures:
        first, last = captures["body"][0], captures["body"][-1]
    elif not header:
        first = last = find(holder, definition.body)
    if first is not None and last is not None:
        is_whole = first.is_named or first is not last
        return trimmed(
            text, first.start_byte, last.end_byte if is_whole else holder.end_byte
        ), first
    start = max((node.end_byte for node in header), default=holder.end_byte)
    if start >= holder.end_byte or text[start : holder.end_byte].isspace():
        return None, None
    return trimmed(text, start, holder.end_byte), None


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
        extras = (*spec.comments, *spec.decorators)
        if sum(child.type not in extras for child in parent.named_children) != 1:
            break
        node = parent
    return node


def _decorated_start(
    node: tree_sitter.Node, start: int, comments: Comments, decorators: tuple[Span, ...]
) -> int:
    """Where the decorators right before a node begin; comments may stand between."""
    index = bisect.bisect_left(decorators, Span(start, 0)) - 1
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
