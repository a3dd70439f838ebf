"""Bad names for a definition's local variables: the edits, and that they change nothing else."""

import collections
import functools
import re
from collections.abc import Mapping, Sequence

from transforms.outlines.outline import Definition, Span
from transforms.samples.augmentations import bytecode, scopes
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import Edits, Piece, render_text
from transforms.samples.refactoring.bad_names import bad_names, is_good
from transforms.samples.refactoring.renaming import Renamable
from transforms.samples.refactoring.shells import parse_alone, parse_in, same_but_for_names

_MAX_RENAMED = 8
_MIN_PLACES = 5  # of all bad names together
_WORD = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")


class Renamer:
    """Makes the edits that give definitions of one file bad names."""

    def __init__(self, view: SourceView) -> None:
        """Take a file; it is searched when the first definition asks."""
        self._view = view

    def __call__(self, definition: Definition, digest: bytes) -> Edits:
        """Make the edits for a definition of this digest; none where too little can be renamed."""
        if self._view.language.name == "python":
            return self._python_edits(definition.span, digest)
        return self._edits(definition.span, digest)

    @functools.cached_property
    def _words(self) -> frozenset[bytes]:
        """All words of the file, in code, string or comment."""
        return frozenset(_WORD.findall(self._view.text))

    @functools.cached_property
    def _renamable(self) -> Renamable | None:
        view = self._view
        spec = view.language.refactor
        if spec is None or spec.renaming is None or view.outline is None:
            return None
        return Renamable(view.text, view.language, view.outline)

    def _edits(self, span: Span, digest: bytes) -> Edits:
        view, renamable, spec = self._view, self._renamable, self._view.language.refactor
        if renamable is None or spec is None:
            return ()
        places = renamable.places(span)
        names = self._choose(places, digest)
        if not names:
            return ()
        parsed = parse_alone(spec, view.language.name, view.text[span.start : span.end].decode())
        if parsed is None:
            return ()
        tree, shell = parsed
        edits = _places_to_edits(places, names)
        worse = parse_in(shell, view.language.name, render_text(view.text, (Piece(*span, edits),)))
        return edits if worse is not None and same_but_for_names(tree, worse, names) else ()

    def _python_edits(self, span: Span, digest: bytes) -> Edits:
        text = self._view.text
        if scopes.sees_names(text, span):
            return ()
        function = scopes.read_function(text, span)
        if function is None:
            return ()
        times = collections.Counter(_WORD.findall(text, *span))
        places = {
            name: at for name, at in function.places.items() if times[name.encode()] == len(at)
        }
        names = self._choose(places, digest)
        if not names:
            return ()
        edits = _places_to_edits(places, names)
        piece = Piece(function.line_start, span.end, edits)
        original = text[piece.start : piece.end].decode()
        same = bytecode.same_meaning(original, render_text(text, (piece,)), names)
        return edits if same else ()

    def _choose(self, places: Mapping[str, Sequence[int]], digest: bytes) -> dict[str, str]:
        """Choose names by hash, most of those that can be, and what they become."""
        seed = self._view.seed
        good = [name for name, at in places.items() if len(at) > 1 and is_good(name)]
        good.sort(key=lambda name: (unit_interval(seed, digest, "renamed", name), name))
        chosen = sorted(good[:_MAX_RENAMED], key=lambda name: places[name][0])
        if sum(len(places[name]) for name in chosen) < _MIN_PLACES:
            return {}
        return bad_names(chosen, lambda name: name.encode() not in self._words, seed, digest)


def _places_to_edits(places: Mapping[str, Sequence[int]], names: Mapping[str, str]) -> Edits:
    return tuple(
        sorted((at, at + len(old), new) for old, new in names.items() for at in places[old])
    )
