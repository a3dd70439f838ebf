"""Shows the members of a class that follow a method before it, so that it is the class's last."""

import bisect
import re
from collections.abc import Sequence

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import Piece, Text
from transforms.samples.eligibility import CLASS_KINDS, METHOD_KINDS, code_of, whole
from transforms.samples.joins import leaks

_MAX_MEMBERS = 40  # that are looked at, no farther away than
_MAX_ROOMS_AWAY = 3  # times the room that there is
_RESERVED_RATIO = 0.25  # of the window, where so much follows
_MIN_LEAD_BYTES = 20  # of the method itself, so that its place can be told
_NO_CODE = re.compile(rb"(?:\s*#[^\n]*\n?)*\s*")  # but for such as `#pragma mark`
_INDENT = re.compile(rb"[ \t]*")
_BLANK_LINES = re.compile(rb"\n((?:[ \t\r]*\n)+)\Z")


def reserved_chars(view: SourceView, definition: Definition) -> int:
    """Return how much of the window to keep for the members that follow a method."""
    around = _class_of(view, definition)
    if around is None:
        return 0
    return min(around.end - definition.span.end, int(_RESERVED_RATIO * view.max_context_chars))


def with_later_members(
    view: SourceView, definition: Definition, context: Text, target: Span
) -> Text:
    """Put what follows a method in its class before it, fields first, in whole items that fit.

    They stand in source order. The context stays as it is where there are none, where there is no
    room, and where their joins would show a line of the target.

    Args:
      definition: the method.
      context: what leads up to the target, its last piece the method's beginning.
      target: the method's body.
    """
    last, text = context[-1], view.text
    around = _class_of(view, definition)
    if around is None or not isinstance(last, Piece) or last.start >= definition.span.start:
        return context
    found = view.surroundings.nesting.items_after(whole(definition), target.end, _MAX_MEMBERS)
    if found is None or found[0] < last.start:
        return context
    start = _before_blank_lines(text, last.start, found[0])
    if target.start - start < _MIN_LEAD_BYTES:
        return context
    pieces = [piece for piece in context if isinstance(piece, Piece)]
    room = view.max_context_chars - sum(view.surroundings.chars(p.start, p.end) for p in pieces)
    near = [item for item in found[1] if item.start - target.end <= _MAX_ROOMS_AWAY * room]
    chosen = _chosen(view, _presentable(view, definition, found[0], near), room)
    if not chosen:
        return context
    spans = _joined(text, pieces, chosen, start)
    return context if leaks(text, spans, target) else tuple(Piece(*span) for span in spans)


def _joined(text: bytes, pieces: Sequence[Piece], chosen: Sequence[Span], start: int) -> list[Span]:
    """Put the chosen members before the method, which begins at `start` in the last piece.

    A blank line stands between them where one stands between other members.
    """
    *before, last = (Span(piece.start, piece.end) for piece in pieces)
    spans = [*before, *([Span(last.start, start)] if start > last.start else []), *_merged(chosen)]
    if start and not _is_blank_line(text, start) and _is_blank_line(text, chosen[0].start):
        newline = 2 if text[max(start - 2, 0) : start] == b"\r\n" else 1
        spans.append(Span(start - newline, start))
    return [*spans, Span(start, last.end)]


def _class_of(view: SourceView, definition: Definition) -> Span | None:
    """Return the class, or scope such as Rust's impl, that a method is nested in."""
    outline, spec = view.outline, view.language.outline
    if outline is None or spec is None:
        return None
    if definition.parent is not None:
        around = outline.definitions[definition.parent]
        if around.kind in CLASS_KINDS and around.span.contains(definition.span):
            owner = definition.qualified_name.rpartition(".")[0]
            if owner == around.qualified_name:
                return around.span
    scopes = [scope.node for scope in spec.scopes]
    return view.surroundings.nesting.scope(definition.span, scopes) if scopes else None


def _presentable(
    view: SourceView, definition: Definition, own_start: int, items: Sequence[Span]
) -> list[tuple[Span, bool]]:
    """List the items that may stand before the method, each with whether it is a mere field.

    They are indented alike, have code, and are no other form of the method, such as a setter. What
    follows a word that says who sees it would be seen by others above it.
    """
    outline, spec, text = view.outline, view.language.outline, view.text
    if outline is None or spec is None:
        return []
    visibility = "|".join(map(re.escape, spec.visibility)).encode() if spec.sections else b""
    section = re.compile(rb"^\s*(?:%b)\b[^\n(]*(?::\s*)?$" % visibility, re.MULTILINE)
    name = re.compile(rb"(?<!\w)%b(?!\w)" % re.escape(definition.name.encode()))
    found: list[tuple[Span, bool]] = []
    for item in items:
        if visibility and section.search(text, item.start, item.end):
            break
        first = bisect.bisect_left(outline.definitions, item.start, key=_start)
        after = bisect.bisect_left(outline.definitions, item.end, key=_start)
        nested = outline.definitions[first:after]
        if any(other.name == definition.name or other.has_error for other in nested):
            continue
        is_field = not any(other.kind in METHOD_KINDS | CLASS_KINDS for other in nested)
        if is_field and name.search(text, item.start, item.end):
            continue  # such as Python's `size = property(get_size)`
        is_alike = _indent(text, item.start) == _indent(text, own_start)
        if is_alike and not _NO_CODE.fullmatch(code_of(view, item)):
            found.append((item, is_field))
    return found


def _chosen(view: SourceView, items: Sequence[tuple[Span, bool]], room: int) -> list[Span]:
    """Choose as many items as fit, fields before methods, near ones before far ones."""
    chosen: list[Span] = []
    for item, _ in sorted(items, key=lambda pair: not pair[1]):
        span = Span(_before_blank_lines(view.text, item.start - 200, item.start), item.end)
        size = view.surroundings.chars(span.start, span.end)
        if size < room:  # one for a line's end
            room -= size
            chosen.append(span)
    return sorted(chosen)


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def _before_blank_lines(text: bytes, first: int, position: int) -> int:
    """Return where the blank lines begin that end at a line's start, if not before `first`."""
    window = text[max(first - 1, 0) : position]
    blank = _BLANK_LINES.search(window)
    return position - len(blank[1]) if blank else position


def _is_blank_line(text: bytes, start: int) -> bool:
    return not text[start : text.find(b"\n", start)].strip()


def _indent(text: bytes, start: int) -> bytes:
    found = _INDENT.match(text, start)
    return found[0] if found else b""


def _start(definition: Definition) -> int:
    return definition.span.start
