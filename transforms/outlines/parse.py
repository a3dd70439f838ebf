"""Source text to outline: what a parser sees in one file.

One query finds all nodes of interest; the rest is arithmetic on their bytes. Nothing walks the
whole tree in Python and nothing recurses, so that neither the size nor the depth of a file matters.
"""

import dataclasses
import functools
from collections.abc import Iterator, Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec
from transforms.languages.spec import Language
from transforms.outlines.details import DetailReader
from transforms.outlines.dialects import parsed_text
from transforms.outlines.docs import Comments, docstring, read_comments
from transforms.outlines.embedded import parse_embedded, with_embedded
from transforms.outlines.grammar import Grammar, load_grammar
from transforms.outlines.items import Item, find_items
from transforms.outlines.nodes import trimmed
from transforms.outlines.outline import Definition, Outline, Span

# A query's time is quadratic in the children of an ERROR node: 10 s for 100,000 of them, 50 ms for
# this many squares.
_MAX_SQUARED_CHILDREN = 50_000_000


class TooDeep(ValueError):
    """A file so broken that searching its tree would take too long: 100,000 open brackets."""


def outline(text: bytes, language: Language, code: bytes | None = None) -> Outline:
    """Parse a file and list its definitions, imports and comments.

    A syntax error is no failure: it is told by definition, and as a share of the file's bytes.

    Args:
      text: decoded source, UTF-8.
      language: one that has a grammar; without an outline of its own it has no definitions.
      code: what is parsed in the text's place and as long, where comments stand for what the
        language has not; these are no comments of the outline.

    Raises:
      TooDeep: if the text is too broken to be searched in reasonable time.
      ValueError: if the language has no grammar.
    """
    grammar = load_grammar(language.name)
    source = text if code is None else code
    root = grammar.parser.parse(parsed_text(source, grammar.spec)).root_node
    page = _outline(text, root, language.name, grammar)
    pieces = [
        _outline(text, piece, name, load_grammar(name))
        for piece, name in parse_embedded(text, root, grammar)
    ]
    seen = with_embedded(page, pieces) if pieces else page
    if code is None or code is text:
        return seen
    written = (s for s in seen.comments if text[s.start : s.end] == code[s.start : s.end])
    return dataclasses.replace(seen, comments=tuple(written))


def _outline(text: bytes, root: tree_sitter.Node, language: str, grammar: Grammar) -> Outline:
    """List what one syntax tree of a file has."""
    error_bytes = _error_bytes(root)
    found = grammar.find(root)
    comments = _spans(text, found.lists["comments"])
    docs = found.lists["docs"]
    reader = DetailReader(
        spec=grammar.spec,
        comments=read_comments(
            text,
            _spans(text, found.lists["comments"] + docs) if docs else comments,
            grammar.spec.doc,
        ),
        decorators=_spans(text, found.lists["decorators"]),
        forks=found.lists["forks"],
        nests=found.lists["nests"],
    )
    items = find_items(found, grammar.spec, reader.comments, reader.decorators)
    return Outline(
        language=language,
        definitions=tuple(_definitions(items, reader)),
        imports=tuple(
            # Kotlin's grammar counts the comments that follow to an import.
            Span(span.start, reader.comments.code_end(span.end))
            for span in _spans(text, found.lists["imports"])
        ),
        comments=comments,
        strings=_spans(text, found.lists["strings"]),
        error_ratio=error_bytes / len(text) if text else 0.0,
        root=root,
    )


def _error_bytes(root: tree_sitter.Node) -> int:
    """Count the bytes in top-most ERROR nodes, found by following `has_error` downwards."""
    total = squared_children = 0
    stack = [(root, False)] if root.has_error else []
    while stack:
        node, within = stack.pop()
        if node.is_error:
            squared_children += node.child_count**2
            if squared_children > _MAX_SQUARED_CHILDREN:
                raise TooDeep(f"syntax errors have over {_MAX_SQUARED_CHILDREN} squared children")
            total += 0 if within else node.end_byte - node.start_byte
            within = True
        stack += [(child, within) for child in node.children if child.has_error]
    return total


def _spans(text: bytes, nodes: Sequence[tree_sitter.Node]) -> tuple[Span, ...]:
    """The nodes' spans in source order, without those that stand in another."""
    spans: list[Span] = []
    for start, negative_end in sorted({(node.start_byte, -node.end_byte) for node in nodes}):
        if not spans or -negative_end > spans[-1].end:
            spans.append(trimmed(text, start, -negative_end))
    return tuple(spans)


def _definitions(items: Sequence[Item], reader: DetailReader) -> Iterator[Definition]:
    """Make definitions of items, which tells each its place among the others."""
    text = reader.comments.text
    around: list[tuple[Item, str, int | None]] = []  # open items, their qualified names and indexes
    count = line = counted = 0
    for item in items:
        span = item.span
        while around and around[-1][0].span.end <= span.start:
            around.pop()
        outer, prefix, parent = around[-1] if around else (None, "", None)
        if item.receiver:
            prefix = f"{prefix}.{item.receiver}" if prefix else item.receiver
        qualified_name = f"{prefix}.{item.name}" if prefix else item.name
        if not isinstance(item.spec, DefinitionSpec):
            around.append((item, qualified_name, parent))
            continue
        around.append((item, qualified_name, count))
        count += 1
        body, doc = _body_and_doc(item, reader.spec, reader.comments)
        line += text.count(b"\n", counted, span.start)
        counted = span.start
        is_member = bool(item.receiver) or (outer is not None and outer.has_members)
        yield Definition(
            kind=_kind(item.spec, qualified_name) if is_member else item.spec.kind,
            name=item.name,
            qualified_name=qualified_name,
            parent=parent,
            span=span,
            signature=Span(span.start, body.start if body else span.end),
            body=body,
            doc=doc,
            start_line=line + 1,
            end_line=line + 1 + text.count(b"\n", span.start, span.end),
            has_error=item.has_error,
            read_details=functools.partial(reader.read, item),
        )


def _kind(definition: DefinitionSpec, qualified_name: str) -> str:
    """The kind of a member."""
    if definition.constructors:
        prefix, _, name = qualified_name.rpartition(".")
        if name in definition.constructors:
            return "constructor"
        if "@class" in definition.constructors and name == prefix.rpartition(".")[2]:
            return "constructor"
    return definition.member_kind or definition.kind


def _body_and_doc(
    item: Item, spec: OutlineSpec, comments: Comments
) -> tuple[Span | None, Span | None]:
    body = item.body
    doc = item.doc
    if doc is None and not spec.doc.inside:
        doc = comments.before(item.span.start)
        if doc is None and item.own_start != item.span.start:
            doc = comments.before(item.own_start)
    if body is None:
        return body, doc
    start = body.start
    if spec.header_end and item.body_node is not None:
        start = _header_end(item.body_node, spec.header_end)
    if spec.doc.inside == "string" and item.body_node is not None:
        doc = docstring(item.body_node)
    elif spec.doc.inside == "comment":
        doc = comments.after(start)
        if doc is not None and doc.end > body.end:  # nothing but comments
            return None, None
    if doc is not None and item.span.start < doc.start:
        start = max(start, doc.end)
    return Span(start, max(start, body.end)), doc


def _header_end(body: tree_sitter.Node, token: str) -> int:
    """Find where the header before a body ends; comments may stand between."""
    node = body.prev_sibling
    while node is not None and node.type != token:
        node = node.prev_sibling
    return body.start_byte if node is None else node.end_byte
