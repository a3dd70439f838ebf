"""Finds a file's definitions, and the scopes around them, among the nodes that a query found."""

import bisect
import re
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.outlines.details import DetailReader
from transforms.outlines.docs import Comments
from transforms.outlines.grammar import Captures, Wanted
from transforms.outlines.item import Item
from transforms.outlines.nodes import (
    descend,
    first_named,
    span_of,
    trimmed,
    type_name,
    unquoted,
    words,
)
from transforms.outlines.outline import Span

_FARTHEST_DECORATOR = 2000  # bytes
# What parts a scope's names; a template's arguments stay as they are.
_SEPARATOR = re.compile(r"<(?:[^<>]|<[^<>]*>)*>|:+")


def find_items(reader: DetailReader) -> list[Item]:
    """Read definitions and scopes, in source order, the outer before the inner."""
    spec, comments = reader.spec, reader.comments
    # By place; the number stands for the order of what is at the same.
    placed: list[tuple[int, int, int, Item]] = []
    taken: set[int] = set()  # a node that is a definition's value is no definition of its own
    in_comments = any(node.child_count for node in reader.found.nodes("comments"))
    for wanted, matches in reader.found.items:
        for captures in matches:
            if isinstance(wanted.spec, ScopeSpec):
                item = _scope_item(captures, wanted, reader)
            else:
                node = captures["definition"][0]
                if node.id in taken or (in_comments and comments.cover(node.start_byte)):
                    continue
                found = _definition(captures, wanted, wanted.spec, reader)
                if found is None:
                    continue
                item = found
                taken.add(node.id)
                for name in ("holder", "value"):
                    if name in captures:
                        taken.update([value.id for value in captures[name]])
            start, end = item.span
            placed.append((start, -end, len(placed), item))
    placed.sort()
    items = [item for _, _, _, item in placed]
    if any(definition.clauses for definition in spec.definitions):
        return _joined(items, comments)
    return items


def _scope_item(captures: Captures, wanted: Wanted, reader: DetailReader) -> Item:
    node = captures["definition"][0]
    name = type_name(reader.comments.text, wanted.name.find(node))
    return Item("", name, name, None, span_of(node), None, node.has_error, reader, wanted.spec)


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
    captures: Captures, wanted: Wanted, definition: DefinitionSpec, reader: DetailReader
) -> Item | None:
    """Read a definition; None where it has no name, or is a mere use of it."""
    spec, comments, decorators = reader.spec, reader.comments, reader.decorators
    text = comments.text
    node = captures["definition"][0]
    first = captures["name"][0] if "name" in captures else node
    path = descend(first, wanted.name.find, spec.parameters.unwrap)
    named = path[-1]
    name = _name(text, named, captures).removeprefix(definition.sign)
    if named == node or not name or (definition.names and named.type not in definition.names):
        return None
    receiver = _receiver(text, node, definition) if definition.receiver else ""
    if spec.qualified:
        scope, name = _scope(text, path, name, spec)
        receiver = receiver or scope
    body, body_node = _body(text, node, captures, wanted)
    if body is None and definition.needs_body:
        return None
    whole = _statement(node, spec) if spec.wrappers else node
    own_start = start = whole.start_byte
    if decorators and decorators[0].start < start:
        start = _decorated_start(whole, start, reader)
    span = trimmed(text, start, whole.end_byte)
    if body is not None:
        end, body_end = span.end, body.end
        if body_end in comments.closing or end in comments.closing or end < body_end:
            span, body = _without_comments(span, body, comments)
    has_error = node.has_error or (body_node is not None and body_node.has_error)
    return Item(  # by position, which is faster
        definition.kind,
        name,
        name,
        None,
        span,
        body,
        has_error,
        reader,
        definition,
        own_start,
        body_node,
        receiver,
        path,
        captures,
    )


def _name(text: bytes, named: tree_sitter.Node, captures: Captures) -> str:
    """The name of a node, joined with the other parts that its pattern found."""
    start, end = named.start_byte, named.end_byte
    parts = captures["name"] if "name" in captures else ()
    name = text[start:end].decode("utf-8", "replace")
    if name.isidentifier() and len(parts) < 2:
        return name
    if "parameters" in captures and start < captures["parameters"][0].start_byte < end:
        end = captures["parameters"][0].start_byte  # as in C++'s `operator bool()`
    others = [text[part.start_byte : part.end_byte] for part in parts[1:]]
    return unquoted(words(b"".join((text[start:end], *others))))


def _without_comments(span: Span, body: Span, comments: Comments) -> tuple[Span, Span]:
    """Leave out comments at the end: grammars count them where only indentation ends a body."""
    code_end = comments.code_end(body.end)
    end = code_end if span.end == body.end else comments.code_end(span.end)
    body = Span(body.start, max(body.start, code_end))
    return Span(span.start, max(end, body.end)), body


def _body(
    text: bytes, node: tree_sitter.Node, captures: Captures, wanted: Wanted
) -> tuple[Span | None, tree_sitter.Node | None]:
    """The body, and the node it begins with where it is not only known by the header's end."""
    holder = captures["holder"][0] if "holder" in captures else node
    if "body" in captures:
        first, last = captures["body"][0], captures["body"][-1]
    else:
        header = captures["header"] if "header" in captures else ()
        if wanted.header and not header:
            found = [names.find(holder) for names in wanted.header]
            header = [node for node in found if node is not None]
        if header:
            return _after(text, max([node.end_byte for node in header]), holder), None
        body = wanted.body.find(holder)
        if body is None:
            return None, None
        first = last = body
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
    joined = _SEPARATOR.sub(lambda found: "." if found[0][0] == ":" else found[0], scope)
    return joined.strip(". "), name


def _statement(node: tree_sitter.Node, spec: OutlineSpec) -> tree_sitter.Node:
    """The statement around a definition, or itself where there is none that it fills."""
    while (parent := node.parent) is not None and parent.type in spec.wrappers:
        if parent.named_child_count != 1:
            extras = (*spec.comments, *spec.decorators)
            if sum(child.type not in extras for child in parent.named_children) != 1:
                break
        node = parent
    return node


def _decorated_start(node: tree_sitter.Node, start: int, reader: DetailReader) -> int:
    """Where the decorators right before a node begin; comments may stand between."""
    comments, decorators = reader.comments, reader.decorators
    near = max(start - 100, 0)
    before = comments.text[near:start].rstrip()
    if before and before[-1] not in b";." and near + len(before) not in reader.asides:
        return start  # code stands before it, most often, and it is not worth a search
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
