"""Fill a hole in a body: a place of a kind, both drawn by hash."""

import functools
import struct
from collections.abc import Iterator, Sequence

from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples import holes
from transforms.samples.choice import unit_interval
from transforms.samples.context import Surroundings
from transforms.samples.cuts import Candidate, Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece, Text, digest
from transforms.samples.eligibility import (
    FUNCTION_KINDS,
    METHOD_KINDS,
    code_of,
    has_substance,
    head_start,
    letters,
    whole,
)

RANDOM_SHARE = 0.1  # of the definitions have a hole anywhere, as models are trained on
_NAME = "fill_in_middle"
_SYNTAX_KINDS = ("statement", "block", "expression", "arguments", "body")
# What fewer bodies have is drawn more often, so that the kinds come out about as frequent.
_LOTS = ("block", "block", "block", "arguments", "arguments", "expression", "statement", "body")
_MIN_BYTES = 20
_MAX_BYTES = {"statement": 1200, "block": 2400, "expression": 600, "arguments": 600, "body": 2400}
_MAX_RANDOM_BYTES = 800
_MIN_LETTERS = 12
_MAX_BODY_RATIO = 0.8  # a larger hole is as good as the body
_ATTEMPTS = 12
_TYPICAL_BYTES = 600  # sizes are drawn up to here


def _find(view: SourceView) -> Iterator[Candidate]:
    """Yield a candidate for each function or method."""
    outline = view.outline
    if outline is None:
        return
    seen: set[Span] = set()
    for definition in outline.definitions:
        if definition.kind in FUNCTION_KINDS | METHOD_KINDS and has_substance(view, definition):
            make = functools.partial(_cut, view, outline, definition, seen)
            yield Candidate(_NAME, definition, (), make)


def _cut(view: SourceView, outline: Outline, definition: Definition, seen: set[Span]) -> Cut | None:
    """Make a hole that was not seen, such as in a function inside; None where there is none."""
    cut = next((cut for cut in _cuts(view, outline, definition) if cut.span not in seen), None)
    if cut is not None:
        seen.add(cut.span)
    return cut


def _cuts(view: SourceView, outline: Outline, definition: Definition) -> Iterator[Cut]:
    """Yield a hole of each kind that there is, the kind drawn first.

    The draws depend on the definition alone, so that its copies in other files have the same hole,
    and sample dedup sees that they are copies.
    """
    body = definition.body
    if body is None:
        return
    drawn_by = digest(view.text[definition.span.start : definition.span.end])
    tree = outline.trees(body)[-1]
    inner = holes.inside(view.text, definition.span.start, body, outline.comments)
    places: list[tuple[int, int, list[holes.Enclosing]]] = []
    for kind in _kinds(view.seed, drawn_by):
        for attempt in range(_ATTEMPTS if kind != "body" else 1):
            if attempt == len(places):
                place, size = _draw(view.seed, drawn_by, attempt, inner)
                places.append((place, size, holes.enclosing(tree, inner, place)))
            place, size, around = places[attempt]
            hole = holes.find(kind, view.text, around, inner, place, size)
            if hole is not None and _is_good(view, inner, hole, kind):
                cut = _around(view, view.surroundings, definition, hole, kind)
                if cut is not None:
                    yield cut
                    break


def _draw(seed: int, drawn_by: bytes, attempt: int, inner: Span) -> tuple[int, int]:
    """Draw a place and a size by hash, the sizes evenly on a log scale."""
    place, size = (
        unit_interval(seed, drawn_by, _NAME, str(attempt), axis) for axis in ("place", "size")
    )
    ratio = (_TYPICAL_BYTES / _MIN_BYTES) ** size
    return inner.start + int(place * inner.size), int(_MIN_BYTES * ratio)


def _kinds(seed: int, drawn_by: bytes) -> Sequence[str]:
    """Return the kinds in the order in which they are tried."""
    lots = struct.unpack(f"<{len(_LOTS)}H", digest(str(seed), drawn_by, _NAME, "kinds"))
    order = list(dict.fromkeys(kind for _, kind in sorted(zip(lots, _LOTS, strict=True))))
    if order[0] != "body":  # every body has an inside: it is what is left where nothing else is
        order.sort(key="body".__eq__)
    drawn = unit_interval(seed, drawn_by, _NAME, "random")
    if drawn < RANDOM_SHARE:
        return ["lines" if drawn < RANDOM_SHARE / 2 else "characters", *order]
    return order


def _is_good(view: SourceView, inner: Span, hole: Span, kind: str) -> bool:
    """Whether a hole has a fair size and enough in it to be worth filling."""
    largest = _MAX_BYTES.get(kind, _MAX_RANDOM_BYTES)
    if kind != "body":
        largest = min(largest, int(_MAX_BODY_RATIO * inner.size))
    if not _MIN_BYTES <= hole.size <= largest:
        return False
    code = code_of(view, hole)
    return letters(code) >= _MIN_LETTERS and (kind == "characters" or not holes.is_text(code))


def _around(
    view: SourceView, surroundings: Surroundings, definition: Definition, hole: Span, kind: str
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
    if not any(view.text[p.start : p.end].strip() for p in suffix if isinstance(p, Piece)):
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
        hole=kind if kind in _SYNTAX_KINDS else "random",
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
    return surroundings.before(whole(definition), hole, room) or context


SPEC = TaskSpec(name=_NAME, find=_find)
