"""Comment a definition: the prompt is it without its comments in words, the target the same with.

Docs stay where they are, and so do comments that are no words to a reader, such as directives.
"""

from collections.abc import Iterator

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import code_of, head_start, letters
from transforms.samples.remarks import is_generated
from transforms.samples.stripping import comment_edits

_NAME = "add_comments"
_MIN_LETTERS = 40  # of code
_MIN_WORDS = 6
_LETTERS_A_WORD = 60  # of code, for each word of comment at most: where less is said, all is copied


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each definition with a body and comments that say enough about it."""
    definitions = view.outline.definitions if view.outline and view.outline.comments else ()
    for definition in definitions:
        whole = Span(head_start(definition), definition.span.end)
        # No character has more than four bytes.
        if definition.body is None or whole.size > 4 * view.max_target_chars:
            continue
        if definition.has_error or not _says_enough(view, definition):
            continue
        target = Piece(whole.start, whole.end)
        yield Cut(
            task=_NAME,
            definition=definition,
            context=(Piece(whole.start, whole.end, comment_edits(view, definition)),),
            suffix=(),
            target=(target,),
            identity=(target,),
            span=whole,
        )


def _says_enough(view: SourceView, definition: Definition) -> bool:
    """Whether a definition has enough words of comment for its code, and few other comments."""
    said = words = others = 0
    for remark in view.comment_strip.remarks(definition):
        found = view.comment_strip.words(remark)
        words += found
        said += remark.span.size if found else 0
        others += 0 if found else remark.span.size
    if words < _MIN_WORDS or others > said or _is_generated(view, definition):
        return False
    return _MIN_LETTERS <= letters(code_of(view, definition.span)) <= _LETTERS_A_WORD * words


def _is_generated(view: SourceView, definition: Definition) -> bool:
    """Whether a comment inside says that a program wrote it all."""
    spans = (remark.span for remark in view.comment_strip.remarks(definition))
    return any(is_generated(view.text[start:end].decode()) for start, end in spans)


SPEC = TaskSpec(name=_NAME, cut=_cut)
