"""Rename local variables of a Python function; bytecode says that it still means the same."""

import dataclasses
import itertools
import re
from collections.abc import Mapping

from transforms.outlines.outline import Span
from transforms.samples.augmentations import bytecode, scopes
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import AugmentationSpec, Cut, SourceView
from transforms.samples.drafts import Piece, Text, digest, render_text

_NAME = "renamed_variables"
_MAX_RENAMED = 4
_MIN_OCCURRENCES = 2
# Through these a function may see its variables' names.
_SEES_NAMES = re.compile(
    rb"\b(locals|vars|dir|eval|exec|globals|compile|__class__|_getframe|currentframe|inspect|import\s*\*)"
)
_Edits = list[tuple[int, int, str]]  # as in `Piece`


def _vary(view: SourceView, cut: Cut) -> Cut | None:
    """Return the cut with up to four of its function's local variables renamed."""
    if cut.definition is None:
        return None
    span = cut.definition.span
    if _SEES_NAMES.search(view.text, span.start, span.end):
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
        context=_with_edits(cut.context, edits),
        suffix=_with_edits(cut.suffix, edits),
        target=_with_edits(cut.target, edits),
        identity=_with_edits(cut.identity, edits),
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


def _is_verified(text: bytes, lines: Span, edits: _Edits, names: Mapping[str, str]) -> bool:
    piece = Piece(lines.start, lines.end, tuple(edits))
    original = text[lines.start : lines.end].decode()
    return bytecode.same_meaning(original, render_text(text, (piece,)), names)


def _with_edits(text: Text, edits: _Edits) -> Text:
    """Apply the edits to the pieces that hold their places."""
    return tuple(
        dataclasses.replace(
            piece, edits=tuple(e for e in edits if piece.start <= e[0] and e[1] <= piece.end)
        )
        if isinstance(piece, Piece)
        else piece
        for piece in text
    )


SPEC = AugmentationSpec(
    name=_NAME,
    tasks=frozenset({"function_completion", "method_completion"}),
    languages=frozenset({"python"}),
    vary=_vary,
)
