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

_NAME = "line_completion"
_MAX_CUTS = 3
_MIN_LINES, _MAX_LINES = 3, 20
_MIN_CODE_LINES = 3  # before a target: what follows a licence cannot be known
_MIN_LETTERS = 40
_ATTEMPTS = 12
_LINE = re.compile(rb"[^\n]*\n|[^\n]+$")
_COMMENT = re.compile(rb"\s*(/?\*|//|<!--|--|%|;)")  # whatever the language


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield up to three cuts whose targets do not overlap."""
    definitions = view.outline.definitions if view.outline else ()
    if any(found.body and found.kind in FUNCTION_KINDS | METHOD_KINDS for found in definitions):
        return
    lines = [Span(match.start(), match.end()) for match in _LINE.finditer(view.text)]
    surroundings = view.surroundings
    for target in sorted(_targets(view, lines), key=lambda span: span.start):
        start = _context_start(view, surroundings, lines, target.start)
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


def _targets(view: SourceView, lines: Sequence[Span]) -> list[Span]:
    """Draw places by hash, first at the beginnings of paragraphs, until there are three targets."""
    texts = [view.text[line.start : line.end] for line in lines]
    blank = [not text.strip() for text in texts]
    is_code = [letters(text) > 0 and not _is_comment(view, text) for text in texts]
    code_before = list(itertools.accumulate(is_code, initial=0))
    written = [i for i, code in enumerate(is_code) if code and code_before[i] >= _MIN_CODE_LINES]
    paragraphs = [i for i in written if blank[i - 1]]
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
        after = _end_line(blank, first, _MIN_LINES + int(size * (_MAX_LINES - _MIN_LINES + 1)))
        code = b"".join(texts[i] for i in range(first, after) if is_code[i])
        start, written_bytes = lines[first].start, b"".join(texts[first:after]).rstrip()
        target = Span(start, start + len(written_bytes))
        apart = all(target.end < c.start or c.end < target.start for c in chosen)
        if apart and after - first >= _MIN_LINES and letters(code) >= _MIN_LETTERS:
            chosen.append(target)
    return chosen


def _is_comment(view: SourceView, line: bytes) -> bool:
    mark = view.language.line_comment.encode()
    return _COMMENT.match(line) is not None or (mark != b"" and line.lstrip().startswith(mark))


def _end_line(blank: Sequence[bool], first: int, count: int) -> int:
    """Return the line after so many lines, or where a paragraph ends near there."""
    after = min(first + count, len(blank))
    last = min(first + _MAX_LINES, len(blank) - 1)
    ends = [i for i in range(first + _MIN_LINES, last + 1) if blank[i]]
    return min(ends, key=lambda i: (abs(i - after), i), default=after)


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
