"""Which lines of a file are blank, comments or code, whatever its language."""

import bisect
import collections
import dataclasses
import re
from collections.abc import Iterator, Sequence

from transforms.outlines.outline import Span
from transforms.samples.cuts import SourceView
from transforms.samples.eligibility import letters

_LINE = re.compile(rb"[^\n]*\n|[^\n]+$")
# Marks of a comment that ends with its line. In a language whose comments begin with `//`, a `#`
# begins directives.
_MARK = re.compile(
    rb"\s*(?:/?\*(?=[\s/*]|\Z)|//|--(?=[\s-]|\Z)|[%;](?=[\s%;]|\Z)|dnl\b|@?(?i:rem)\b|::\s)"
)
_HASH = re.compile(rb"\s*#(?=[\s#]|\Z)")
# What begins a comment of several lines, where nothing stands before it, and what ends it.
_OPENS = re.compile(
    rb"^[ \t]*(?:(?P<slash>/\*)|(?P<angle><!--)|(?P<curly>\{-(?=[\s#|]))|(?P<round>\(\*(?=[\s*]))"
    rb"|#\[(?P<square>=*)\[)",
    re.MULTILINE,
)
_CLOSES = {"slash": b"*/", "angle": b"-->", "curly": b"-}", "round": b"*)"}

_MAX_ALIKE_RATIO = 0.6
_WORDS = re.compile(
    rb"""(?:"[^"\n]*"|'[^'\n]*'|[\w\x80-\xff.$-]+)(?:[ \t]+(?:"[^"\n]*"|[\w\x80-\xff.$-]+))*"""
)
_LIST = re.compile(rb"w(?:, ?w)+")


@dataclasses.dataclass(frozen=True, slots=True)
class LineKinds:
    """A file's lines.

    Attributes:
      spans: of the lines, with their newlines.
      texts: of the lines.
      blank: whether each has nothing on it.
      comment: whether each has nothing but a comment, or a part of one.
      code: whether each has letters or digits that are no comment's.
    """

    spans: Sequence[Span]
    texts: Sequence[bytes]
    blank: Sequence[bool]
    comment: Sequence[bool]
    code: Sequence[bool]


def line_kinds(view: SourceView) -> LineKinds:
    """Tell a file's lines apart."""
    text = view.text
    spans = [Span(match.start(), match.end()) for match in _LINE.finditer(text)]
    texts = [text[span.start : span.end] for span in spans]
    blank = [not line.strip() for line in texts]
    comment = [_is_marked(view, line) for line in texts]
    parsed = view.outline.comments if view.outline else ()
    starts = [span.start for span in spans]
    for span in (*parsed, *_block_comments(text)):
        first = bisect.bisect_right(starts, span.start) - 1
        last = bisect.bisect_left(starts, span.end) - 1
        if text[starts[first] : span.start].strip():
            first += 1  # code stands before it
        for number in range(first, last + 1):
            comment[number] = comment[number] or not blank[number]
    code = [letters(line) > 0 and not mark for line, mark in zip(texts, comment, strict=True)]
    return LineKinds(spans, texts, blank, comment, code)


def is_list(lines: Sequence[bytes]) -> bool:
    """Whether most of some lines are alike but for their words: members of a list, constants."""
    shapes = collections.Counter(_LIST.sub(b"w", _WORDS.sub(b"w", line.strip())) for line in lines)
    return bool(shapes) and max(shapes.values()) > _MAX_ALIKE_RATIO * len(lines)


def _is_marked(view: SourceView, line: bytes) -> bool:
    mark = view.language.line_comment.encode()
    if _MARK.match(line) or (mark and line.lstrip().startswith(mark)):
        return True
    return mark != b"//" and _HASH.match(line) is not None


def _block_comments(text: bytes) -> Iterator[Span]:
    """Find comments of several lines by their marks; one that does not end is none."""
    end, missing = 0, set()
    for opened in _OPENS.finditer(text):
        group = opened.lastgroup or ""
        close = _CLOSES.get(group) or b"]" + opened[group] + b"]"
        if opened.start() < end or close in missing:
            continue
        closed = text.find(close, opened.end())
        if closed < 0:
            missing.add(close)
            continue
        end = closed + len(close)
        yield Span(opened.start(), end)
