"""Source text to outline: what a parser sees in one file.

One query finds all nodes of interest; the rest is arithmetic on their bytes. Nothing walks the
whole tree in Python and nothing recurses, so that neither the size nor the depth of a file matters.
"""

import bisect
import dataclasses
import itertools
from collections.abc import Iterator, Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ParameterSpec
from transforms.languages.spec import Language
from transforms.outlines.dialects import parsed_text
from transforms.outlines.docs import Comments, docstring, read_comments, summary
from transforms.outlines.embedded import parse_embedded, with_embedded
from transforms.outlines.grammar import Grammar, load_grammar
from transforms.outlines.items import Item, find_items
from transforms.outlines.nodes import first_named, trimmed, words
from transforms.outlines.outline import Definition, Outline, Span
from transforms.outlines.parameters import read_parameters

# A query's time is quadratic in the children of an ERROR node: 10 s for 100,000 of them, 50 ms for
# this many squares.
_MAX_SQUARED_CHILDREN = 50_000_000


class TooDeep(ValueError):
    """A file so broken that searching its tree would take too long: 100,000 open brackets."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Branches:
    """Where a file branches, in source order.

    Attributes:
      forks: where nodes begin that add to the complexity.
      nests: where nodes begin that nest their content.
      depths: for each of these, in how many it stands, itself included.
    """

    forks: list[int]
    nests: list[int]
    depths: list[int]

    def measure(self, span: Span | None) -> tuple[int, int]:
        """Tell a body's complexity and nesting."""
        if span is None:
            return 1, 0
        forks = bisect.bisect_left(self.forks, span.end) - bisect.bisect_left(
            self.forks, span.start
        )
        first = bisect.bisect_left(self.nests, span.start)
        depths = self.depths[first : bisect.bisect_left(self.nests, span.end)]
        # The first nest of a body stands in no other of it.
        return 1 + forks, max(depths) - depths[0] + 1 if depths else 0


@dataclasses.dataclass(frozen=True, slots=True)
class _Finder:
    """What definitions of a file are made with besides their items."""

    spec: OutlineSpec
    comments: Comments
    branches: _Branches
    decorators: tuple[Span, ...]


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
    nodes = grammar.captures(root)
    comments = _spans(text, nodes.get("comments", ()))
    docs = (
        _spans(text, (*nodes.get("comments", ()), *nodes["docs"])) if "docs" in nodes else comments
    )
    finder = _Finder(
        spec=grammar.spec,
        comments=read_comments(text, docs, grammar.spec.doc),
        branches=_branches(text, nodes),
        decorators=_spans(text, nodes.get("decorators", ())),
    )
    items = find_items(
        nodes, grammar.matches(root), grammar.spec, finder.comments, finder.decorators
    )
    return Outline(
        language=language,
        definitions=tuple(_definitions(items, finder)),
        imports=tuple(
            # Kotlin's grammar counts the comments that follow to an import.
            Span(span.start, finder.comments.code_end(span.end))
            for span in _spans(text, nodes.get("imports", ()))
        ),
        comments=comments,
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
            spans.append(trimmed(text, Span(start, -negative_end)))
    return tuple(spans)


def _branches(text: bytes, nodes: dict[str, list[tree_sitter.Node]]) -> _Branches:
    branches = _Branches(sorted(node.start_byte for node in nodes.get("forks", ())), [], [])
    spans = sorted((node.start_byte, -node.end_byte) for node in nodes.get("nests", ()))
    around: list[tuple[int, int]] = []  # end and depth of the nests that are still open
    for start, negative_end in spans:
        while around and around[-1][0] <= start:
            around.pop()
        depth = around[-1][1] if around else 0
        if not depth or not text[max(start - 40, 0) : start].rstrip().endswith(b"else"):
            depth += 1  # an `else if` is no deeper than its `if`
        branches.nests.append(start)
        branches.depths.append(depth)
        around.append((-negative_end, depth))
    return branches


def _definitions(items: Sequence[Item], file: _Finder) -> Iterator[Definition]:
    """Make definitions of items, which tells each its place among the others."""
    text = file.comments.text
    around: list[tuple[Item, str, int | None]] = []  # open items, their qualified names and indexes
    numbers = itertools.count()
    line = counted = 0
    for item in items:
        while around and around[-1][0].span.end <= item.span.start:
            around.pop()
        prefix = ".".join(filter(None, (around[-1][1] if around else "", item.receiver)))
        qualified_name = f"{prefix}.{item.name}" if prefix else item.name
        parent = around[-1][2] if around else None
        if not isinstance(item.spec, DefinitionSpec):
            around.append((item, qualified_name, parent))
            continue
        around.append((item, qualified_name, next(numbers)))
        body, doc = _body_and_doc(item, file.spec, file.comments)
        complexity, nesting = file.branches.measure(body)
        line += text.count(b"\n", counted, item.span.start)
        counted = item.span.start
        is_member = bool(item.receiver) or (len(around) > 1 and around[-2][0].has_members)
        yield Definition(
            kind=_kind(item.spec, qualified_name, is_member),
            name=item.name,
            qualified_name=qualified_name,
            parent=parent,
            span=item.span,
            signature=Span(item.span.start, body.start if body else item.span.end),
            body=body,
            doc=doc,
            summary=summary(text[doc.start : doc.end], file.spec.doc) if doc else "",
            parameters=read_parameters(text, item.parameters, file.spec.parameters),
            returns=_returns(text, item.returns, file.spec.parameters),
            decorators=_decorators(item, file.decorators) if file.decorators else (),
            visibility=_visibility(text, item, file.spec.visibility),
            start_line=line + 1,
            end_line=line + 1 + text.count(b"\n", item.span.start, item.span.end),
            complexity=complexity,
            nesting=nesting,
            has_error=item.has_error,
        )


def _kind(definition: DefinitionSpec, qualified_name: str, is_member: bool) -> str:
    if not is_member:
        return definition.kind
    prefix, _, name = qualified_name.rpartition(".")
    if name in definition.constructors:
        return "constructor"
    if "@class" in definition.constructors and name == prefix.rpartition(".")[2]:
        return "constructor"
    return definition.member_kind or definition.kind


def _returns(text: bytes, node: tree_sitter.Node | None, spec: ParameterSpec) -> str:
    if node is not None and node.type in spec.unwrap:
        node = first_named(node)
    if node is None or not node.is_named:
        return ""
    return words(text[node.start_byte : node.end_byte]).removeprefix("->").lstrip(": ")


def _decorators(item: Item, decorators: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those of the file's decorators that stand before the item's name."""
    first = bisect.bisect_left(decorators, item.span.start, key=_start)
    return decorators[first : bisect.bisect_left(decorators, item.name_start, key=_start)]


def _start(span: Span) -> int:
    return span.start


def _visibility(text: bytes, item: Item, visible: Sequence[str]) -> str:
    if visible:
        for word in words(text[item.span.start : item.name_start]).split(" "):
            if word in visible:
                return word
    return ""


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
