"""Numbers of a text's lines."""

import bisect
import functools


class Lines:
    """Line numbers of a text, 1-based; only a newline byte ends a line."""

    def __init__(self, text: bytes) -> None:
        """Look at nothing before it is asked for."""
        self._text = text

    def of(self, position: int) -> int:
        """The line of the byte at `position`."""
        return bisect.bisect_left(self._ends, position) + 1

    @functools.cached_property
    def _ends(self) -> list[int]:
        ends: list[int] = []
        at = self._text.find(b"\n")
        while at >= 0:
            ends.append(at)
            at = self._text.find(b"\n", at + 1)
        return ends
