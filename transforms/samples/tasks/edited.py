"""What the tasks share whose prompt is a definition with edits, and whose target is it without."""

from collections.abc import Callable, Iterator, Sequence

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Edit, Piece
from transforms.samples.eligibility import whole

TakenOut = Callable[[SourceView, Definition], tuple[Edit, ...]]


def undo(
    task: str, definition: Definition, span: Span, edits: Sequence[Edit], origin: str = "human"
) -> Cut:
    """Make the cut whose prompt is a span of a definition with edits, its target without them."""
    target = (Piece(span.start, span.end),)
    return Cut(
        task=task,
        definition=definition,
        context=(Piece(span.start, span.end, tuple(edits)),),
        suffix=(),
        target=target,
        identity=target,
        span=span,
        origin=origin,
    )


def put_in(view: SourceView, task: str, taken_out: TakenOut) -> Iterator[Cut]:
    """Yield a cut for each definition that has something to take out; the target has it in place.

    Args:
      taken_out: returns what takes it out of a definition; nothing where it is not worth a sample.
    """
    for definition in view.outline.definitions if view.outline else ():
        edits = taken_out(view, definition)
        if edits:
            span = whole(definition)
            yield undo(task, definition, span, edits)
