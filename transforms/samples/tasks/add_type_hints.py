"""Type a definition: the prompt is it without the types that may be left out, the target with."""

import functools

from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView, TaskSpec, remembered
from transforms.samples.drafts import Edit
from transforms.samples.eligibility import code_of, letters
from transforms.samples.stripping import hint_edits
from transforms.samples.tasks.edited import put_in

_NAME = "add_type_hints"
_MIN_LETTERS = 20  # of the body
_MIN_HINT_LETTERS = 6  # more than `void` or `None`
_MIN_HINT_RATIO = 0.02  # where less of the target is hints, the rest is copying
# What mostly holds other definitions, each of which is a better sample.
_HOLDERS = frozenset("namespace module package program interface impl library unit".split())


@remembered
def taken_out(view: SourceView, definition: Definition) -> tuple[Edit, ...]:
    """Return what takes the types out of a definition that does without; nothing where few are."""
    if view.language.hints is None or not _is_worth_typing(view, definition):
        return ()
    edits = hint_edits(view, definition)
    hints = [view.text[start:end].strip() for start, end, _ in edits]
    # However often `void` stands there, it says the same.
    said = sum(letters(hint) for hint in set(hints))
    hint_bytes = sum(len(hint) for hint in hints)
    is_enough = said >= _MIN_HINT_LETTERS and hint_bytes >= _MIN_HINT_RATIO * definition.span.size
    return edits if is_enough else ()


def _is_worth_typing(view: SourceView, definition: Definition) -> bool:
    body = definition.body
    return (
        body is not None
        and not definition.has_error
        and definition.kind not in _HOLDERS
        and definition.span.size <= 4 * view.max_target_chars  # bytes of as many characters at most
        and letters(code_of(view, body)) >= _MIN_LETTERS
    )


SPEC = TaskSpec(_NAME, functools.partial(put_in, task=_NAME, taken_out=taken_out))
