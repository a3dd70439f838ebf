"""Caps: which of the cuts of a definition, and of a file, are made into samples."""

import collections
import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence

from transforms.outlines.outline import Definition
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import digest
from transforms.samples.mix import DEFAULT_SHARE

_DRAWN_BY_BYTES = 4096


@dataclasses.dataclass(frozen=True, slots=True)
class Caps:
    """At most so many samples, variants included.

    Attributes:
      mix: shares of tasks; a task that is not in it has the share 1.
    """

    per_definition: int
    per_file: int
    mix: Mapping[str, float]

    def share(self, task: str) -> float:
        """How often a task is drawn, in proportion to the others."""
        return self.mix.get(task, DEFAULT_SHARE)


@dataclasses.dataclass(frozen=True, slots=True)
class _Drawn:
    """A cut and its place in the queue.

    Attributes:
      repeats: how many before it in its definition's queue have its target.
      draw: the smaller, the sooner.
    """

    cut: Cut
    repeats: int
    draw: float


def keep(view: SourceView, cuts: Sequence[Cut], caps: Caps) -> list[Cut]:
    """Choose a file's cuts by hash, tasks of a larger share more often.

    Cuts whose targets differ come before more cuts with one target. What is drawn for a definition
    depends on its text alone, so that its copies in other files get the same.

    Returns:
      the cuts by task, then by place.
    """
    by_definition: dict[object, list[Cut]] = collections.defaultdict(list)
    for cut in cuts:
        if caps.share(cut.task) > 0:
            by_definition[id(cut.definition) if cut.definition else cut.span].append(cut)
    kept = [
        drawn
        for group in by_definition.values()
        for drawn in _queue(view, group, caps)[: caps.per_definition]
    ]
    if len(kept) > caps.per_file:
        kept.sort(key=lambda drawn: (drawn.repeats, drawn.draw))
    chosen = [drawn.cut for drawn in kept[: caps.per_file]]
    return sorted(chosen, key=lambda cut: (cut.task, cut.span.start, cut.span.end))


class Rooms:
    """How many variants still have room, beside the originals that are kept."""

    def __init__(self, originals: Sequence[Cut], caps: Caps) -> None:
        self._of_file = caps.per_file - len(originals)
        self._of_definition = caps.per_definition
        self._taken = collections.Counter(id(cut.definition) for cut in originals)

    def left(self, definition: Definition) -> int:
        """How many more samples there may be of a definition."""
        return min(self._of_file, self._of_definition - self._taken[id(definition)])

    def take(self, definition: Definition) -> None:
        """Count one more."""
        self._of_file -= 1
        self._taken[id(definition)] += 1


def _queue(view: SourceView, group: Iterable[Cut], caps: Caps) -> list[_Drawn]:
    """Order a definition's cuts: each target once, then each a second time, and so on."""
    times: collections.Counter[str] = collections.Counter()
    drawn: list[tuple[float, int, Cut]] = []
    for cut in group:
        times[cut.task] += 1
        drawn.append((_draw(view, cut, times[cut.task], caps), len(drawn), cut))
    drawn.sort(key=lambda each: each[:2])
    seen: collections.Counter[object] = collections.Counter()
    queue = []
    for draw, _, cut in drawn:
        queue.append(_Drawn(cut, seen[cut.target], draw))
        seen[cut.target] += 1
    return sorted(queue, key=lambda each: each.repeats)


def _draw(view: SourceView, cut: Cut, time: int, caps: Caps) -> float:
    """Draw from the exponential distribution whose rate is the task's share.

    The smallest of such draws is each task's with the probability of its share in the sum
    (Efraimidis and Spirakis 2006, weighted sampling without replacement).
    """
    span = cut.definition.span if cut.definition else cut.span
    text = view.text[span.start : min(span.end, span.start + _DRAWN_BY_BYTES)]
    parts = (digest(text, str(span.size)), "cap", cut.task, str(time))
    return -math.log(1 - unit_interval(view.seed, *parts)) / caps.share(cut.task)
