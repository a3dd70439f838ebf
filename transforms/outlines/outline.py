"""The types of an outline.

They hold spans, never text, and never leave the function that made them. Those of which a file has
thousands are no frozen dataclasses, which take four times as long to make.
"""

import bisect
import dataclasses
import functools
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import tree_sitter

from transforms.outlines.lines import Lines


class Span(NamedTuple):
    """Bytes start to end (exclusive) of the decoded source."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.end - self.start

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


# Makes a span of a pair as `Span(*pair)` does, in a fifth of the time.
new_span: Callable[[tuple[int, int]], Span] = functools.partial(tuple.__new__, Span)


class Parameter(NamedTuple):
    """A parameter as written; type and default are empty where there is none."""

    name: str
    type: str
    default: str


class Details(NamedTuple):
    """What a definition says of itself, read when it is asked for.

    Attributes:
      summary: the doc's first paragraph without markup, on one line; empty where there is no doc.
      returns: the type of a function's result, as written; empty where none is.
      decorators: decorators, annotations or attributes, in source order.
      visibility: the access modifier that says who sees it, a word of its header or of the section
        it stands in; "private" where a name of its own says so, as Elixir's `defp`; empty where
        nothing is said.
      complexity: cyclomatic complexity: 1 + branches in the body.
      nesting: deepest nesting of branches in the body.
    """

    summary: str
    parameters: tuple[Parameter, ...]
    returns: str
    decorators: tuple[Span, ...]
    visibility: str
    complexity: int
    nesting: int


@dataclasses.dataclass
class Definition:
    """One definition of a file.

    Attributes:
      kind: function, method, constructor, class, struct, interface, trait, enum, ... in the
        language's words.
      qualified_name: the names of the enclosing definitions (or implemented types) and its own,
        joined by dots.
      parent: index of the enclosing definition in the outline, or None.
      span: the definition itself, decorators included, its preceding doc comment not.
      body: from the byte after the header to the end (after the colon and any docstring in Python,
        from the brace in brace languages); None for a declaration without one.
      has_error: whether the parser met an error inside.
      reader: reads the rest when it is asked for.
    """

    kind: str
    name: str
    qualified_name: str
    parent: int | None
    span: Span
    body: Span | None
    has_error: bool
    reader: "Reader" = dataclasses.field(repr=False, compare=False)

    @property
    def signature(self) -> Span:
        """From the span's start to where the body begins."""
        return Span(self.span.start, self.body.start if self.body else self.span.end)

    @property
    def start_line(self) -> int:
        """1-based line of the span's first byte."""
        return self.reader.lines.of(self.span.start)

    @property
    def end_line(self) -> int:
        """1-based line of the span's last byte."""
        return self.reader.lines.of(self.span.end - 1)

    @functools.cached_property
    def doc(self) -> Span | None:
        """Its docstring's or doc comment's whole text with delimiters, or None."""
        return self.reader.read_doc(self)

    @functools.cached_property
    def details(self) -> Details:
        """What it says of itself."""
        return self.reader.read_details(self)


class Reader(Protocol):
    """Reads out of the syntax tree what a definition is asked for."""

    @property
    def lines(self) -> Lines:
        """The file's."""

    def read_doc(self, definition: Any) -> Span | None:
        """Find what documents a definition."""

    def read_details(self, definition: Any) -> Details:
        """Read what a definition says of itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outline:
    """What a parser sees in one file.

    Attributes:
      definitions: in source order.
      imports: import statements, in source order.
      comments: comments, in source order; docstrings are not among them.
      find_strings: finds what white space is a part of: strings and their like, in source order.
      error_ratio: share of the file's bytes inside syntax errors.
      root: the syntax tree's root, for cuts at nodes; it does not pickle.
      tree: the file's own tree, to be parsed again after an edit; None of embedded code.
      parsed: what that was parsed from, as long as the text.
      embedded: the roots of the trees of code in other languages inside, in source order.
    """

    language: str
    definitions: tuple[Definition, ...]
    imports: tuple[Span, ...]
    comments: tuple[Span, ...]
    find_strings: Callable[[], tuple[Span, ...]]
    error_ratio: float
    root: tree_sitter.Node
    embedded: tuple[tree_sitter.Node, ...] = ()
    tree: tree_sitter.Tree | None = None
    parsed: bytes = b""

    def trees(self, span: Span) -> tuple[tree_sitter.Node, ...]:
        """The roots of the trees that a span stands in, the file's own first."""
        index = bisect.bisect_right(self.embedded, span.start, key=_start_byte) - 1
        if index >= 0 and span.end <= self.embedded[index].end_byte:
            return self.root, self.embedded[index]
        return (self.root,)


def _start_byte(node: tree_sitter.Node) -> int:
    return node.start_byte
