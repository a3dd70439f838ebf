"""Source text to outline: what a parser sees in one file.

One query finds all nodes of interest; the rest is arithmetic on their bytes. Nothing walks the
whole tree in Python and nothing recurses, so that neither the size nor the depth of a file matters.
"""

import dataclasses
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.languages.spec import Language
from transforms.outlines.details import DetailReader
from transforms.outlines.dialects import parsed_text
from transforms.outlines.docs import Comments, docstring, read_comments
from transforms.outlines.embedded import parse_embedded, with_embedded
from transforms.outlines.grammar import Grammar, load_grammar
from transforms.outlines.items import Item, find_items
from transforms.outlines.nodes import span_of, trimmed
from transforms.outlines.outline import Definition, Outline, Span

# A query's time is quadratic in the children of an ERROR node: 10 s for 100,000 of them, 50 ms for
# this many squares.
_MAX_SQUARED_CHILDREN = 50_000_000
_SPACE = ord(" ")


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
    parsed = parsed_text(source, grammar.spec)
    tree = grammar.parser.parse(parsed)
    root = tree.root_node
    page = _outline(text, root, language.name, grammar)
    page = dataclasses.replace(page, tree=tree, parsed=parsed)
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
    comments = found.nodes("comments")
    docs = found.nodes("docs")
    spans = _spans(text, comments)
    reader = DetailReader(
        spec=grammar.spec,
        comments=read_comments(
            text, _spans(text, comments + docs) if docs else spans, grammar.spec.doc
        ),
        decorators=_spans(text, found.nodes("decorators")),
        found=found,
    )
    items = find_items(found, grammar.spec, reader.comments, reader.decorators)
    return Outline(
        language=language,
        definitions=tuple(_definitions(items, reader)),
        imports=tuple(
            # Kotlin's grammar counts the comments that follow to an import.
            Span(span.start, reader.comments.code_end(span.end))
            for span in _spans(text, found.nodes("imports"))
        ),
        comments=spans,
        find_strings=lambda: _spans(text, grammar.find_strings(root)),
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
    last = -1
    for start, negative_end in sorted([(node.start_byte, -node.end_byte) for node in nodes]):
        end = -negative_end
        if end > last:
            last = end
            spans.append(Span(start, end) if text[end - 1] > _SPACE else trimmed(text, start, end))
    return tuple(spans)


def _definitions(items: Sequence[Item], reader: DetailReader) -> list[Definition]:
    """Make definitions of items, which tells each its place among the others."""
    text = reader.comments.text
    definitions: list[Definition] = []
    # The ends of open items, their qualified names and indexes, and whether they have members.
    around: list[tuple[int, str, int | None, bool]] = [(len(text) + 1, "", None, False)]
    line = 1
    counted = 0
    for item in items:
        start, end = item.span
        spec = item.spec
        while around[-1][0] <= start:
            around.pop()
        _, prefix, parent, is_member = around[-1]
        if item.receiver:
            prefix = f"{prefix}.{item.receiver}" if prefix else item.receiver
            is_member = True
        qualified_name = f"{prefix}.{item.name}" if prefix else item.name
        if isinstance(spec, ScopeSpec):
            around.append((end, qualified_name, parent, True))
            continue
        around.append((end, qualified_name, len(definitions), spec.members))
        line += text.count(b"\n", counted, start)
        counted = start
        definitions.append(
            Definition(  # by position, which is faster
                _kind(spec, qualified_name) if is_member else spec.kind,
                item.name,
                qualified_name,
                parent,
                item.span,
                _body(item, reader.spec, reader.comments),
                line,
                line + text.count(b"\n", start, end),
                item.has_error,
                item,
                reader,
            )
        )
    return definitions


def _kind(definition: DefinitionSpec, qualified_name: str) -> str:
    """The kind of a member."""
    if definition.constructors:
        prefix, _, name = qualified_name.rpartition(".")
        if name in definition.constructors:
            return "constructor"
        if "@class" in definition.constructors and name == prefix.rpartition(".")[2]:
            return "constructor"
    return definition.member_kind or definition.kind


def _body(item: Item, spec: OutlineSpec, comments: Comments) -> Span | None:
    """Where a body begins and ends, after the doc inside, which its item learns."""
    body, inside = item.body, spec.doc.inside
    if "doc" in item.captures:
        item.doc = span_of(item.captures["doc"][0])
    if body is None or not (inside or spec.header_end or item.doc):
        return body
    start = body.start
    if item.body_node is not None:
        if spec.header_end:
            start = _header_end(item.body_node, spec.header_end)
        if inside == "string":
            item.doc = docstring(item.body_node)
    if inside == "comment":
        item.doc = comments.after(start)
        if item.doc is not None and item.doc.end > body.end:  # nothing but comments
            item.doc = None
            return None
    if item.doc is not None and item.span.start < item.doc.start:
        start = max(start, item.doc.end)
    return Span(start, max(start, body.end))


def _header_end(body: tree_sitter.Node, token: str) -> int:
    """Find where the header before a body ends; comments may stand between."""
    node = body.prev_sibling
    while node is not None and node.type != token:
        node = node.prev_sibling
    return body.start_byte if node is None else node.end_byte
