"""Balance languages: at most a target for each, the best by quality."""

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms.group import Grouped, JoinByKey
from transforms.records import Cutoff, DraftKey
from transforms.samples.mix import rooms

Histogram = dict[int, int]  # quality in ten-thousandths -> count


class Balanced(NamedTuple):
    """The DraftKeys taken, and a Cutoff for each language."""

    taken: beam.PCollection
    cutoffs: beam.PCollection


class BalanceLanguages(beam.PTransform):
    """DraftKeys -> the best `target_per_language` of each language, by (quality descending, id).

    With a mix of tasks, the best of each task of each language, in the mix's proportions as far as
    there are samples.

    A histogram of qualities says at which quality the rows of a language, or of its task, end. Keys
    are then grouped by that and quality: of a better group all are taken, of a worse one none, and
    of the last one as many as are still wanted. Two shuffles, of histograms and of keys. The ends,
    one a language or a language's task, are the side input.
    """

    def __init__(
        self, target_per_language: int, mix: Mapping[str, float], spill_dir: str | None
    ) -> None:
        super().__init__()
        self._target = target_per_language
        self._mix = mix
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, draft_keys: beam.PCollection[DraftKey]) -> Balanced:
        by_task = bool(self._mix)
        ends = (
            draft_keys
            | "Qualities" >> beam.Map(_quality_of_language)
            | "Histograms" >> beam.CombinePerKey(CountValuesFn())
            | "Ends"
            >> beam.FlatMap(_ends, target=self._target, mix=self._mix).with_output_types(
                tuple[tuple[str, str], Cutoff]
            )
        )
        balanced = (
            {"keys": draft_keys | "KeyByQuality" >> beam.Map(_by_quality, by_task=by_task)}
            | "GroupByQuality" >> JoinByKey(self._spill_dir)
            | "Take"
            >> beam.ParDo(_TakeFn(by_task), beam.pvalue.AsDict(ends)).with_outputs(
                "cutoffs", main="taken"
            )
        )
        return Balanced(balanced.taken, balanced.cutoffs)


class CountValuesFn(beam.CombineFn):
    """Count how often each value comes."""

    def create_accumulator(self) -> dict:
        """An empty histogram."""
        return {}

    def add_input(self, accumulator: dict, value: object) -> dict:
        """Count one."""
        accumulator[value] = accumulator.get(value, 0) + 1
        return accumulator

    def merge_accumulators(self, accumulators: Iterable[dict]) -> dict:
        """Add counts up."""
        merged: dict = {}
        for accumulator in accumulators:
            for value, count in accumulator.items():
                merged[value] = merged.get(value, 0) + count
        return merged

    def extract_output(self, accumulator: dict) -> dict:
        """The histogram itself."""
        return accumulator


def _quality_of_language(key: DraftKey) -> tuple[str, tuple[str, int]]:
    return key.language, (key.task, key.quality)


def _group(key: DraftKey, by_task: bool) -> tuple[str, str]:
    """What rows are counted by: the language, and its task where a mix is set."""
    return key.language, key.task if by_task else ""


def _by_quality(key: DraftKey, by_task: bool) -> tuple[bytes, DraftKey]:
    return "\0".join((*_group(key, by_task), str(key.quality))).encode(), key


def _ends(
    element: tuple[str, dict[tuple[str, int], int]], target: int, mix: Mapping[str, float]
) -> Iterator[tuple[tuple[str, str], Cutoff]]:
    """Where a language's rows end by quality, or those of each of its tasks."""
    language, counts = element
    histograms: dict[str, Histogram] = collections.defaultdict(collections.Counter)
    for (task, quality), count in counts.items():
        histograms[task if mix else ""][quality] += count
    available = {task: sum(histogram.values()) for task, histogram in histograms.items()}
    for task, room in rooms(available, mix, target).items():
        yield (language, task), _end(language, task, histograms[task], room)


def _end(language: str, task: str, histogram: Histogram, room: int) -> Cutoff:
    """Where so many rows end by quality; the id follows from the ties there."""
    better = 0
    for lowest in sorted(histogram, reverse=True):
        if better + histogram[lowest] >= room:
            break
        better += histogram[lowest]
    return Cutoff(
        language=language,
        task=task,
        available=sum(histogram.values()),
        taken=room,
        lowest_quality=lowest,
        ties_taken=room - better,
        lowest_id="",
    )


class _TakeFn(beam.DoFn):
    def __init__(self, by_task: bool) -> None:
        self._by_task = by_task

    def process(
        self, element: Grouped, ends: dict[tuple[str, str], Cutoff]
    ) -> Iterator[DraftKey | TaggedOutput[Literal["cutoffs"], Cutoff]]:
        keys: list[DraftKey] = sorted(element[1]["keys"], key=lambda key: key.draft_id)
        end = ends[_group(keys[0], self._by_task)]
        quality = keys[0].quality
        if quality > end.lowest_quality:
            yield from keys
        elif quality == end.lowest_quality:
            yield from keys[: end.ties_taken]
            lowest_id = keys[end.ties_taken - 1].draft_id if end.taken else ""
            yield TaggedOutput("cutoffs", dataclasses.replace(end, lowest_id=lowest_id))
