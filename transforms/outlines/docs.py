"""Documentation of definitions: where it stands, and its first paragraph."""

import bisect
import dataclasses
import functools
import re

import tree_sitter

from transforms.languages.outline_spec import DocSpec
from transforms.outlines.markup import paragraph_of
from transforms.outlines.nodes import first_named, is_blank, span_of
from transforms.outlines.outline import Span

# Of those strings of Python's that may be docstrings.
STRING_STARTS = tuple(bytes([first]) for first in b"\"'rRuU")
_STRINGS = ("string", "concatenated_string")
# A docstring's prefix and quotes, and those at its end; those inside a concatenation stay.
_STRING_START = re.compile(r"""[rRuU]{0,2}(?:\"{3}|'{3}|"|')(?:\\\r?\n)?""")
_STRING_END = re.compile(r"""(?:\"{3}|'{3}|"|')\Z""")
# What begins a section that is no prose: fields of reST, doctests, tags of Javadoc, Doxygen, .NET.
_SECTION = re.compile(
    r"\s*(?::\w[\w ]*:(?:\s|\Z)|:\w+ [^:]+:|[@\\](?!(?:p|c|a|e|b|em|ref)\s)\w|>>>"
    r"|<(?:param|typeparam|returns|remarks|exception|example|value|inheritdoc)\b)"
)
_WORD = re.compile(r"\w")
_CODE = re.compile(rb"[^ \t\r\n\f;.]")


@dataclasses.dataclass(frozen=True, slots=True)
class Comments:
    """A file's comments in source order, for finding what stands right before a place.

    Attributes:
      ends: where each ends, and closing: the same as a set.
      block, line, not_doc: the language's patterns, as `DocSpec` has them; None for none.
    """

    text: bytes
    spans: tuple[Span, ...]
    ends: list[int]
    closing: frozenset[int]
    block: re.Pattern[bytes] | None
    line: re.Pattern[bytes] | None
    not_doc: re.Pattern[bytes] | None

    def only_between(self, start: int, end: int) -> bool:
        """Whether nothing but comments, white space and separators stand from start to end."""
        while code := _CODE.search(self.text, start, end):
            index = bisect.bisect_right(self.ends, code.start())
            if index == len(self.ends) or self.ends[index] > end:
                return False
            if self.spans[index].start > code.start():
                return False
            start = self.ends[index]
        return True

    def cover(self, at: int) -> bool:
        """Whether a place is inside a comment, as in Scheme's `#;(define ...)`."""
        index = bisect.bisect_right(self.ends, at)
        return index < len(self.spans) and self.spans[index].start <= at

    def after(self, at: int) -> Span | None:
        """Find the run of docs, or comments where all are, on the line after `at` or the same."""
        index = bisect.bisect_right(self.ends, at)
        last = None
        while index < len(self.spans) and is_blank(self.text, at, self.spans[index].start):
            is_marked = not (self.block or self.line) or self._is_doc(index)
            if self.text.count(b"\n", at, self.spans[index].start) > 1 or not is_marked:
                break
            last = Span(last.start if last else self.spans[index].start, self.spans[index].end)
            at = last.end
            index += 1
        return last

    def before(self, at: int) -> Span | None:
        """Find the doc that ends right before `at`: a block comment, or a run of line comments."""
        index = self._adjacent(at)
        while index is not None and not self._is_doc(index):  # a directive or a remark
            index = self._adjacent(self.spans[index].start)
        if index is None:
            return None
        span = self.spans[index]
        if not self._begins(index, self.line):
            return span if self._begins(index, self.block) else None
        start = span.start
        while (above := self._adjacent(start)) is not None and self._begins(above, self.line):
            if self._begins(above, self.not_doc) or not self._own_line(above):
                break
            start = self.spans[above].start
        return Span(start, span.end)

    def code_end(self, end: int) -> int:
        """Where code ends but for the comments at `end` that have their lines for themselves."""
        index = bisect.bisect_left(self.ends, end)
        while index < len(self.ends) and self.ends[index] == end and self._own_line(index):
            start = self.spans[index].start
            before = max(start - 1000, 0)
            end = before + len(self.text[before:start].rstrip())
            index = bisect.bisect_left(self.ends, end)
        return end

    def _adjacent(self, at: int) -> int | None:
        """Find the comment before `at`, on the same line or the one above, only space between."""
        index = bisect.bisect_right(self.ends, at) - 1
        if index < 0 or not is_blank(self.text, self.ends[index], at):
            return None
        line_ends = self.text.count(b"\n", self.ends[index], at)
        # Alone on its line, or on that of what it is about; else it is about what stands before it.
        return index if not line_ends or (line_ends == 1 and self._own_line(index)) else None

    def _begins(self, index: int, pattern: re.Pattern[bytes] | None) -> bool:
        span = self.spans[index]
        return pattern is not None and pattern.match(self.text, span.start, span.end) is not None

    def _is_doc(self, index: int) -> bool:
        is_marked = self._begins(index, self.block) or self._begins(index, self.line)
        return is_marked and not self._begins(index, self.not_doc)

    def _own_line(self, index: int) -> bool:
        """Whether nothing but white space stands before it on its line."""
        start = self.spans[index].start
        line_start = self.text.rfind(b"\n", 0, start) + 1
        return not self.text[line_start:start].strip(b" \t\r\f\xef\xbb\xbf")


def read_comments(text: bytes, spans: tuple[Span, ...], spec: DocSpec) -> Comments:
    """Prepare a file's comments, given in source order."""
    ends = [end for _, end in spans]
    patterns = [_compiled(pattern) for pattern in (spec.block, spec.line, spec.not_doc)]
    return Comments(text, spans, ends, frozenset(ends), *patterns)


@functools.cache
def _compiled(pattern: str) -> re.Pattern[bytes] | None:
    return re.compile(pattern.encode()) if pattern else None


def docstring(body: tree_sitter.Node) -> Span | None:
    """Find the string that a Python body begins with, neither bytes nor formatted."""
    first = first_named(body) if body.type == "block" else None  # a lambda's has none
    if first is not None and first.type == "expression_statement":
        first = first_named(first)
    if first is None or first.type not in _STRINGS:
        return None
    strings = first.named_children if first.type == "concatenated_string" else [first]
    for string in strings:
        start = string.child(0) if string.type == "string" else None
        if start is not None and set(start.text or b"") & set(b"bBfFtT"):
            return None
    return span_of(first)


def summary(doc: bytes, spec: DocSpec) -> str:
    """Put the doc's first paragraph on one line.

    Delimiters and the markers of lines are removed; no word is added or changed.

    Args:
      doc: the whole doc with its delimiters.
      spec: the language's.
    """
    text = doc.decode(errors="replace")
    if spec.inside == "string":
        lines = _STRING_END.sub("", _STRING_START.sub("", text, count=1)).splitlines()
    else:
        start, end = re.compile(spec.marker), re.compile(spec.end_marker)
        lines = [end.sub("", _without(start, line), count=1) for line in text.splitlines()]
    paragraph: list[str] = []
    for line in lines:
        if _SECTION.match(line):
            break
        is_over = False
        if spec.inside != "string" and "<" in line:
            line, is_over = paragraph_of(line, not paragraph)
        if _WORD.search(line):
            paragraph.append(line)
        elif paragraph:  # a blank line, or one of signs alone, such as a heading's underline
            break
        if is_over:
            break
    return " ".join(" ".join(paragraph).split())


def _without(start: re.Pattern[str], line: str) -> str:
    match = start.match(line)
    return line[match.end() :] if match else line
