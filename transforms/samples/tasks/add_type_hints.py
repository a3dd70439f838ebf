"""Type a definition: the prompt is it without the types that may be left out, the target with."""

from collections.abc import Iterator

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import code_of, head_start, letters
from transforms.samples.stripping import hint_edits

_NAME = "add_type_hints"
_MIN_LETTERS = 20  # of the body
_MIN_HINT_LETTERS = 6  # more than `void` or `None`
_MIN_HINT_RATIO = 0.02  # where less of the target is hints, the rest is copying
# What mostly holds other definitions, each of which is a better sample.
_HOLDERS = frozenset("namespace module package program interface impl library unit".split())


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each definition with a body and hints that it does without."""
    if view.outline is None or view.language.hints is None:
        return
    for definition in view.outline.definitions:
        if not _is_worth_typing(view, definition):
            continue
        edits = hint_edits(view, definition)
        hints = [view.text[start:end].strip() for start, end, _ in edits]
        # However often `void` stands there, it says the same.
        said = sum(letters(hint) for hint in set(hints))
        hint_bytes = sum(len(hint) for hint in hints)
        if said < _MIN_HINT_LETTERS or hint_bytes < _MIN_HINT_RATIO * definition.span.size:
            continue
        whole = Span(head_start(definition), definition.span.end)
        target = Piece(whole.start, whole.end)
        yield Cut(
            task=_NAME,
            definition=definition,
            context=(Piece(whole.start, whole.end, edits),),
            suffix=(),
            target=(target,),
            identity=(target,),
            span=whole,
        )


def _is_worth_typing(view: SourceView, definition: Definition) -> bool:
    body = definition.body
    return (
        body is not None
        and not definition.has_error
        and definition.kind not in _HOLDERS
        and definition.span.size <= 4 * view.max_target_chars  # bytes of as many characters at most
        and letters(code_of(view, body)) >= _MIN_LETTERS
    )


SPEC = TaskSpec(name=_NAME, cut=_cut)
