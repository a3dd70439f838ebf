"""What a check finds: figures, offences, and the one line they make."""

import dataclasses
from typing import Literal

Verdict = Literal["pass", "fail", "not checkable without --input"]

PASS: Verdict = "pass"
FAIL: Verdict = "fail"
NEEDS_INPUT: Verdict = "not checkable without --input"

_SHOWN_OFFENCES = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """One promise's line.

    Attributes:
      promise: its number in the contract; 0 is the layout that all others need.
      detail: figures and, where it fails, the first offenders.
    """

    promise: int
    title: str
    verdict: Verdict
    detail: str


@dataclasses.dataclass
class Findings:
    """Gathers what one check counts and what it objects to.

    Attributes:
      offences: how many there are.
      shown: the first of them.
      complete: whether all could be looked at.
    """

    offences: int = 0
    complete: bool = True
    _figures: dict[str, int] = dataclasses.field(default_factory=dict)
    _notes: list[str] = dataclasses.field(default_factory=list)
    shown: list[str] = dataclasses.field(default_factory=list)

    def count(self, what: str, by: int = 1) -> None:
        """Add to a figure of the outcome's line."""
        self._figures[what] = self._figures.get(what, 0) + by

    def note(self, text: str) -> None:
        """Add a sentence to the outcome's line."""
        self._notes.append(text)

    def skip(self, why: str) -> None:
        """Say that a part cannot be checked here: without offences it is no pass."""
        self.complete = False
        self.note(why)

    def fault(self, offence: str) -> None:
        """Record a breach of the promise."""
        self.offences += 1
        if len(self.shown) < _SHOWN_OFFENCES:
            self.shown.append(offence)

    def expect(self, what: str, found: object, expected: object) -> None:
        """Object unless two values are equal."""
        if found != expected:
            self.fault(f"{what} is {found!r}, should be {expected!r}")

    def outcome(self, promise: int, title: str, *, complete: bool) -> Outcome:
        """The check's line. Without offences it passes only where the check was complete."""
        parts = [f"{what}: {number:,}" for what, number in self._figures.items()] + self._notes
        if self.offences:
            more = self.offences - len(self.shown)
            parts = [*self.shown, *([f"and {more:,} more"] if more else []), *parts]
        verdict = FAIL if self.offences else PASS if complete and self.complete else NEEDS_INPUT
        return Outcome(promise, title, verdict, "; ".join(parts))
