"""Balance languages: at most a target for each, the best by quality."""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms.group import Grouped, JoinByKey
from transforms.records import Cutoff, DraftKey

Histogram = dict[int, int]  # quality in ten-thousandths -> count


class Balanced(NamedTuple):
    """The DraftKeys taken, and a Cutoff for each language."""

    taken: beam.PCollection
    cutoffs: beam.PCollection


class BalanceLanguages(beam.PTransform):
    """DraftKeys -> the best `target_per_language` of each language, by (quality descending, id).

    A histogram of qualities says at which quality a language's rows end. Keys are then grouped by
    language and quality: of a better group all are taken, of a worse one none, and of the last one
    as many as are still wanted. Two shuffles, of histograms and of keys. The ends, one a language,
    are the side input.
    """

    def __init__(self, target_per_language: int, spill_dir: str | None) -> None:
        super().__init__()
        self._target = target_per_language
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, draft_keys: beam.PCollection[DraftKey]) -> Balanced:
        ends = (
            draft_keys
            | "Qualities" >> beam.Map(_quality_of_language)
            | "Histograms" >> beam.CombinePerKey(CountValuesFn())
            | "Ends" >> beam.Map(_end, target=self._target).with_output_types(tuple[str, Cutoff])
        )
        balanced = (
            {"keys": draft_keys | "KeyByQuality" >> beam.Map(_by_language_and_quality)}
            | "GroupByQuality" >> JoinByKey(self._spill_dir)
            | "Take"
            >> beam.ParDo(_TakeFn(), beam.pvalue.AsDict(ends)).with_outputs("cutoffs", main="taken")
        )
        return Balanced(balanced.taken, balanced.cutoffs)


class CountValuesFn(beam.CombineFn):
    """Count how often each integer comes."""

    def create_accumulator(self) -> Histogram:
        """An empty histogram."""
        return {}

    def add_input(self, accumulator: Histogram, value: int) -> Histogram:
        """Count one."""
        accumulator[value] = accumulator.get(value, 0) + 1
        return accumulator

    def merge_accumulators(self, accumulators: Iterable[Histogram]) -> Histogram:
        """Add counts up."""
        merged: Histogram = {}
        for accumulator in accumulators:
            for value, count in accumulator.items():
                merged[value] = merged.get(value, 0) + count
        return merged

    def extract_output(self, accumulator: Histogram) -> Histogram:
        """The histogram itself."""
        return accumulator


def _quality_of_language(key: DraftKey) -> tuple[str, int]:
    return key.language, key.quality


def _by_language_and_quality(key: DraftKey) -> tuple[bytes, DraftKey]:
    return f"{key.language}\0{key.quality}".encode(), key


def _end(element: tuple[str, Histogram], target: int) -> tuple[str, Cutoff]:
    """Where a language's rows end by quality; the id follows from the ties there."""
    language, histogram = element
    available = sum(histogram.values())
    taken = min(available, target)
    better = 0
    for lowest in sorted(histogram, reverse=True):
        if better + histogram[lowest] >= taken:
            break
        better += histogram[lowest]
    return language, Cutoff(
        language=language,
        available=available,
        taken=taken,
        lowest_quality=lowest,
        ties_taken=taken - better,
        lowest_id="",
    )


class _TakeFn(beam.DoFn):
    def process(
        self, element: Grouped, ends: dict[str, Cutoff]
    ) -> Iterator[DraftKey | TaggedOutput[Literal["cutoffs"], Cutoff]]:
        keys: list[DraftKey] = sorted(element[1]["keys"], key=lambda key: key.draft_id)
        end = ends[keys[0].language]
        quality = keys[0].quality
        if quality > end.lowest_quality:
            yield from keys
        elif quality == end.lowest_quality:
            yield from keys[: end.ties_taken]
            cutoff = dataclasses.replace(end, lowest_id=keys[end.ties_taken - 1].draft_id)
            yield TaggedOutput("cutoffs", cutoff)
