"""Which lines of a file are blank, comments or code, whatever its language."""

import bisect
import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

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

_MAX_ALIKE_RATIO, _MAX_TWO_ALIKE_RATIO = 0.5, 0.75
_MIN_UNBROKEN_BYTES, _MAX_UNBROKEN_RATIO = 60, 0.2  # such as keys and encoded files
_WORDS = re.compile(
    rb"""(?:"[^"\n]*"|'[^'\n]*'|[\w\x80-\xff.$?!-]+)(?:[ \t]+(?:"[^"\n]*"|[\w\x80-\xff.$?!-]+))*"""
)
# Of a table; a colon or the like gives it a meaning.
_ENTRY = re.compile(rb"[^=:(]*,[ \t]*(?:(?:#|//|--|;|/\*).*)?\s*")
_LIST = re.compile(rb"w(?:,w)+")
_DOCSTRING = re.compile(rb"\A(?:[ \t]*(?:#[^\n]*)?\r?\n)*[rRuU]?(\"{3}|'{3})")  # the file's own
_DIRECTIVE = re.compile(rb"[ \t]*#[ \t]*(?:if|el|end)")
_TAG = re.compile(rb"<[^<>]*>")
_WORD = re.compile(rb"(?<!\S)[A-Za-z'-]+[,.;:]?(?!\S)")
_MIN_PROSE_WORDS, _MIN_PROSE_RATIO, _MAX_PROSE_RATIO = 5, 0.7, 0.3
_MAX_DIGIT_RATIO = 0.6
_UNBROKEN = re.compile(rb"[!-~]{%d,}" % _MIN_UNBROKEN_BYTES)


@dataclasses.dataclass(frozen=True, slots=True)
class LineKinds:
    """A file's lines.

    Attributes:
      spans: of the lines, with their newlines.
      texts: of the lines.
      blank: whether each has nothing on it.
      comment: whether each has nothing but a comment, or a part of one.
      code: whether each has letters or digits that are no comment's and no doc's.
      docs: of definitions, as strings are that document them, in order.
      strings: of the code, in order, as far as the parser knows them.
    """

    spans: Sequence[Span]
    texts: Sequence[bytes]
    blank: Sequence[bool]
    comment: Sequence[bool]
    code: Sequence[bool]
    docs: Sequence[Span]
    strings: Sequence[Span]


def line_kinds(view: SourceView) -> LineKinds:
    """Tell a file's lines apart."""
    text = view.text
    spans = [Span(match.start(), match.end()) for match in _LINE.finditer(text)]
    texts = [text[span.start : span.end] for span in spans]
    blank = [not line.strip() for line in texts]
    comment = [_is_marked(view, line) for line in texts]
    parsed = view.outline.comments if view.outline else ()
    starts = [span.start for span in spans]
    for number in _lines_of(text, starts, (*parsed, *_block_comments(text))):
        comment[number] = comment[number] or not blank[number]
    code = [letters(line) > 0 and not mark for line, mark in zip(texts, comment, strict=True)]
    found = view.outline.definitions if view.outline else ()
    docs = sorted({definition.doc for definition in found if definition.doc is not None})
    for number in _lines_of(text, starts, docs):
        code[number] = False
    strings = view.outline.find_strings() if view.outline else ()
    return LineKinds(spans, texts, blank, comment, code, docs, strings)


def is_list(lines: Sequence[bytes]) -> bool:
    """Whether most of some lines are alike but for their words: members of a list, constants."""
    entries = sum(1 for line in lines if _ENTRY.fullmatch(line))
    if entries > _MAX_ALIKE_RATIO * len(lines):
        return True
    shapes = collections.Counter(map(_shape, lines))
    counts = [count for _, count in shapes.most_common(2)]
    if not counts or counts[0] > _MAX_ALIKE_RATIO * len(lines):
        return bool(counts)
    return counts[-1] > 1 and sum(counts) > _MAX_TWO_ALIKE_RATIO * len(lines)


def is_data(code: bytes) -> bool:
    """Whether a good part of the code is text without words, or most of it numbers."""
    unbroken = sum(len(run) for run in _UNBROKEN.findall(code))
    digits = sum(map(code.count, (b"%d" % digit for digit in range(10))))
    is_numbers = digits > _MAX_DIGIT_RATIO * letters(code)
    return is_numbers or unbroken > _MAX_UNBROKEN_RATIO * len(code)


def is_prose(lines: Sequence[bytes]) -> bool:
    """Whether a good part of some lines are parts of sentences, as in a page."""
    prose = 0
    for line in lines:
        text = _TAG.sub(b" ", line)
        words = _WORD.findall(text)
        written = sum(map(len, words))
        is_said = written > _MIN_PROSE_RATIO * len(b"".join(text.split()))
        prose += len(words) >= _MIN_PROSE_WORDS and is_said
    return prose > _MAX_PROSE_RATIO * len(lines)


def says_something(lines: Sequence[bytes], least: int) -> bool:
    """Whether so many lines are more than directives around others, such as `#endif`."""
    return sum(1 for line in lines if not _DIRECTIVE.match(line)) >= least


def _shape(line: bytes) -> bytes:
    """What is left of a line without its words, and without white space."""
    return _LIST.sub(b"w", b"".join(_WORDS.sub(b"w", line).split()))


def _lines_of(text: bytes, starts: Sequence[int], spans: Iterable[Span]) -> Iterator[int]:
    """Yield the lines that spans stand on, but for first lines on which code stands before."""
    for span in spans:
        first = bisect.bisect_right(starts, span.start) - 1
        last = bisect.bisect_left(starts, span.end) - 1
        yield from range(first + bool(text[starts[first] : span.start].strip()), last + 1)


def _is_marked(view: SourceView, line: bytes) -> bool:
    mark = view.language.line_comment.encode()
    if _MARK.match(line) or (mark and line.lstrip().startswith(mark)):
        return True
    return mark != b"//" and _HASH.match(line) is not None


def _block_comments(text: bytes) -> Iterator[Span]:
    """Find comments of several lines by their marks; one that does not end is none."""
    docstring = _DOCSTRING.match(text)
    if docstring is not None:
        closed = text.find(docstring[1], docstring.end())
        yield Span(docstring.start(1), max(closed, docstring.start(1)) + 3)
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
