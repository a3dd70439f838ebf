"""Say what a definition is for: the prompt is it without its doc, the target the doc's summary."""

from collections.abc import Iterator

from transforms.outlines.outline import Definition
from transforms.samples.cuts import Cut, SourceView, TaskSpec, remembered
from transforms.samples.documentation import is_human, without_doc
from transforms.samples.drafts import Piece, Text, render_text
from transforms.samples.eligibility import code_of, letters, whole
from transforms.samples.explanations import explanation

_NAME = "explain"
_MIN_LETTERS = 40
_NOT_EXPLAINED = frozenset({"rule"})  # what stands above a makefile's is about its recipe's reasons
_BLOCK = 20  # whatever run of 40 characters two texts share, it holds one of these of the target


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each definition whose doc begins with an explanation of it in words."""
    for definition in view.outline.definitions if view.outline else ():
        summary = explained(view, definition)
        if not summary:
            continue
        span = whole(definition)
        yield Cut(
            task=_NAME,
            definition=definition,
            context=without_doc(view.text, definition) or (),
            suffix=(),
            target=(summary,),
            identity=(Piece(span.start, span.end),),
            span=span,
            origin="derived",
        )


@remembered
def explained(view: SourceView, definition: Definition) -> str:
    """Return what a definition's doc explains; nothing where it does not, or the code says it."""
    body, doc = definition.body, definition.doc
    if body is None or doc is None or definition.has_error or not is_human(view.text, doc):
        return ""
    summary = explanation(view, definition)
    context = without_doc(view.text, definition) if summary else None
    if context is None or letters(code_of(view, body)) < _MIN_LETTERS:
        return ""
    size = whole(definition).size
    if size <= 4 * view.max_context_chars and _is_said(view.text, context, summary):
        return ""
    return summary


def _is_said(text: bytes, context: Text, summary: str) -> bool:
    """Whether the code says the same in a comment or a string: 20 of its characters in a row."""
    code, summary = " ".join(render_text(text, context).split()).lower(), summary.lower()
    blocks = range(0, max(1, len(summary) - _BLOCK + 1), _BLOCK)
    return any(summary[at : at + _BLOCK].rstrip(".") in code for at in blocks)


SPEC = TaskSpec(name=_NAME, find=_cut)
