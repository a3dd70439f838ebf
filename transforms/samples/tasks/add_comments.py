"""Comment a definition: the prompt is it without its comments in words, the target the same with.

Docs stay where they are, and so do comments that are no words to a reader, such as directives.
"""

from collections.abc import Iterator

from transforms.outlines.outline import Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import code_of, head_start, letters
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
        if (
            definition.body is None
            or definition.has_error
            or whole.size > 4 * view.max_target_chars
        ):
            continue
        remarks = view.comment_strip.remarks(definition)
        words = sum(remark.words for remark in remarks)
        others = sum(remark.span.size for remark in remarks if not remark.words)
        if words < _MIN_WORDS or others > sum(r.span.size for r in remarks if r.words):
            continue
        code = letters(code_of(view, definition.span))
        if not _MIN_LETTERS <= code <= _LETTERS_A_WORD * words:
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


SPEC = TaskSpec(name=_NAME, cut=_cut)
