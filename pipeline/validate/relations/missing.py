"""Which pieces of a target its prompt's code lacks: what was put in, found by reading both."""

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_MAX_STEPS = 200_000


class Option(NamedTuple):
    """What may be missing at a place of the target.

    Attributes:
      end: where it ends.
      instead: what the code has in its place.
    """

    end: int
    instead: str = ""


Options = Callable[[str, int], Iterable[Option]]
_Place = tuple[int, int]  # in the target and in the code, both without white space


def missing(target: str, code: str, places: Sequence[int], options: Options) -> list[str] | None:
    """Read a target and code side by side, and tell what only the target has.

    White space does not count. Where the target could go on either way, both are tried.

    Args:
      target: the text with something put in.
      code: the text without.
      places: of the target, in order, at which something may be missing in the code.
      options: what that may be, for each of these places, the likely last.

    Returns:
      the missing pieces, in order; None where taking such pieces out of the target does not give
      the code.
    """
    return _Reading(target, code, places, options).pieces()


class _Reading:
    """A target and code, and how far both were read."""

    def __init__(self, target: str, code: str, places: Sequence[int], options: Options) -> None:
        self._target = target
        self._marks = [at for at, character in enumerate(target) if not character.isspace()]
        self._bare, self._code = "".join(target.split()), "".join(code.split())
        self._stops = [bisect.bisect_left(self._marks, place) for place in places]
        self._is_stop = frozenset(self._stops)
        self._options = options
        self._from: dict[_Place, tuple[_Place, str]] = {}

    def pieces(self) -> list[str] | None:
        """Read on as long as both are alike, and leave something out where they are not."""
        stack: list[tuple[_Place, bool]] = [((0, 0), False)]
        for _ in range(_MAX_STEPS):
            if not stack:
                return None
            place, differs = stack.pop()
            at, read = place
            index = bisect.bisect_left(self._stops, at)
            stop = self._stops[index] if index < len(self._stops) else len(self._bare)
            if stop > at:
                follows = (stop, read + stop - at)
                if self._bare[at:stop] == self._code[read : follows[1]]:
                    stack += self._new(place, follows, "")
            elif at == len(self._bare):
                if read == len(self._code):
                    return self._way(place)
            elif not differs and self._bare[at] == self._code[read : read + 1]:
                stack.append((place, True))  # for when it leads nowhere
                stack += self._new(place, (at + 1, read + 1), "")
            else:
                for follows, piece in self._left_out(at, read):
                    stack += self._new(place, follows, piece)
        return None

    def _left_out(self, at: int, read: int) -> Iterator[tuple[_Place, str]]:
        """Yield where reading may go on after something that the code lacks, and that."""
        start = self._marks[at]
        for end, instead in self._options(self._target, start):
            after, follows = bisect.bisect_left(self._marks, end), read + len(instead)
            is_alike = self._bare[after : after + 1] == self._code[follows : follows + 1]
            # What stands right there may be missing as well.
            if self._code.startswith(instead, read) and (is_alike or after in self._is_stop):
                yield (after, follows), self._target[start:end]

    def _new(self, place: _Place, follows: _Place, piece: str) -> list[tuple[_Place, bool]]:
        """Note how a place is reached; nothing where that is known."""
        if follows in self._from:
            return []
        self._from[follows] = (place, piece)
        return [(follows, False)]

    def _way(self, place: _Place) -> list[str]:
        """The pieces left out on the way to a place, in order."""
        pieces: list[str] = []
        while place != (0, 0):
            place, piece = self._from[place]
            if piece:
                pieces.append(piece)
        return pieces[::-1]
