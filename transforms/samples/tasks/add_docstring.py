"""Document a definition: the prompt is it without its doc, the target the same with it."""

from collections.abc import Iterator

from transforms.outlines.outline import Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.documentation import is_human, without_doc
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import code_of, head_start, letters

_NAME = "add_docstring"
_MIN_LETTERS = 20
_MIN_DOC_RATIO = 0.02  # where less of the target is the doc, the rest is copying


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each definition with a body and a doc that a person wrote about it."""
    definitions = view.outline.definitions if view.outline else ()
    for definition in definitions:
        body, doc = definition.body, definition.doc
        if body is None or doc is None or definition.has_error:
            continue
        if letters(code_of(view, body)) < _MIN_LETTERS or not is_human(view.text, doc):
            continue
        span = Span(head_start(definition), definition.span.end)
        context = without_doc(view.text, definition)
        if context is None or doc.size < _MIN_DOC_RATIO * span.size:
            continue
        target = (Piece(span.start, span.end),)
        yield Cut(
            task=_NAME,
            definition=definition,
            context=context,
            suffix=(),
            target=target,
            identity=target,
            span=span,
        )


SPEC = TaskSpec(name=_NAME, cut=_cut)
