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
from transforms.outlines.docs import STRING_STARTS, Comments, docstring, read_comments
from transforms.outlines.embedded import parse_embedded, with_embedded
from transforms.outlines.grammar import Grammar, load_grammar
from transforms.outlines.item import Item
from transforms.outlines.items import find_items
from transforms.outlines.lines import Lines
from transforms.outlines.nodes import span_of, trimmed
from transforms.outlines.outline import Definition, Outline, Span, new_span

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
    parsed = grammar.readable(source)
    tree = grammar.parser.parse(parsed)
    root = tree.root_node
    lines = Lines(text)
    page = _outline(text, root, language.name, grammar, lines)
    page = dataclasses.replace(page, tree=tree, parsed=parsed)
    pieces = [
        _outline(text, piece, name, load_grammar(name), lines)
        for piece, name in parse_embedded(text, root, grammar)
    ]
    seen = with_embedded(page, pieces) if pieces else page
    if code is None or code is text:
        return seen
    written = (s for s in seen.comments if text[s.start : s.end] == code[s.start : s.end])
    return dataclasses.replace(seen, comments=tuple(written))


def _outline(
    text: bytes, root: tree_sitter.Node, language: str, grammar: Grammar, lines: Lines
) -> Outline:
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
        lines=lines,
    )
    items = find_items(reader)
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
            is_exact = text[end - 1] > _SPACE
            spans.append(new_span((start, end)) if is_exact else trimmed(text, start, end))
    return tuple(spans)


def _definitions(items: Sequence[Item], reader: DetailReader) -> list[Definition]:
    """Tell each item its place among the others; those that are scopes are no definitions."""
    definitions: list[Definition] = []
    # The ends of open items, their qualified names and indexes, and whether they have members.
    end_of_file = len(reader.comments.text) + 1
    around: list[tuple[int, str, int | None, bool]] = [(end_of_file, "", None, False)]
    has_inside = reader.spec.doc.inside or reader.spec.header_end
    for item in items:
        start, end = item.span
        spec = item.spec
        while around[-1][0] <= start:
            around.pop()
        _, prefix, parent, is_member = around[-1]
        if item.receiver:
            prefix = f"{prefix}.{item.receiver}" if prefix else item.receiver
            is_member = True
        name = f"{prefix}.{item.name}" if prefix else item.name
        if isinstance(spec, ScopeSpec):
            around.append((end, name, parent, True))
            continue
        around.append((end, name, len(definitions), spec.members))
        item.qualified_name = name
        item.parent = parent
        if is_member:
            item.kind = _kind(spec, name)
        if has_inside or "doc" in item.captures:
            item.body = _body(item, reader.spec, reader.comments)
        definitions.append(item)
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
        item.inside_doc = span_of(item.captures["doc"][0])
    if body is None:
        return None
    start = body.start
    if item.body_node is not None:
        if spec.header_end:
            start = _header_end(comments, item.span.start, item.body_node, spec.header_end)
        if inside == "string" and comments.text.startswith(STRING_STARTS, body.start):
            item.inside_doc = docstring(item.body_node)
    if inside == "comment":
        item.inside_doc = comments.after(start)
        if item.inside_doc is not None and item.inside_doc.end > body.end:  # nothing but comments
            item.inside_doc = None
            return None
    if item.inside_doc is not None and item.span.start < item.inside_doc.start:
        start = max(start, item.inside_doc.end)
    return Span(start, max(start, body.end))


def _header_end(comments: Comments, start: int, body: tree_sitter.Node, token: str) -> int:
    """Find where the header before a body ends; comments may stand between."""
    body_start = body.start_byte
    end = comments.text.rfind(token.encode(), start, body_start) + len(token)
    if comments.text[end:body_start].isspace() and end not in comments.closing:
        return end  # most often so, and found three times as fast
    node = body.prev_sibling
    while node is not None and node.type != token:
        node = node.prev_sibling
    return body_start if node is None else node.end_byte
