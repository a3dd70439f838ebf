"""Comment a definition: the prompt is it without its comments in words, the target the same with.

Docs stay where they are, and so do comments that are no words to a reader, such as directives.
"""

import functools

from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView, TaskSpec, remembered
from transforms.samples.drafts import Edit
from transforms.samples.eligibility import code_of, letters
from transforms.samples.remarks import is_generated
from transforms.samples.stripping import comment_edits
from transforms.samples.tasks.edited import put_in

_NAME = "add_comments"
_MIN_LETTERS = 40  # of code
_MIN_WORDS = 6
_LETTERS_A_WORD = 60  # of code, for each word of comment at most: where less is said, all is copied


@remembered
def taken_out(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Return what takes its comments out of a definition; nothing where they say too little."""
    if view.outline is None or not view.outline.comments:
        return ()
    # No character has more than four bytes.
    if definition.body is None or definition.span.size > 4 * view.max_target_chars:
        return ()
    if definition.has_error or not _says_enough(view, definition):
        return ()
    return comment_edits(view, definition)


def _says_enough(view: SourceView, definition: Definition) -> bool:
    """Whether a definition has enough words of comment for its code, and few other comments."""
    said = words = others = 0
    for remark in view.comment_strip.remarks(definition):
        found = view.comment_strip.words(remark)
        words += found
        said += remark.span.size if found else 0
        others += 0 if found else remark.span.size
    if words < _MIN_WORDS or 2 * others > said or _is_generated(view, definition):
        return False
    return _MIN_LETTERS <= letters(code_of(view, definition.span)) <= _LETTERS_A_WORD * words


def _is_generated(view: SourceView, definition: Definition) -> bool:
    """Whether a comment inside says that a program wrote it all."""
    spans = (remark.span for remark in view.comment_strip.remarks(definition))
    return any(is_generated(view.text[start:end].decode()) for start, end in spans)


SPEC = TaskSpec(_NAME, functools.partial(put_in, task=_NAME, taken_out=taken_out))
