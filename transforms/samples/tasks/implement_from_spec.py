"""Write a body from its header and a doc that says enough, without the file that precedes."""

import re
from collections.abc import Iterator

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.documentation import is_human
from transforms.samples.drafts import Piece, Text
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, has_substance, head_start
from transforms.samples.explanations import specifies

_NAME = "implement_from_spec"
_KINDS = (FUNCTION_KINDS | METHOD_KINDS) - {"test"}


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each function or method whose doc is a specification of its body."""
    for definition in view.outline.definitions if view.outline else ():
        body, doc = definition.body, definition.doc
        if definition.kind not in _KINDS or body is None or doc is None or doc.end > body.start:
            continue
        if not is_human(view.text, doc) or not has_substance(view, definition):
            continue
        if _is_test(view, definition) or not specifies(view, definition, doc, body):
            continue
        context = _specification(view, definition, body)
        if context is None:
            continue
        target = Piece(body.start, body.end)
        yield Cut(
            task=_NAME,
            definition=definition,
            context=context,
            suffix=(),
            target=(target,),
            identity=(Piece(head_start(definition), body.start), target),
            span=body,
        )


def _is_test(view: SourceView, definition: Definition) -> bool:
    """Whether the doc is a test's, which tells what others do."""
    tests = view.language.tests
    return bool(tests and tests.names and re.search(tests.names, definition.name))


def _specification(view: SourceView, definition: Definition, body: Span) -> Text | None:
    """Return header and doc, below the headers around them and the imports.

    Without these where that is all that precedes, since a completion shows the same; None where
    nothing precedes. Where it does not fit, the cut is made to be rejected with a reason.
    """
    own = Piece(head_start(definition), body.start)
    context = view.surroundings.headed(
        Span(own.start, definition.span.end), body, view.max_context_chars
    )
    if context is None:
        return (own,)
    if any(isinstance(piece, Piece) and view.text[: piece.start].strip() for piece in context[:1]):
        return context
    shown = sum(piece.end - piece.start for piece in context if isinstance(piece, Piece))
    if shown < body.start:
        return context
    line_start = view.text.rfind(b"\n", 0, own.start) + 1
    return (Piece(line_start, own.end),) if view.text[:line_start].strip() else None


SPEC = TaskSpec(name=_NAME, find=_cut)
