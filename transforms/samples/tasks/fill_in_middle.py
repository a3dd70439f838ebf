"""Fill a hole in a body: statements, a block, an expression, arguments; cut at syntax nodes."""

import re
from collections.abc import Iterator

import tree_sitter

from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.choice import unit_interval
from transforms.samples.context import Surroundings
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece, Text, digest
from transforms.samples.eligibility import (
    FUNCTION_KINDS,
    METHOD_KINDS,
    code_of,
    has_substance,
    head_start,
    letters,
)

_NAME = "fill_in_middle"
_MIN_BYTES = 20
_MAX_BYTES = 600
_MIN_LETTERS = 12
_MAX_BODY_RATIO = 0.8  # a larger hole is a body completion
_ATTEMPTS = 8
# What one cannot guess, or need not: words of a text, names, operators.
_NOT_A_HOLE = re.compile(
    r"comment|string|heredoc|char|text|content|regex|identifier|pattern|preproc|ERROR"
    r"|member_expression|attribute|selector|field_expression"  # often but the beginning of a call
)
_SEQUENCE = re.compile(
    r"(block|body|suite|compound_statement|statement_list|statements|program|section)$"
)


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each function or method in whose body a hole is found; no hole twice."""
    outline = view.outline
    if outline is None:
        return
    surroundings = view.surroundings
    seen: set[Span] = set()
    for definition in outline.definitions:
        if definition.kind not in FUNCTION_KINDS | METHOD_KINDS:
            continue
        hole = _find_hole(view, outline, definition) if has_substance(view, definition) else None
        if hole is None or hole in seen:
            continue
        seen.add(hole)
        cut = _around(view, surroundings, definition, hole)
        if cut is not None:
            yield cut


def _find_hole(view: SourceView, outline: Outline, definition: Definition) -> Span | None:
    """Draw places and sizes by hash, the sizes evenly on a log scale, until there is a hole.

    The draws depend on the definition alone, so that its copies in other files have the same hole,
    and sample dedup sees that they are copies.
    """
    body = definition.body
    if body is None:
        return None
    drawn_by = digest(view.text[definition.span.start : definition.span.end])
    for attempt in range(_ATTEMPTS):
        drawn = [
            unit_interval(view.seed, drawn_by, _NAME, str(attempt), axis)
            for axis in ("place", "size")
        ]
        place = body.start + int(drawn[0] * body.size)
        size = int(_MIN_BYTES * (_MAX_BYTES / _MIN_BYTES) ** drawn[1])
        tree = outline.trees(body)[-1]
        node = tree.named_descendant_for_byte_range(place, place + 1)
        hole = _grown(view.text, node, body, size) if node is not None else None
        if hole is not None and _is_good(view, body, hole):
            return hole
    return None


def _grown(text: bytes, node: tree_sitter.Node, body: Span, size: int) -> Span | None:
    """Climb from a node to the size, then take in the statements that follow as long as they fit.

    Returns:
      None where the node is too small and its parent more than twice too large, or no hole at all.
    """
    while node.end_byte - node.start_byte < size or _NOT_A_HOLE.search(node.type):
        parent = node.parent
        if parent is None or not body.contains(Span(parent.start_byte, parent.end_byte)):
            return None
        if _SEQUENCE.search(parent.type) and not _NOT_A_HOLE.search(node.type):
            return _trimmed(text, node.start_byte, _run_end(node, size))
        if parent.end_byte - parent.start_byte > max(2 * size, 2 * _MIN_BYTES):
            break
        node = parent
    return None if _NOT_A_HOLE.search(node.type) else _trimmed(text, node.start_byte, node.end_byte)


def _run_end(node: tree_sitter.Node, size: int) -> int:
    """Return where the last statement ends that fits into the size together with this one."""
    end = node.end_byte
    following = node.next_named_sibling
    while following is not None and following.end_byte - node.start_byte <= size:
        if "comment" not in following.type:
            end = following.end_byte
        following = following.next_named_sibling
    return end


def _trimmed(text: bytes, start: int, end: int) -> Span:
    """Leave out white space at the end; the nodes of some grammars hold their newline."""
    return Span(start, start + len(text[start:end].rstrip()))


def _is_good(view: SourceView, body: Span, hole: Span) -> bool:
    """Whether a hole has a fair size and enough in it to be worth filling."""
    visible = len(view.text[body.start : body.end].strip())
    return (
        _MIN_BYTES <= hole.size <= min(2 * _MAX_BYTES, _MAX_BODY_RATIO * visible)
        and letters(code_of(view, hole)) >= _MIN_LETTERS
    )


def _around(
    view: SourceView, surroundings: Surroundings, definition: Definition, hole: Span
) -> Cut | None:
    """Give two thirds of the room to what precedes; each side has what the other leaves."""
    room = view.max_context_chars
    body = definition.body or hole
    rest = surroundings.chars(hole.end, len(view.text))
    context = _leading_up(view, surroundings, definition, hole, room - min(rest, room // 3))
    if context is None:
        return None
    used = sum(surroundings.chars(p.start, p.end) for p in context if isinstance(p, Piece))
    suffix = surroundings.after(hole, hole.end, room - used)
    if not suffix:
        return None
    target = (Piece(hole.start, hole.end),)
    return Cut(
        task=_NAME,
        definition=definition,
        context=context,
        suffix=suffix,
        target=target,
        identity=(Piece(head_start(definition), body.start), Piece(body.start, body.end)),
        span=hole,
    )


def _leading_up(
    view: SourceView, surroundings: Surroundings, definition: Definition, hole: Span, room: int
) -> Text | None:
    """What precedes the hole, the definition's header among it wherever that fits.

    In code that the parser could not follow, what encloses the hole may not be known as such.
    """
    context = surroundings.before(hole, hole, room)
    body = definition.body
    if context is None or body is None:
        return context
    if any(p.start < body.start <= p.end for p in context if isinstance(p, Piece)):
        return context
    whole = Span(head_start(definition), definition.span.end)
    return surroundings.before(whole, hole, room) or context


SPEC = TaskSpec(name=_NAME, cut=_cut)
