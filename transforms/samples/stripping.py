"""What leaves a definition as it was before somebody documented, typed or explained it.

Each function returns edits, in offsets of the decoded source: sorted, disjoint, and disjoint from
those of the other functions, so that any of them can be made together. There are none where there
is nothing to take away, or where not all of it can be.
"""

import re

from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView
from transforms.samples.hint_strip import Edit

_BLANK_LINES = re.compile(rb"(?:[ \t\r]*\n)*")


def comment_edits(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Take out the comments in words inside a definition; docs and directives stay."""
    return view.comment_strip.edits(definition)


def hint_edits(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Take out all types that may be left out, where the definition parses without them."""
    return view.hint_strip.edits(definition)


def doc_edits(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Take out a doc that has lines inside a definition to itself, with the blank lines after."""
    edit = inner_doc_edit(view.text, definition)
    return (edit,) if edit else ()


def inner_doc_edit(text: bytes, definition: Definition) -> Edit | None:
    """What takes out the doc inside a definition; None where none has lines of its own there."""
    doc, span = definition.doc, definition.span
    if doc is None or doc.end <= span.start:
        return None
    line_start = text.rfind(b"\n", 0, doc.start) + 1
    line_end = text.find(b"\n", doc.end)
    own_lines = (
        span.start < line_start
        and 0 <= line_end < span.end
        and not text[line_start : doc.start].strip()
        and not text[doc.end : line_end].strip()
    )
    if not own_lines:
        return None
    blank_lines = _BLANK_LINES.match(text, line_end + 1, span.end)
    return line_start, blank_lines.end() if blank_lines else line_end + 1, ""
