"""A file's comments in words, and what takes them away so that tidy code is left."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.drafts import Edit
from transforms.samples.places import (
    BLANKS,
    SPACES,
    back,
    begins_line,
    depth,
    line_start,
    next_line,
    on,
    rest_of_blank,
)
from transforms.samples.remarks import is_in_words, words_of

_WORD = re.compile(rb"[\w\x80-\xff]")
_FAR = 100  # bytes of white space between two comments, or a comment and what leads to it
# Tcl's `;# comment`; where a statement ends with the sign, it ends right there.
_LED = re.compile(rb"(?:\s;\s*|;)\Z")


class Remark(NamedTuple):
    """A comment, or whole-line comments on lines one after the other.

    Attributes:
      span: from the first byte to the last.
      has_lines: whether it has its lines for itself.
      whole: the same with what it goes on with: lines below a comment beside code, or what is
        beside the code above.
      can_go: whether nothing would be left of it, and of what it goes on from.
    """

    span: Span
    has_lines: bool
    whole: Span
    can_go: bool = True


class CommentStrip:
    """Takes the comments out of one file's definitions; made once for all of them."""

    def __init__(self, text: bytes, outline: Outline | None) -> None:
        """Look at nothing before it is asked for."""
        self._text = text
        self._outline = outline
        self._words: dict[Remark, int] = {}

    def remarks(self, definition: Definition) -> list[Remark]:
        """The remarks inside a definition, its own doc and those of others aside."""
        start, end = definition.span
        first = bisect.bisect_left(self._remarks, start, key=_start)
        last = bisect.bisect_left(self._remarks, end, key=_start)
        # Lines at the very end belong to what follows.
        return [
            one
            for one in self._remarks[first:last]
            if one.span.end < end or (one.span.end == end and not one.has_lines)
        ]

    def words(self, remark: Remark) -> int:
        """Count the words of a remark; 0 where it is not in words, or not all of it can go."""
        if remark not in self._words:
            own, whole = (
                self._text[span.start : span.end].decode() for span in (remark.span, remark.whole)
            )
            said = words_of(own) if remark.can_go and is_in_words(whole) else 0
            self._words[remark] = said
        return self._words[remark]

    def edits(self, definition: Definition) -> tuple[Edit, ...]:
        """What takes the comments in words out of a definition."""
        remarks = [remark for remark in self.remarks(definition) if self.words(remark)]
        beside = [self._beside(one.span, definition) for one in remarks if not one.has_lines]
        lines = [self._whole_lines(one.span) for one in remarks if one.has_lines]
        return tuple(sorted([*beside, *self._without(lines, definition)]))

    @functools.cached_property
    def _remarks(self) -> list[Remark]:
        """All remarks of the file, in source order."""
        if self._outline is None:
            return []
        docs = sorted({d.doc for d in self._outline.definitions if d.doc is not None})
        comments = [span for span in self._outline.comments if not _is_within(docs, span)]
        return list(self._joined(comments))

    def _joined(self, comments: Sequence[Span]) -> Iterator[Remark]:
        """Join comments on lines one after the other, and with what they go on from."""
        index = 0
        while index < len(comments):
            beside = None if self._has_lines(comments[index]) else comments[index]
            first = index = index + (beside is not None)
            while index < len(comments) and self._is_next(comments, index, first, beside):
                index += 1
            start = first if beside is None else first - 1
            whole = Span(comments[start].start, comments[index - 1].end)
            can_go = True
            if beside is not None:
                can_go = self._can_go(beside, comments[max(start - 1, 0) : first + 1])
                yield Remark(beside, False, whole, can_go)
            if first < index:
                yield Remark(Span(comments[first].start, whole.end), True, whole, can_go)

    def _has_lines(self, span: Span) -> bool:
        """Whether a comment has its lines for itself."""
        text = self._text
        return begins_line(text, span.start) and rest_of_blank(text, span.end) is not None

    def _is_next(
        self, comments: Sequence[Span], index: int, first: int, beside: Span | None
    ) -> bool:
        """Whether a comment has its lines, on those after that of the comment before."""
        if not self._has_lines(comments[index]):
            return False
        if index == first:
            return beside is None or self._goes_on(beside, comments[index])
        return self._text.count(b"\n", comments[index - 1].end, comments[index].start) <= 1

    def _goes_on(self, beside: Span, below: Span) -> bool:
        """Whether a comment stands right below one beside code, in the same column."""
        text = self._text
        between = text[beside.end : min(below.start, beside.end + _FAR)]
        if between.count(b"\n") != 1 or between.strip():
            return False
        columns = (one.start - line_start(text, one.start) for one in (beside, below))
        return len(set(columns)) == 1

    def _can_go(self, span: Span, around: Sequence[Span]) -> bool:
        """Whether nothing would be left of a comment that shares its line.

        That is another comment beside it, Tcl's `;`, or the braces of JSX.
        """
        for first, second in itertools.pairwise(around):
            between = self._text[first.end : min(second.start, first.end + _FAR)]
            if not between.strip(BLANKS) and b"\n" not in between:
                return False
        before = self._text[max(span.start - _FAR, 0) : span.start]
        is_led = self._text[span.start : span.start + 1] == b"#" and _LED.search(before)
        is_held = before.endswith(b"{") and self._text[span.end : span.end + 1] == b"}"
        return not is_led and not is_held

    def _beside(self, span: Span, definition: Definition) -> Edit:
        """Take away a comment beside code, with the white space on one of its sides."""
        text, (start, end) = self._text, span
        opened = back(text, start, SPACES)
        closed = min(on(text, end, SPACES), definition.span.end)
        line_end = rest_of_blank(text, end)
        if line_end is not None:  # nothing follows
            line_end = back(text, line_end, b"\r")
            return opened, max(end, min(line_end, definition.span.end)), ""
        if closed > end and (
            opened < start or begins_line(text, start) or text[start - 1] in b"([{"
        ):
            return start, closed, ""
        if opened < start and not begins_line(text, start):
            return opened, end, ""
        is_glue = _WORD.match(text, start - 1) and _WORD.match(text, end)
        return start, end, " " if is_glue else ""

    def _whole_lines(self, span: Span) -> Span:
        return Span(line_start(self._text, span.start), next_line(self._text, span.end))

    def _without(self, lines: Sequence[Span], definition: Definition) -> Iterator[Edit]:
        """Take away whole lines, and blank ones where these would tell of what is gone."""
        groups: list[list[Span]] = []
        for span in lines:
            if groups and on(self._text, groups[-1][-1].end, BLANKS) >= span.start:
                groups[-1].append(span)
            else:
                groups.append([span])
        doc = definition.doc
        floor = definition.span.start
        for group in groups:
            start = group[0].start
            # The blank lines after a doc go with the doc.
            if doc and doc.end <= start <= on(self._text, doc.end, BLANKS):
                floor = start
            yield from self._tidy(group, floor)
            floor = group[-1].end

    def _tidy(self, group: Sequence[Span], floor: int) -> Iterator[Edit]:
        """Take away the lines of a group, between which stand blank lines at most.

        What is then left of blank lines is as between other code, or none where a block opens or
        closes.
        """
        text, first, last = self._text, group[0].start, group[-1].end
        above = next_line(text, max(back(text, first, BLANKS), floor)) if first > floor else first
        above = min(max(above, floor), first)
        code_below = on(text, last, BLANKS)
        below = max(line_start(text, code_below), last)
        depth_above, depth_below = depth(text, above - 1), depth(text, code_below)
        if depth_below > depth_above:
            yield above, below, ""
        elif depth_below < depth_above and above < first:
            yield above, last, ""
        elif above < first:
            yield first, below, ""
        else:
            yield from self._keeping_a_gap(group, below)

    def _keeping_a_gap(self, group: Sequence[Span], below: int) -> Iterator[Edit]:
        """Take away lines that follow code directly, and all blank lines among them but some."""
        first, *rest = group
        if not rest:
            yield first.start, first.end, ""
        elif rest[-1].end < below:
            yield first.start, rest[-1].end, ""
        else:
            yield first.start, first.end, ""
            yield rest[0].start, rest[-1].end, ""


def _start(remark: Remark) -> int:
    return remark.span.start


def _is_within(spans: Sequence[Span], inner: Span) -> bool:
    """Whether a span lies in one of these, given in order."""
    index = bisect.bisect_right(spans, inner.start, key=lambda span: span.start) - 1
    return index >= 0 and inner.end <= spans[index].end
