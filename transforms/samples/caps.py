"""Caps: which of the cuts of a definition, and of a file, are made into samples."""

import collections
import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from transforms.outlines.outline import Definition, Span
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import Candidate, Cut, SourceView
from transforms.samples.drafts import Text, digest
from transforms.samples.mix import DEFAULT_SHARE

_DRAWN_BY_BYTES = 4096
_VARIED_SHARE = 0.25  # of definitions keep room for a variant


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


class _Drawn(NamedTuple):
    """A cut, or a candidate for one, and its place in the queue.

    Attributes:
      draw: the smaller, the sooner.
      group: what is the same for all that is about one definition.
      most: how many of the group are kept.
    """

    draw: float
    group: object
    most: int
    found: Cut | Candidate


def keep(
    view: SourceView, found: Iterable[Cut | Candidate], caps: Caps, varied: bool = False
) -> list[Cut]:
    """Choose a file's cuts by hash, tasks of a larger share more often.

    Cuts whose targets differ come before more cuts with one target: each target of a definition
    once, then each a second time, and so on. What is drawn for a definition depends on its text
    alone, so that its copies in other files get the same. A candidate is made when it is drawn; if
    it fails, the next one has its place.

    Args:
      varied: whether the language has variants, for which some definitions keep room.

    Returns:
      the cuts by task, then by place.
    """
    kept: list[Cut] = []
    times: collections.Counter[object] = collections.Counter()
    queue = sorted(_drawn(view, found, caps, varied), key=lambda each: each.draw)
    while queue:
        again: list[_Drawn] = []
        written: set[tuple[object, Text]] = set()
        for each in queue:
            if len(kept) == caps.per_file or times[each.group] >= each.most:
                continue
            cut: Cut | Candidate | None = each.found
            if (each.group, each.found.target) not in written and isinstance(cut, Candidate):
                cut = cut.make()
            if cut is None:
                continue
            if isinstance(cut, Candidate) or (each.group, cut.target) in written:
                again.append(each._replace(found=cut))
                continue
            written.add((each.group, cut.target))
            times[each.group] += 1
            kept.append(cut)
        queue = again
    return sorted(kept, key=lambda cut: (cut.task, cut.span.start, cut.span.end))


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


def _drawn(
    view: SourceView, found: Iterable[Cut | Candidate], caps: Caps, varied: bool
) -> Iterator[_Drawn]:
    """Draw a place for each cut.

    It is from the exponential distribution whose rate is the task's share. The smallest of such
    draws is each task's with the probability of its share in the sum (Efraimidis and Spirakis 2006,
    weighted sampling without replacement).
    """
    texts: dict[object, bytes] = {}
    most: dict[object, int] = {}
    times: collections.Counter[tuple[object, str]] = collections.Counter()
    for each in found:
        share = caps.share(each.task)
        if share <= 0:
            continue
        group, span = _about(each)
        if group not in texts:
            text = view.text[span.start : min(span.end, span.start + _DRAWN_BY_BYTES)]
            texts[group] = digest(text, str(span.size))
            most[group] = _most(view, texts[group], caps, varied)
        times[group, each.task] += 1
        parts = (texts[group], "cap", each.task, str(times[group, each.task]))
        draw = -math.log(1 - unit_interval(view.seed, *parts)) / share
        yield _Drawn(draw, group, most[group], each)


def _most(view: SourceView, definition: bytes, caps: Caps, varied: bool) -> int:
    """How many cuts of a definition are kept: one less where a variant is to have room."""
    varies = varied and unit_interval(view.seed, definition, "varied") < _VARIED_SHARE
    return max(1, caps.per_definition - 1) if varies else caps.per_definition


def _about(found: Cut | Candidate) -> tuple[object, Span]:
    """What is the same for all cuts of one definition, or of lines; and where that is."""
    if found.definition is not None:
        return id(found.definition), found.definition.span
    return found.span, found.span
