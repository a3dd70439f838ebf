"""What leaves a definition as it was before somebody documented, typed or explained it.

Each function returns edits, in offsets of the decoded source: sorted, disjoint, and disjoint from
those of the other functions, so that any of them can be made together. There are none where there
is nothing to take away, or where not all of it can be.
"""

from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView
from transforms.samples.documentation import doc_edit
from transforms.samples.drafts import Edit


def comment_edits(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Take out the comments in words inside a definition; docs and directives stay."""
    return view.comment_strip.edits(definition)


def hint_edits(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Take out all types that may be left out, where the definition parses without them."""
    return view.hint_strip.edits(definition)


def doc_edits(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Take out the doc, before the definition or inside it."""
    edit = doc_edit(view.text, definition)
    return (edit,) if edit else ()
