"""What stands around a cut: pieces of the source that lead up to it, and what follows it."""

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import tree_sitter

from transforms.outlines.outline import Outline, Span
from transforms.samples.drafts import Piece, Text

# Nodes whose children are statements, members or entries: a piece may begin at each child's line.
# A syntax error holds whatever the parser could still make out.
_CONTAINER = re.compile(
    r"(block|body|suite|compound_statement|declaration_list|declarations|statement_list"
    r"|statements|program|structure|preproc_(?:if|el).*|section|module|object|table_constructor"
    r"|attrset|binding_set|body_statement|declarative_part|implementation|interface|ContainerDecl"
    r"|cairo_0_file|ERROR)$"
)
# Those of them whose first line says what they are, such as Objective-C's `@implementation A`.
_HEADED = re.compile(r"(implementation|interface|ContainerDecl)$")
# Nodes that belong to the sibling that follows them without a blank line.
_LEADING = re.compile(r"comment|attribute|decorator|annotation|pragma|doc")
_REST_OF_LINE = re.compile(rb"[^\n]*\n?(?:[ \t\r]*\n){0,2}")
_LEAK_CHARS = 40
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
        self._items: dict[int, list[int]] = {}
        definitions = outline.definitions if outline else ()
        imports = outline.imports if outline else ()
        self._import_lines = _merged(
            Span(span.start, self._line_end(span.end))
            for span in imports
            if self._line_start(span.start) == span.start
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
        if self.chars(0, target.start) <= max_chars:
            return (Piece(0, target.start),)
        containers = self._containers(anchor)
        own = Span(self._item_start(containers, anchor.start, max_chars // 2), target.start)
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
        chosen = self._led_up(kept, own, containers, max_chars)
        if _leaks(self._text, chosen, target):
            chosen = self._led_up([own], own, containers, max_chars)  # one piece, no join
        return tuple(Piece(span.start, span.end) for span in chosen)

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
            starts = self._starts_between(self._containers(anchor), position + 1, line_end)
            item_end = starts[-1] if starts else position
            furthest = item_end if 2 * (item_end - position) >= line_end - position else line_end
        return (Piece(position, furthest),) if furthest > position else ()

    def lead(self, anchor: Span, max_header_chars: int, max_import_chars: int) -> list[Span]:
        """Choose what opens the things around a definition, and what the file imports before it.

        Returns:
          whole lines before the anchor, in source order.
        """
        kept: list[Span] = []
        start = self._line_start(anchor.start)
        for options in itertools.islice(
            self._headers(self._containers(anchor), start), _MAX_HEADERS
        ):
            room = max_header_chars - self._total(kept)
            kept += [span for span in options if self._total([span]) <= room][:1]
        return _merged([*kept, *self._imports(start, max_import_chars)])

    def _containers(self, anchor: Span) -> list[tree_sitter.Node]:
        """Return the nodes around the anchor that have items, from the roots inwards."""
        if self._outline is None:
            return []
        found: list[tree_sitter.Node] = []
        for root in self._outline.trees(anchor):
            node: tree_sitter.Node | None = root
            inner = root.descendant_for_byte_range(anchor.start, anchor.end)
            while node is not None and inner is not None:
                if node == root or _CONTAINER.search(node.type):
                    found.append(node)
                node = node.child_with_descendant(inner) if node != inner else None
        return found

    def _item_starts(self, container: tree_sitter.Node) -> list[int]:
        """Return the lines at which items begin, what documents or decorates them included."""
        if container.id not in self._items:
            starts, leading_end = [], -1
            for child in container.named_children:
                line = self._line_start(child.start_byte)
                opens_line = not self._text[line : child.start_byte].strip()
                # A line comment's node may include its newline.
                newlines = self._text.count(b"\n", leading_end - 1, child.start_byte)
                if opens_line and not (leading_end > 0 and newlines < 2):
                    starts.append(line)
                leads = opens_line and _LEADING.search(child.type)
                leading_end = child.end_byte if leads else -1
            self._items[container.id] = starts
        return self._items[container.id]

    def _item_start(
        self, containers: Sequence[tree_sitter.Node], position: int, max_chars: int
    ) -> int:
        """Return where the innermost item around the position begins; its line if too far."""
        line = self._line_start(position)
        for container in reversed(containers):
            starts = self._item_starts(container)
            index = bisect.bisect_right(starts, position)
            if index:
                near = self.chars(starts[index - 1], position) <= max_chars
                return starts[index - 1] if near else line
        return line

    def _headers(self, containers: Sequence[tree_sitter.Node], end: int) -> Iterator[list[Span]]:
        """Yield what opens each container, innermost first; then without docstring, or any doc."""
        for depth in range(len(containers) - 1, 0, -1):
            body = containers[depth].start_byte
            item = _item_with(containers[depth - 1], containers[depth])
            bare = self._line_start(item.start_byte if item is not None else body)
            documented = min(bare, self._item_start(containers[:depth], body, end))
            braced = self._text[body : body + 1] in (b"{", b"[", b"(")
            headed = braced or _HEADED.search(containers[depth].type)
            opened = self._line_end(body) if headed else self._line_start(body)
            docstring_end = self._docstring_ends.get(body)
            whole = opened if docstring_end is None else self._line_end(docstring_end)
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
        starts = self._starts_between(containers, own.start - 4 * max_chars, own.start)

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

    def _starts_between(
        self, containers: Sequence[tree_sitter.Node], first: int, last: int
    ) -> list[int]:
        """Return the items' starts in a range, its last included, in order."""
        found: set[int] = set()
        for container in containers:
            starts = self._item_starts(container)
            low, high = bisect.bisect_left(starts, first), bisect.bisect_right(starts, last)
            found.update(starts[low:high])
        return sorted(found)

    def _total(self, spans: Iterable[Span]) -> int:
        return sum(self.chars(span.start, span.end) for span in spans)

    def _advanced(self, position: int, max_chars: int) -> int:
        if self._is_ascii:
            return min(position + max_chars, len(self._text))
        window = self._text[position : position + 4 * max_chars].decode(errors="ignore")
        return position + len(window[:max_chars].encode())

    def _line_start(self, position: int) -> int:
        return self._text.rfind(b"\n", 0, position) + 1

    def _line_end(self, position: int) -> int:
        """Return the end of the position's line and of up to two blank lines after it."""
        match = _REST_OF_LINE.match(self._text, position)
        return match.end() if match else position


def _item_with(around: tree_sitter.Node, container: tree_sitter.Node) -> tree_sitter.Node | None:
    """Return the item of `around` that has the container; the element around a page's script."""
    if container.parent is not None:
        return around.child_with_descendant(container)
    place = container.start_byte
    code = around.descendant_for_byte_range(place, place)
    return code.parent if code is not None else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same bytes as disjoint spans that do not touch, in order."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _leaks(text: bytes, spans: Sequence[Span], target: Span) -> bool:
    """Whether 40 characters across a join of the spans stand in the target and not outside it."""
    context, joins = "", []
    for span in spans:
        joins.append(len(context))
        context += text[span.start : span.end].decode()
    hidden = text[target.start : target.end].decode()
    for join in joins[1:]:
        for start in range(max(0, join - _LEAK_CHARS + 1), join):
            run = context[start : start + _LEAK_CHARS]
            if len(run) == _LEAK_CHARS and run in hidden:
                found = run.encode()
                if text.find(found, 0, target.start) < 0 and text.find(found, target.end) < 0:
                    return True
    return False
