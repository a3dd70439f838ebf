"""Complete a class from its header, fields and first method, or constructor, to its end."""

import bisect
import collections
import re
from collections.abc import Iterator, Sequence

from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece, Text, render_text
from transforms.samples.eligibility import (
    CLASS_KINDS,
    METHOD_KINDS,
    code_of,
    head_start,
    is_stub,
    letters,
    whole,
)

_NAME = "class_completion"
_MIN_REMAINING = 2  # methods in the target
_MIN_LETTERS = 40
# Of members without a body in what is defined elsewhere, as C++'s header and Pascal's interface.
_MIN_DECLARED_LETTERS, _DECLARED = 80, frozenset({"class", "struct"})
_CONSTRUCTORS = frozenset({"__init__", "initialize", "init", "__construct"})
# What may stand on a line after a member: no more code.
_REST_OF_LINE = re.compile(rb"[ \t\r;,]*(?:(?://|#|--|/\*|%|;|\(\*|!)[^\n]*)?(?:\n|\Z)")
_LINE_END = re.compile(rb"[ \t\r]*\n")
_BLANK_LINES = re.compile(rb"(?:[ \t\r\f]*\n)*")


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each class of which enough methods remain after its first one."""
    if view.outline is None:
        return
    for definition, methods in _classes(view.outline):
        place = _place(view, definition, methods)
        if place is None:
            continue
        start, member = place
        target = Span(start, definition.span.end)
        remaining = [method for method in methods if method.span.start >= start]
        if not _is_worth_it(view, definition, remaining, target):
            continue
        head = head_start(definition)
        context = _context(view, definition, member, target)
        if definition.name not in render_text(view.text, context):
            continue  # a header that does not fit
        yield Cut(
            task=_NAME,
            definition=definition,
            context=context,
            suffix=(),
            target=(Piece(target.start, target.end),),
            identity=(Piece(head, target.end),),
            span=target,
        )


def _classes(outline: Outline) -> Iterator[tuple[Definition, Sequence[Definition]]]:
    """Yield what may be completed: what nests so many methods, and these, in source order."""
    methods: dict[int, list[Definition]] = collections.defaultdict(list)
    for definition in outline.definitions:
        if definition.parent is not None and definition.kind in METHOD_KINDS:
            owner = outline.definitions[definition.parent].qualified_name
            if definition.qualified_name == f"{owner}.{definition.name}":
                methods[definition.parent].append(definition)
    for index in sorted(methods):
        around = outline.definitions[index]
        is_whole = around.body is not None and not around.has_error
        if is_whole and around.kind in CLASS_KINDS and len(methods[index]) > _MIN_REMAINING:
            yield around, methods[index]


def _place(
    view: SourceView, definition: Definition, methods: Sequence[Definition]
) -> tuple[int, Definition] | None:
    """Return where the target begins, and the method before it.

    That is the first one, the constructor where one is among the class's beginning, or a later one
    from which on the rest is not too long.
    """
    end, last = definition.span.end, methods[-1].span.end
    first = next((n for n, method in enumerate(methods) if _is_constructor(method)), 0)
    first = first if first < len(methods) - _MIN_REMAINING else 0
    for number in range(first, len(methods) - _MIN_REMAINING):
        start = _line_after(view, methods[number].span.end)
        if start is None or methods[number + 1].span.start < start:
            continue
        is_short = end - start <= 4 * view.max_target_chars
        if not is_short or view.surroundings.chars(start, end) > view.max_target_chars:
            continue
        # A method in a block of the class, such as Python's `if`, ends before the block does.
        if view.surroundings.nesting.container(methods[number].span).end >= last:
            return start, methods[number]
    return None


def _is_worth_it(
    view: SourceView, definition: Definition, methods: Sequence[Definition], target: Span
) -> bool:
    """Whether one of the methods does something, or enough is declared where none has a body."""
    bodies = [method.body for method in methods if method.body is not None]
    is_declared = not bodies and definition.kind in _DECLARED
    least = _MIN_DECLARED_LETTERS if is_declared else _MIN_LETTERS
    told = not bodies or not all(is_stub(view, body) for body in bodies)
    return told and letters(code_of(view, target)) >= least


def _is_constructor(method: Definition) -> bool:
    return method.kind == "constructor" or method.name in _CONSTRUCTORS


def _line_after(view: SourceView, position: int) -> int | None:
    """Return where the next line with something on it begins; None if code or a comment goes on.

    A comment right below belongs to the member where a blank line follows it, as OCaml's docs do.
    """
    rest = _REST_OF_LINE.match(view.text, position)
    if rest is None:
        return None
    start = rest.end()
    comments = view.outline.comments if view.outline else ()
    index = bisect.bisect_left(comments, position, key=lambda comment: comment.start)
    while index < len(comments) and comments[index].start < start:
        if comments[index].end > start:
            return None
        index += 1
    while index < len(comments) and not view.text[start : comments[index].start].strip(b" \t"):
        below = _LINE_END.match(view.text, comments[index].end)
        if below is None:
            break
        start = below.end()
        index += 1
    blank = _BLANK_LINES.match(view.text, start)
    if blank and blank[0]:
        return blank.end()
    return rest.end()


def _context(view: SourceView, definition: Definition, member: Definition, target: Span) -> Text:
    """Return the class up to the target; where it is too long, from a method on, below its header.

    Where not even that fits, the cut is made to be rejected with a reason.
    """
    head = head_start(definition)
    for anchor in (definition, member):
        span = whole(anchor)
        context = view.surroundings.before(span, target, view.max_context_chars)
        if context is not None:
            return context
    return (Piece(head, target.start),)


SPEC = TaskSpec(name=_NAME, find=_cut)
