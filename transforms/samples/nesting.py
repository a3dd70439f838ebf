"""How a file's code is nested: what stands around a place, and the items in it, in whole lines."""

import bisect
import itertools
import re
from collections.abc import Sequence

import tree_sitter

from transforms.outlines.outline import Outline, Span

# Nodes whose children are statements, members or entries: a piece may begin at each child's line.
# A syntax error holds whatever the parser could still make out.
_CONTAINER = re.compile(
    r"(block|body|suite|compound_statement|declaration_list|declarations|statement_list"
    r"|statements|program|structure|preproc_(?:if|el).*|section|module|object|table_constructor"
    r"|attrset|binding_set|body_statement|declarative_part|implementation|interface|ContainerDecl"
    r"|cairo_0_file|ERROR)$"
)
# Nodes that belong to the sibling that follows them without a blank line.
_LEADING = re.compile(r"comment|attribute|decorator|annotation|pragma|doc")
_REST_OF_LINE = re.compile(rb"[^\n]*\n?(?:[ \t\r]*\n){0,2}")
_OWN_LINES = re.compile(rb"[;,]?[ \t\r]*\n")


class Nesting:
    """What is nested in what, in one file.

    Made once for all cuts, since the items of a node are looked up again and again.
    """

    def __init__(self, text: bytes, outline: Outline | None) -> None:
        """Remember the file."""
        self._text = text
        self._outline = outline
        self._items: dict[int, list[int]] = {}

    def containers(self, anchor: Span) -> list[tree_sitter.Node]:
        """Return the nodes around the anchor that have items, from the roots inwards."""
        if self._outline is None:
            return []
        found: list[tree_sitter.Node] = []
        for root in self._outline.trees(anchor):
            node: tree_sitter.Node | None = root
            inner = root.descendant_for_byte_range(anchor.start, anchor.end)
            while node is not None and inner is not None:
                if node == root or _has_items(node):
                    found.append(node)
                node = node.child_with_descendant(inner) if node != inner else None
        return found

    def item_starts(self, container: tree_sitter.Node) -> list[int]:
        """Return the lines at which items begin, what documents or decorates them included."""
        if container.id not in self._items:
            starts, leading_end = [], -1
            for child in container.named_children:
                line = line_start(self._text, child.start_byte)
                opens_line = not self._text[line : child.start_byte].strip()
                # A line comment's node may include its newline.
                newlines = self._text.count(b"\n", leading_end - 1, child.start_byte)
                if opens_line and not (leading_end > 0 and newlines < 2):
                    starts.append(line)
                leads = opens_line and _LEADING.search(child.type)
                leading_end = child.end_byte if leads else -1
            self._items[container.id] = starts
        return self._items[container.id]

    def item_start(
        self, containers: Sequence[tree_sitter.Node], position: int, max_chars: int
    ) -> int:
        """Return where the innermost item around the position begins; its line if too far."""
        line = line_start(self._text, position)
        for container in reversed(containers):
            starts = self.item_starts(container)
            index = bisect.bisect_right(starts, position)
            if index:
                return (
                    starts[index - 1]
                    if self._near(starts[index - 1], position, max_chars)
                    else line
                )
        return line

    def _near(self, start: int, position: int, max_chars: int) -> bool:
        """Whether so many characters stand between at most."""
        if not max_chars < position - start <= 4 * max_chars:
            return position - start <= max_chars
        return len(self._text[start:position].decode(errors="ignore")) <= max_chars

    def starts_between(
        self, containers: Sequence[tree_sitter.Node], first: int, last: int
    ) -> list[int]:
        """Return the items' starts in a range, its last included, in order."""
        found: set[int] = set()
        for container in containers:
            starts = self.item_starts(container)
            low, high = bisect.bisect_left(starts, first), bisect.bisect_right(starts, last)
            found.update(starts[low:high])
        return sorted(found)

    def items_after(self, anchor: Span, position: int, most: int) -> tuple[int, list[Span]] | None:
        """Find the items that follow a position in what is innermost around an anchor.

        Returns:
          where the anchor's own item begins, and as many items, each in whole lines; None where
          only the file is around it.
        """
        container = self.containers(anchor)[-1]
        starts = self.item_starts(container)
        own = bisect.bisect_right(starts, anchor.start)
        last = container.named_child(container.named_child_count - 1)
        if container.parent is None or not own or last is None:
            return None
        first = bisect.bisect_left(starts, position)
        bounds = [*starts[first : first + most + 1], last.end_byte][: most + 1]
        items = []
        for start, end in itertools.pairwise(bounds):
            code_end = start + len(self._text[start:end].rstrip())
            rest = _OWN_LINES.match(self._text, code_end)
            if rest:
                items.append(Span(start, rest.end()))
        return starts[own - 1], items

    def container(self, anchor: Span) -> Span:
        """Return what is innermost around an anchor and has items."""
        nodes = self.containers(anchor)
        return Span(nodes[-1].start_byte, nodes[-1].end_byte)

    def scope(self, anchor: Span, types: Sequence[str]) -> Span | None:
        """Return the node of these types that has the container around an anchor, if it does."""
        around = self.containers(anchor)[-1].parent
        if around is None or around.type not in types:
            return None
        return Span(around.start_byte, around.end_byte)


def _has_items(node: tree_sitter.Node) -> bool:
    """Whether a node's children are items; what has a body, as Ruby's module, has them in there."""
    return bool(_CONTAINER.search(node.type)) and node.child_by_field_name("body") is None


def body_line(text: bytes, body: tree_sitter.Node) -> int:
    """Return where the line begins on which a body does, comments on lines before it included."""
    start = line_start(text, body.start_byte)
    before = body.prev_sibling
    while before is not None and "comment" in before.type:
        line = line_start(text, before.start_byte)
        if text[line : before.start_byte].strip():
            break
        start, before = line, before.prev_sibling
    return start


def line_start(text: bytes, position: int) -> int:
    """Return the start of the position's line."""
    return text.rfind(b"\n", 0, position) + 1


def line_end(text: bytes, position: int) -> int:
    """Return the end of the position's line and of up to two blank lines after it."""
    match = _REST_OF_LINE.match(text, position)
    return match.end() if match else position


def item_with(around: tree_sitter.Node, container: tree_sitter.Node) -> tree_sitter.Node | None:
    """Return the item of `around` that has the container; the element around a page's script."""
    if container.parent is not None:
        return around.child_with_descendant(container)
    place = container.start_byte
    code = around.descendant_for_byte_range(place, place)
    return code.parent if code is not None else None
