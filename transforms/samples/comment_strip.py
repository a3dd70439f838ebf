"""A file's comments in words, and what takes them away so that tidy code is left."""

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.hint_strip import Edit
from transforms.samples.remarks import is_in_words, words_of

_SPACES = b" \t"
_BLANKS = b" \t\r\n"
_WORD = re.compile(rb"[\w\x80-\xff]")


class Remark(NamedTuple):
    """A comment, or whole-line comments on lines one after the other.

    Attributes:
      span: from the first byte to the last.
      lines: whether it has its lines for itself.
      words: how many it has; 0 where it is not in words, and stays.
    """

    span: Span
    lines: bool
    words: int


class CommentStrip:
    """Takes the comments out of one file's definitions; made once for all of them."""

    def __init__(self, text: bytes, outline: Outline | None) -> None:
        """Look at nothing before it is asked for."""
        self._text = text
        self._outline = outline

    def remarks(self, definition: Definition) -> Sequence[Remark]:
        """The remarks inside a definition, its own doc and those of others aside."""
        remarks = self._remarks
        first = bisect.bisect_left(remarks, definition.span.start, key=lambda one: one.span.start)
        last = bisect.bisect_left(remarks, definition.span.end, key=lambda one: one.span.start)
        # One that begins inside ends inside, but for the run of lines after a definition's end.
        return [one for one in remarks[first:last] if one.span.end <= definition.span.end]

    def edits(self, definition: Definition) -> tuple[Edit, ...]:
        """What takes the comments in words out of a definition."""
        edits: list[Edit] = []
        lines: list[Span] = []
        for remark in self.remarks(definition):
            if not remark.words:
                continue
            if remark.lines:
                lines.append(self._whole_lines(remark.span))
            else:
                edits.append(self._inside_line(remark.span))
        edits += self._without_lines(lines, definition)
        return tuple(sorted(edits))

    @functools.cached_property
    def _remarks(self) -> list[Remark]:
        """All remarks of the file, in source order."""
        if self._outline is None:
            return []
        docs = sorted({d.doc for d in self._outline.definitions if d.doc is not None})
        comments = [span for span in self._outline.comments if not _is_within(docs, span)]
        return list(self._joined(comments))

    def _joined(self, comments: Sequence[Span]) -> Iterator[Remark]:
        """Join comments on lines one after the other, and tell which are in words."""
        run: list[Span] = []
        for index, span in enumerate(comments):
            before = comments[index - 1] if index else None
            if self._has_lines(span):
                if run and not self._is_next(run[-1], span):
                    yield self._run(run)
                    run = []
                run.append(span)
                continue
            if run:
                yield self._run(run)
                run = []
            after = comments[index + 1] if index + 1 < len(comments) else None
            alone = not self._touches(before, span) and not self._touches(span, after)
            said = self._words(span) if alone and self._can_go(span) else 0
            yield Remark(span, False, said)
        if run:
            yield self._run(run)

    def _run(self, run: Sequence[Span]) -> Remark:
        span = Span(run[0].start, run[-1].end)
        return Remark(span, True, self._words(span))

    def _words(self, span: Span) -> int:
        comment = self._text[span.start : span.end].decode()
        return words_of(comment) if is_in_words(comment) else 0

    def _has_lines(self, span: Span) -> bool:
        before = self._text[self._text.rfind(b"\n", 0, span.start) + 1 : span.start]
        return not before.strip() and not self._rest_of_line(span.end).strip()

    def _rest_of_line(self, place: int) -> bytes:
        end = self._text.find(b"\n", place)
        return self._text[place : end if end >= 0 else len(self._text)]

    def _is_next(self, above: Span, below: Span) -> bool:
        return self._text.count(b"\n", above.end, below.start) <= 1

    def _touches(self, first: Span | None, second: Span | None) -> bool:
        """Whether nothing but white space stands between two comments of one line."""
        if first is None or second is None or second.start - first.end > len(_BLANKS) ** 4:
            return False
        between = self._text[first.end : second.start]
        return b"\n" not in between and not between.strip()

    def _can_go(self, span: Span) -> bool:
        """Whether nothing is left of a comment that shares its line: a sign that leads to it."""
        before = self._text[max(span.start - 2, 0) : span.start]
        after = self._text[span.end : span.end + 1]
        # Tcl's `;# comment`, and the braces that hold a comment in JSX.
        is_led = before.endswith(b";") and self._text[span.start : span.start + 1] == b"#"
        return not is_led and not (before.endswith(b"{") and after == b"}")

    def _inside_line(self, span: Span) -> Edit:
        """Take away a comment beside code, with the white space on one of its sides."""
        start, end = span
        rest = self._rest_of_line(end)
        opened = len(self._text[:start].rstrip(_SPACES)) if start and self._text[start - 1] in _SPACES else start
        begins_line = opened == 0 or self._text[opened - 1] in b"\n"
        if not rest.strip():
            return opened, end + len(rest.rstrip(b"\r")), ""
        closed = end + len(rest) - len(rest.lstrip(_SPACES))
        if closed > end and (opened < start or begins_line or self._text[start - 1] in b"([{,"):
            return start, closed, ""
        if opened < start and not begins_line:
            return opened, end, ""
        glued = _WORD.match(self._text, start - 1) and _WORD.match(self._text, end)
        return start, closed, " " if glued or closed > end else ""

    def _whole_lines(self, span: Span) -> Span:
        start = self._text.rfind(b"\n", 0, span.start) + 1
        return Span(start, min(span.end + len(self._rest_of_line(span.end)) + 1, len(self._text)))

    def _without_lines(self, lines: Sequence[Span], definition: Definition) -> Iterator[Edit]:
        """Take away whole lines, and blank ones where these would tell of what is gone."""
        groups: list[list[Span]] = []
        for span in lines:
            if groups and not self._text[groups[-1][-1].end : span.start].strip():
                groups[-1].append(span)
            else:
                groups.append([span])
        floor = definition.span.start
        for group in groups:
            yield from self._tidy(group, self._floor(definition, floor, group[0].start))
            floor = group[-1].end

    def _floor(self, definition: Definition, floor: int, start: int) -> int:
        """How far up lines may go: not into the doc above, nor the blank lines after that."""
        doc = definition.doc
        if doc is not None and doc.end <= start and not self._text[doc.end : start].strip():
            return start
        return floor

    def _tidy(self, group: Sequence[Span], floor: int) -> Iterator[Edit]:
        """Take away the lines of a group, between which stand blank lines at most."""
        first, last = group[0].start, group[-1].end
        above = len(self._text[:first].rstrip(_BLANKS)) if first and self._text[first - 1] in _BLANKS else first
        above = max(above + len(self._rest_of_line(above)) + 1, floor)
        below = last
        while below < len(self._text) and self._text[below] in _BLANKS:
            below += 1
        code_below = below
        below = self._text.rfind(b"\n", 0, below) + 1
        depth_above, depth_below = self._depth(above - 1), code_below - below
        if depth_below < depth_above and above < first:
            yield above, last, ""
        elif above < first or depth_below > depth_above:
            yield first, max(below, last), ""
        else:
            for index, span in enumerate(group):
                is_gap_kept = index == 0 and len(group) > 1 and last == below
                following = group[index + 1].start if index + 1 < len(group) else span.end
                yield span.start, span.end if is_gap_kept else following, ""

    def _depth(self, place: int) -> int:
        """How deep the line of a place stands."""
        start = self._text.rfind(b"\n", 0, place) + 1
        rest = self._rest_of_line(start)
        return len(rest) - len(rest.lstrip())


def _is_within(spans: Sequence[Span], inner: Span) -> bool:
    """Whether a span lies in one of these, given in order."""
    index = bisect.bisect_right(spans, inner.start, key=lambda span: span.start) - 1
    return index >= 0 and inner.end <= spans[index].end
