"""What the tasks share that put something in: the prompt is a definition without it."""

from collections.abc import Callable, Iterator

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Edit, Piece
from transforms.samples.eligibility import head_start

TakenOut = Callable[[SourceView, Definition], tuple[Edit, ...]]


def put_in(view: SourceView, task: str, taken_out: TakenOut) -> Iterator[Cut]:
    """Yield a cut for each definition that has something to take out; the target has it in place.

    Args:
      taken_out: returns what takes it out of a definition; nothing where it is not worth a sample.
    """
    for definition in view.outline.definitions if view.outline else ():
        edits = taken_out(view, definition)
        if not edits:
            continue
        span = Span(head_start(definition), definition.span.end)
        target = (Piece(span.start, span.end),)
        yield Cut(
            task=task,
            definition=definition,
            context=(Piece(span.start, span.end, edits),),
            suffix=(),
            target=target,
            identity=target,
            span=span,
        )
