"""What the tasks share that complete a body: the prompt is what precedes, the target the body."""

import functools
from collections.abc import Iterator

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Candidate, Cut, SourceView
from transforms.samples.drafts import Piece, Text
from transforms.samples.eligibility import has_substance, head_start, whole
from transforms.samples.members import reserved_chars, with_later_members


def complete_bodies(
    view: SourceView, task: str, kinds: frozenset[str], shows_members: bool = False
) -> Iterator[Candidate]:
    """Yield a candidate for each definition of these kinds whose body is worth writing.

    Args:
      shows_members: whether what follows a definition in its class is shown before it.
    """
    for definition in view.outline.definitions if view.outline else ():
        body = definition.body
        if definition.kind not in kinds or body is None or not has_substance(view, definition):
            continue
        make = functools.partial(_cut, view, task, definition, body, shows_members)
        yield Candidate(task, definition, (Piece(body.start, body.end),), make)


def _cut(
    view: SourceView, task: str, definition: Definition, body: Span, shows_members: bool
) -> Cut:
    header = Piece(head_start(definition), body.start)
    target = Piece(body.start, body.end)
    return Cut(
        task=task,
        definition=definition,
        # Where not even the header fits, the cut is made to be rejected with a reason.
        context=_context(view, definition, body, shows_members) or (header,),
        suffix=(),
        target=(target,),
        identity=(header, target),
        span=body,
    )


def _context(
    view: SourceView, definition: Definition, body: Span, shows_members: bool
) -> Text | None:
    """Return what leads up to a body; None where not even the header fits."""
    surroundings = view.surroundings
    anchor = whole(definition)
    reserved = reserved_chars(view, definition) if shows_members else 0
    context = surroundings.before(anchor, body, view.max_context_chars - reserved)
    if context is None and reserved:
        return surroundings.before(anchor, body, view.max_context_chars)
    if context is not None and reserved:
        return with_later_members(view, definition, context, body)
    return context
