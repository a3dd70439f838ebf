"""Continue a file by whole lines: the fallback for files in which no function has a body."""

import itertools
import re
from collections.abc import Iterator, Sequence

from transforms.outlines.outline import Span
from transforms.samples.choice import unit_interval
from transforms.samples.context import Surroundings
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, letters
from transforms.samples.line_kinds import (
    LineKinds,
    is_data,
    is_list,
    is_prose,
    line_kinds,
    says_something,
)

_NAME = "line_completion"
_MAX_CUTS = 3
_MIN_LINES, _MAX_LINES = 3, 20
_MIN_CODE_LINES = 3  # in a target, and before one: what follows a licence cannot be known
_MIN_SAYING_LINES = 2  # that are no mere directives
_MIN_LETTERS = 40
_MAX_LEFT_LINES = 2  # of a file, which are not left over
_ATTEMPTS = 12
# Where what tests read or compare with is kept, and types that a compiler left.
_NO_CODE = re.compile(
    r"(?:\A|/)(?:__snapshots__|snapshots|fixtures?|testdata|[^/]*_data)/|\.snap\."
    r"|(?:\A|/)(?:translations?|locales?|i18n|l10n)/"
    r"|(?:\A|/)(?:build|dist|lib)/.*\.d\.[cm]?ts\Z"
    # Pages that are read, or that a test expects.
    r"|(?:\A|/)(?:docs?|man|manual|releases?|web(?:site)?|[^/]*test[^/]*)/.*\.html?\Z"
)


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield up to three cuts whose targets do not overlap."""
    definitions = view.outline.definitions if view.outline else ()
    if any(found.body and found.kind in FUNCTION_KINDS | METHOD_KINDS for found in definitions):
        return
    if _NO_CODE.search(view.path):
        return
    kinds = line_kinds(view)
    surroundings = view.surroundings
    for target in sorted(_targets(view, kinds), key=lambda span: span.start):
        start = _context_start(view, surroundings, kinds.spans, target.start)
        if start < target.start:
            yield Cut(
                task=_NAME,
                definition=None,
                context=(Piece(start, target.start),),
                suffix=(),
                target=(Piece(target.start, target.end),),
                identity=(Piece(start, target.end),),
                span=target,
            )


def _targets(view: SourceView, lines: LineKinds) -> list[Span]:
    """Draw places by hash, first at the beginnings of paragraphs, until there are three targets."""
    code_before = list(itertools.accumulate(lines.code, initial=0))
    written = [i for i, code in enumerate(lines.code) if code and code_before[i] >= _MIN_CODE_LINES]
    paragraphs = [i for i in written if lines.blank[i - 1]]
    chosen: list[Span] = []
    for attempt in range(_ATTEMPTS):
        options = paragraphs if attempt < _ATTEMPTS // 2 and paragraphs else written
        if not options or len(chosen) == _MAX_CUTS:
            break
        place, size = (
            unit_interval(view.seed, view.content_key, _NAME, str(attempt), axis)
            for axis in ("place", "lines")
        )
        first = options[int(place * len(options))]
        count = _MIN_LINES + int(size * (_MAX_LINES - _MIN_LINES + 1))
        after = _end_line(lines, first, count)
        start, written_bytes = lines.spans[first].start, b"".join(lines.texts[first:after]).rstrip()
        target = Span(start, start + len(written_bytes))
        apart = all(target.end < c.start or c.end < target.start for c in chosen)
        if apart and _is_worth_it(lines, first, after) and not _is_documentation(lines, target):
            chosen.append(target)
    return chosen


def _is_worth_it(lines: LineKinds, first: int, after: int) -> bool:
    """Whether there is enough code, more of it than comments, and more than a list of names."""
    places = range(first, after)
    code = [lines.texts[i] for i in places if lines.code[i]]
    written = letters(b"".join(code))
    remarks = letters(b"".join(lines.texts[i] for i in places if lines.comment[i]))
    is_enough = len(code) >= _MIN_CODE_LINES and written >= _MIN_LETTERS
    if not is_enough or remarks > written or not says_something(code, _MIN_SAYING_LINES):
        return False
    return not is_list(code) and not is_data(b"".join(code)) and not is_prose(code)


def _is_documentation(lines: LineKinds, target: Span) -> bool:
    """Whether a target begins or ends inside a doc, or is a doc or one string for the most part."""
    ends = target.start, target.end
    is_cut = any(doc.start < end < doc.end for doc in lines.docs for end in ends)
    if is_cut or 2 * sum(_shared(doc, target) for doc in lines.docs) > target.size:
        return True
    return any(2 * _shared(string, target) > target.size for string in lines.strings)


def _shared(one: Span, other: Span) -> int:
    """How many bytes are in both."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _end_line(lines: LineKinds, first: int, count: int) -> int:
    """Return the line after so many lines, or where a paragraph ends near there.

    The last lines of a file are not left over, and a comment belongs to what follows it.
    """
    total = len(lines.blank)
    after = min(first + count, total)
    last = min(first + _MAX_LINES, total - 1)
    ends = [i for i in range(first + _MIN_LINES, last + 1) if lines.blank[i]]
    after = min(ends, key=lambda i: (abs(i - after), i), default=after)
    left = itertools.islice((i for i in range(after, total) if not lines.blank[i]), 3)
    if total - first <= _MAX_LINES and len(list(left)) <= _MAX_LEFT_LINES:
        return total
    while after > first and (lines.comment[after - 1] or lines.blank[after - 1]):
        after -= 1
    return after


def _context_start(
    view: SourceView, surroundings: Surroundings, lines: Sequence[Span], end: int
) -> int:
    """Return the first line from which what precedes `end` fits."""
    start = end
    room = view.max_context_chars
    for line in reversed([line for line in lines if line.start < end]):
        room -= surroundings.chars(line.start, line.end)
        if room < 0:
            break
        start = line.start
    return start


SPEC = TaskSpec(name=_NAME, find=_cut)
