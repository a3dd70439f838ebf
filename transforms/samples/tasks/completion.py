"""What the tasks share that complete a body: the prompt is what precedes, the target the body."""

from collections.abc import Iterator

from transforms.outlines.outline import Span
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import has_substance, head_start
from transforms.samples.members import reserved_chars, with_later_members


def complete_bodies(
    view: SourceView, task: str, kinds: frozenset[str], shows_members: bool = False
) -> Iterator[Cut]:
    """Yield a cut for each definition of these kinds whose body is worth writing.

    Args:
      shows_members: whether what follows a definition in its class is shown before it.
    """
    if view.outline is None:
        return
    surroundings = view.surroundings
    for definition in view.outline.definitions:
        body = definition.body
        if definition.kind not in kinds or body is None or not has_substance(view, definition):
            continue
        start = head_start(definition)
        header = Piece(start, body.start)
        anchor = Span(start, definition.span.end)
        reserved = reserved_chars(view, definition) if shows_members else 0
        context = surroundings.before(anchor, body, view.max_context_chars - reserved)
        if context is None and reserved:
            context = surroundings.before(anchor, body, view.max_context_chars)
        elif context is not None and reserved:
            context = with_later_members(view, definition, context, body)
        target = Piece(body.start, body.end)
        yield Cut(
            task=task,
            definition=definition,
            # Where not even the header fits, the cut is made to be rejected with a reason.
            context=context or (header,),
            suffix=(),
            target=(target,),
            identity=(header, target),
            span=body,
        )
