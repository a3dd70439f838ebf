"""Document a definition: the prompt is it without its doc, the target the same with it."""

import functools

from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView, TaskSpec, remembered
from transforms.samples.documentation import is_human
from transforms.samples.drafts import Edit
from transforms.samples.eligibility import code_of, letters, whole
from transforms.samples.stripping import doc_edits
from transforms.samples.tasks.edited import put_in

_NAME = "add_docstring"
_MIN_LETTERS = 20
_MIN_DOC_RATIO = 0.02  # where less of the target is the doc, the rest is copying


@remembered
def taken_out(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Return what takes its doc out of a definition; nothing where it says too little."""
    body, doc = definition.body, definition.doc
    if body is None or doc is None or definition.has_error:
        return ()
    if letters(code_of(view, body)) < _MIN_LETTERS or not is_human(view.text, doc):
        return ()
    size = whole(definition).size
    return doc_edits(view, definition) if doc.size >= _MIN_DOC_RATIO * size else ()


SPEC = TaskSpec(_NAME, functools.partial(put_in, task=_NAME, taken_out=taken_out))
