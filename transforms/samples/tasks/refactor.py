"""Refactor a definition: the prompt is it made worse, the target it as a person wrote it."""

import functools
from collections.abc import Iterator

from transforms.outlines.outline import Definition
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import Candidate, Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece, digest
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, has_substance
from transforms.samples.refactoring.names import Renamer
from transforms.samples.refactoring.structure import Restructurer
from transforms.samples.tasks.edited import undo

_NAME = "refactor"
_MAX_BYTES = 3000  # the rest of a longer one is copying


def _find(view: SourceView) -> Iterator[Candidate]:
    """Yield a candidate for each function or method."""
    if view.outline is None or view.language.refactor is None:
        return
    families = (Renamer(view), Restructurer(view))
    for definition in view.outline.definitions:
        if _is_eligible(view, definition):
            make = functools.partial(_cut, view, families, definition)
            yield Candidate(_NAME, definition, (Piece(*definition.span),), make)


def _cut(
    view: SourceView, families: tuple[Renamer, Restructurer], definition: Definition
) -> Cut | None:
    """Make a definition's names or structure worse; None where neither can be.

    Which of the two is tried first is drawn by the definition, so that both are as frequent.
    """
    span = definition.span
    drawn_by = digest(view.text[span.start : span.end])
    names_first = unit_interval(view.seed, drawn_by, _NAME, "family") < 0.5
    for worsen in families if names_first else families[::-1]:
        edits = worsen(definition, drawn_by)
        if edits:
            return undo(_NAME, definition, span, edits, origin="derived")
    return None


def _is_eligible(view: SourceView, definition: Definition) -> bool:
    return (
        definition.kind in FUNCTION_KINDS | METHOD_KINDS
        and definition.span.size <= _MAX_BYTES
        and has_substance(view, definition)
    )


SPEC = TaskSpec(name=_NAME, find=_find)
