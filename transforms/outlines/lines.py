"""Numbers of a text's lines."""

import bisect


class Lines:
    """Line numbers of a text, 1-based; only a newline byte ends a line."""

    def __init__(self, text: bytes) -> None:
        self._ends: list[int] = []
        at = text.find(b"\n")
        while at >= 0:
            self._ends.append(at)
            at = text.find(b"\n", at + 1)

    def of(self, position: int) -> int:
        """The line of the byte at `position`."""
        return bisect.bisect_left(self._ends, position) + 1
