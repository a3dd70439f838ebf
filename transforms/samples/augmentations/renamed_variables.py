"""Rename local variables of a Python function; bytecode says that it still means the same."""

import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence

from transforms.outlines.outline import Span
from transforms.samples.augmentations import bytecode, scopes
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import AugmentationSpec, Cut, SourceView
from transforms.samples.drafts import Edit, Piece, digest, render_text, with_edits

_NAME = "renamed_variables"
_MAX_RENAMED = 4
_MIN_OCCURRENCES = 2


def _vary(view: SourceView, cut: Cut) -> Cut | None:
    """Return the cut with up to four of its function's local variables renamed."""
    if cut.definition is None:
        return None
    span = cut.definition.span
    if scopes.sees_names(view.text, span):
        return None
    function = scopes.read_function(view.text, span)
    if function is None:
        return None
    names = _chosen_names(view, span, function)
    edits = sorted(
        (place, place + len(old.encode()), new)
        for old, new in names.items()
        for place in function.places[old]
    )
    if not edits or not _is_verified(view.text, Span(function.line_start, span.end), edits, names):
        return None
    return dataclasses.replace(
        cut,
        context=with_edits(cut.context, edits),
        suffix=with_edits(cut.suffix, edits),
        target=with_edits(cut.target, edits),
        identity=with_edits(cut.identity, edits),
        span=span,
        origin="derived",
        variant=_NAME,
    )


def _chosen_names(view: SourceView, span: Span, function: scopes.Function) -> dict[str, str]:
    """Choose by hash which variables are renamed, and to what names that the file does not have.

    The hash is of the function alone, so that its copies in other files are renamed alike.
    """
    parts = (digest(view.text[span.start : span.end]), _NAME)
    candidates = sorted(
        (name for name, places in function.places.items() if len(places) >= _MIN_OCCURRENCES),
        key=lambda name: (unit_interval(view.seed, *parts, "which", name), name),
    )
    chosen: dict[str, str] = {}
    for name in candidates[:_MAX_RENAMED]:
        options = function.suggestions[name]
        first = int(unit_interval(view.seed, *parts, "name", name) * len(options))
        numbered = (
            f"{option}_{number}" if number > 1 else option
            for number in itertools.count(1)
            for option in options[first:] + options[:first]
        )
        chosen[name] = next(
            new for new in numbered if new not in chosen.values() and _is_fresh(view.text, new)
        )
    return chosen


def _is_fresh(text: bytes, name: str) -> bool:
    """Whether no word of the file, in code, string or comment, is this name."""
    word = name.encode()
    return word not in text or re.search(rb"\b" + word + rb"\b", text) is None


def _is_verified(text: bytes, lines: Span, edits: Sequence[Edit], names: Mapping[str, str]) -> bool:
    piece = Piece(lines.start, lines.end, tuple(edits))
    original = text[lines.start : lines.end].decode()
    return bytecode.same_meaning(original, render_text(text, (piece,)), names)


SPEC = AugmentationSpec(
    name=_NAME,
    tasks=frozenset({"function_completion", "method_completion"}),
    languages=frozenset({"python"}),
    vary=_vary,
)
