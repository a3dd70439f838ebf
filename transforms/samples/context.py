"""What stands around a cut: pieces of the source that lead up to it, and what follows it."""

import bisect
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import tree_sitter

from transforms.outlines.outline import Outline, Span
from transforms.samples.drafts import Piece, Text
from transforms.samples.joins import leaks
from transforms.samples.nesting import Nesting, body_line, item_with, line_end, line_start

# Those of them whose first line says what they are, such as Objective-C's `@implementation A`.
_HEADED = re.compile(r"(implementation|interface|ContainerDecl)$")
# Before a cut stand at least so many characters, or up to so many of the lines before.
_MIN_LEAD_CHARS, _MAX_LEAD_CHARS = 24, 400
_LINE = re.compile(rb"\n")
_PARAGRAPH = re.compile(rb"\n[ \t\r]*\n(?=.)", re.DOTALL)
_MAX_HEADERS = 100  # of what encloses a target; real code nests a quarter as deep


class Surroundings:
    """The text around the cuts of one file.

    Made once for all cuts, since the items of a node are looked up again and again.
    """

    def __init__(self, text: bytes, outline: Outline | None) -> None:
        """Find what does not depend on the cut."""
        self._text = text
        self._outline = outline
        self._is_ascii = text.isascii()
        self.nesting = Nesting(text, outline)
        # What was chosen, by identity, and how to choose again; it lives as long as this.
        self._chosen: dict[int, tuple[Text, Callable[[int], Text | None]]] = {}
        definitions = outline.definitions if outline else ()
        imports = outline.imports if outline else ()
        self._import_lines = _merged(
            Span(span.start, line_end(self._text, span.end))
            for span in imports
            if line_start(self._text, span.start) == span.start
        )
        self._docstring_ends = {
            d.doc.start: d.body.start
            for d in definitions
            if d.doc and d.body and d.span.start < d.doc.start < d.body.start
        }

    def chars(self, start: int, end: int) -> int:
        """Count the characters of a span."""
        return end - start if self._is_ascii else len(self._text[start:end].decode(errors="ignore"))

    def before(self, anchor: Span, target: Span, max_chars: int) -> Text | None:
        """Choose the pieces of source that lead up to a target.

        All of it where it fits. Else the item the target stands in, the headers of what encloses
        it, the file's imports (at most a quarter of the room), and in the room that is left what
        directly precedes, in whole items; a little of it in whole lines where no item fits. Only
        what directly precedes where two of these, joined, would show a line of the target.

        Args:
          anchor: the definition, with its doc comment, or node whose beginning must be in it.
          target: begins where the last piece ends.
          max_chars: most characters of all pieces together.

        Returns:
          pieces in source order, or None where not even the anchor's beginning fits.
        """
        chosen = self._before(anchor, target, max_chars)
        if chosen is not None:
            self._chosen[id(chosen)] = chosen, functools.partial(self.before, anchor, target)
        return chosen

    def shortened(self, text: Text, max_chars: int) -> Text | None:
        """Choose again what `before` or `after` chose, with less room; None for other texts."""
        _, choose = self._chosen.get(id(text), (text, None))
        return choose(max_chars) if choose else None

    def _before(self, anchor: Span, target: Span, max_chars: int) -> Text | None:
        if self.chars(0, target.start) <= max_chars:
            return (Piece(0, target.start),)
        found = self._headed(anchor, target, max_chars)
        if found is None:
            return None
        containers, own, kept = found
        chosen = self._led_up(kept, own, containers, max_chars)
        if leaks(self._text, chosen, target):
            chosen = self._led_up([own], own, containers, max_chars)  # one piece, no join
        return tuple(Piece(span.start, span.end) for span in chosen)

    def headed(self, anchor: Span, target: Span, max_chars: int) -> Text | None:
        """As `before`, but never what directly precedes: only item, headers and imports."""
        found = self._headed(anchor, target, max_chars)
        if found is None:
            return None
        _, own, kept = found
        chosen = [own] if leaks(self._text, kept, target) else kept
        return tuple(Piece(span.start, span.end) for span in chosen)

    def _headed(
        self, anchor: Span, target: Span, max_chars: int
    ) -> tuple[list[tree_sitter.Node], Span, list[Span]] | None:
        """Find the containers around an anchor, its item, and this with headers and imports."""
        containers = self.nesting.containers(anchor)
        own = Span(self.nesting.item_start(containers, anchor.start, max_chars // 2), target.start)
        if self.chars(own.start, own.end) > max_chars:
            return None
        kept = [own]
        for options in itertools.islice(self._headers(containers, own.start), _MAX_HEADERS):
            short = [span for span in options if self._total([span]) <= max_chars // 4]
            fitting = (_merged([*kept, span]) for span in short)
            kept = next((spans for spans in fitting if self._total(spans) <= max_chars), kept)
        with_imports = _merged([*kept, *self._imports(own.start, max_chars // 4)])
        if self._total(with_imports) <= max_chars:
            kept = with_imports
        return containers, own, kept

    def after(self, anchor: Span, position: int, max_chars: int) -> Text:
        """Choose what follows a position: all of it, or as much as fits in whole items or lines.

        Args:
          anchor: the node that ends at the position.
          position: where the piece begins.
          max_chars: most characters of the piece.

        Returns:
          one piece, or nothing where nothing follows or not one line fits.
        """
        furthest = self._advanced(position, max_chars)
        if furthest < len(self._text):
            line_end = self._text.rfind(b"\n", position, furthest) + 1
            starts = self.nesting.starts_between(
                self.nesting.containers(anchor), position + 1, line_end
            )
            item_end = starts[-1] if starts else position
            furthest = item_end if 2 * (item_end - position) >= line_end - position else line_end
        if furthest <= position:
            return ()
        chosen = (Piece(position, furthest),)
        self._chosen[id(chosen)] = chosen, functools.partial(self.after, anchor, position)
        return chosen

    def _headers(self, containers: Sequence[tree_sitter.Node], end: int) -> Iterator[list[Span]]:
        """Yield what opens each container, innermost first; then without docstring, or any doc."""
        for depth in range(len(containers) - 1, 0, -1):
            node, body = containers[depth], containers[depth].start_byte
            item = item_with(containers[depth - 1], node)
            bare = line_start(self._text, item.start_byte if item is not None else body)
            documented = min(bare, self.nesting.item_start(containers[:depth], body, end))
            braced = self._text[body : body + 1] in (b"{", b"[", b"(")
            headed = braced or _HEADED.search(node.type)
            opened = line_end(self._text, body) if headed else body_line(self._text, node)
            docstring_end = self._docstring_ends.get(body)
            whole = opened if docstring_end is None else line_end(self._text, docstring_end)
            forms = [(documented, whole), (documented, opened), (bare, opened)]
            yield [Span(start, min(stop, end)) for start, stop in forms if start < min(stop, end)]

    def _imports(self, end: int, max_chars: int) -> list[Span]:
        """Return the lines of the first imports before `end`, as many as fit."""
        chosen: list[Span] = []
        for span in self._import_lines:
            max_chars -= self.chars(span.start, span.end)
            if span.end > end or max_chars < 0:
                break
            chosen.append(span)
        return chosen

    def _led_up(
        self, kept: list[Span], own: Span, containers: Sequence[tree_sitter.Node], max_chars: int
    ) -> list[Span]:
        """Add what directly precedes: whole items, or lines before next to nothing."""
        return self._lengthened(self._extended(kept, own, containers, max_chars), max_chars)

    def _extended(
        self, kept: list[Span], own: Span, containers: Sequence[tree_sitter.Node], max_chars: int
    ) -> list[Span]:
        """Add what directly precedes, from the earliest item's start from which it fits."""
        starts = self.nesting.starts_between(containers, own.start - 4 * max_chars, own.start)

        def fits(start: int) -> bool:
            return self._total(_merged([*kept, Span(start, own.end)])) <= max_chars

        index = bisect.bisect_left(starts, True, key=fits)
        return _merged([*kept, Span(starts[index], own.end)] if index < len(starts) else kept)

    def _lengthened(self, kept: list[Span], max_chars: int) -> list[Span]:
        """Add lines, a paragraph where one begins, before a last piece of next to nothing."""
        last = kept[-1]
        if len(self._text[last.start : last.end].strip()) >= _MIN_LEAD_CHARS:
            return kept
        room = min(max_chars - self._total(kept), _MAX_LEAD_CHARS)
        window = self._text[max(last.start - room, 0) : last.start]
        begin = _PARAGRAPH.search(window) or _LINE.search(window)
        start = last.start - len(window) + begin.end() if begin else last.start
        return _merged([*kept, Span(start, last.end)])

    def _total(self, spans: Iterable[Span]) -> int:
        return sum(self.chars(span.start, span.end) for span in spans)

    def _advanced(self, position: int, max_chars: int) -> int:
        if self._is_ascii:
            return min(position + max_chars, len(self._text))
        window = self._text[position : position + 4 * max_chars].decode(errors="ignore")
        return position + len(window[:max_chars].encode())


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same bytes as disjoint spans that do not touch, in order."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
