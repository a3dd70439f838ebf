"""Near dedup of files: candidates by MinHash bands, verified by exact Jaccard, the best survive."""

import collections
import zlib
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.records import Edge, FileKey, Oversize, Pair, Removal, Wanted
from transforms.similarity.pairs import (
    Rows,
    band_rows,
    candidate_pairs,
    distinct,
    keys_of,
)
from transforms.similarity.sets import ShingleSets
from transforms.similarity.shingles import jaccard
from transforms.sources.reading import Changed
from transforms.sources.screening import ScreenRules
from transforms.survive import FindSurvivors

_BLOCK_BYTES = 4 << 20
_PARTITIONS = 256


class NearDuplicates(NamedTuple):
    """(content key, Removal) of each near duplicate; Oversize of each partition with any."""

    removals: beam.PCollection
    oversize: beam.PCollection


class FindNearDuplicates(beam.PTransform):
    """The best FileKey of each content -> who is a near duplicate of whom, and who is left out.

    Texts are read again where pairs are verified and never shuffled; what is, is packed band keys,
    packed pairs, places of candidates and verified pairs. A file that changed meanwhile is near
    nothing here; whoever reads it next rejects it.
    """

    def __init__(self, rules: ScreenRules, threshold: float, spill_dir: str | None) -> None:
        super().__init__()
        self._rules = rules
        self._threshold = threshold
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> NearDuplicates:
        by_content = files | "KeyByContent" >> beam.Map(_by_content)
        candidates = files | "FindCandidates" >> FindCandidates(self._spill_dir)
        edges = {"files": by_content, "pairs": candidates.pairs} | "VerifyPairs" >> VerifyPairs(
            self._rules, self._spill_dir
        )
        removed = (
            edges
            | "KeepNear" >> beam.Filter(_is_near, threshold=self._threshold)
            | "FindSurvivors" >> FindSurvivors(self._spill_dir)
        )
        removals = (
            {"files": by_content, "removed": removed}
            | "MeetSurvivors" >> JoinByKey(self._spill_dir)
            | "NameSurvivors" >> beam.ParDo(_name_survivors)
        )
        return NearDuplicates(removals, candidates.oversize)


class Candidates(NamedTuple):
    """(partition, blocks of PAIR rows); Oversize of each partition with any."""

    pairs: beam.PCollection
    oversize: beam.PCollection


class FindCandidates(beam.PTransform):
    """FileKeys of different contents -> the pairs that share a band key.

    Two shuffles, of packed blocks: of band keys, and of pairs, to have each once.
    """

    def __init__(self, spill_dir: str | None) -> None:
        super().__init__()
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> Candidates:
        found = (
            {"blocks": files | "PackBands" >> beam.ParDo(_PackBandsFn())}
            | "GroupBands" >> JoinByKey(self._spill_dir)
            | "FindPairs" >> beam.ParDo(_FindPairsFn()).with_outputs("oversize", main="pairs")
        )
        pairs = {"blocks": found.pairs} | "GroupPairs" >> JoinByKey(self._spill_dir)
        return Candidates(pairs, found.oversize)


class VerifyPairs(beam.PTransform):
    """{files: (content key, FileKey), pairs: grouped blocks} -> Edges of all pairs compared.

    The pairs of a worse document are compared in the group of its best candidate, where most
    clusters come together whole, so that a file is read about once however many partners it has.
    Two shuffles, of places and of pairs.
    """

    def __init__(self, rules: ScreenRules, spill_dir: str | None) -> None:
        super().__init__()
        self._rules = rules
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, joined: dict[str, beam.PCollection]) -> beam.PCollection[Edge]:
        arranged = joined["pairs"] | "Arrange" >> beam.ParDo(_ArrangeFn()).with_outputs(
            "wanted", main="pairs"
        )
        places = (
            {"files": joined["files"], "wanted": arranged.wanted}
            | "MeetFiles" >> JoinByKey(self._spill_dir)
            | "SendPlaces" >> beam.ParDo(_send_places)
        )
        return (
            {"files": places, "pairs": arranged.pairs}
            | "Gather" >> JoinByKey(self._spill_dir)
            | "Compare" >> beam.ParDo(_CompareFn(self._rules))
        )


def _by_content(file: FileKey) -> tuple[bytes, FileKey]:
    return file.content_key, file


def _is_near(edge: Edge, threshold: float) -> bool:
    return edge.similarity >= threshold


class _PackFn(beam.DoFn):
    """Packs rows into blocks by partition."""

    def start_bundle(self) -> None:
        self._rows: dict[int, list[bytes]] = collections.defaultdict(list)
        self._size_bytes = 0

    def finish_bundle(self) -> Iterator[Any]:
        for block in self._blocks():
            yield beam.transforms.window.GlobalWindows.windowed_value(block)

    def _add(self, partitions: np.ndarray, rows: Rows) -> Iterator[tuple[bytes, bytes]]:
        order = np.argsort(partitions, kind="stable")
        ordered = partitions[order]
        for part in np.split(order, np.flatnonzero(ordered[1:] != ordered[:-1]) + 1):
            if len(part):
                self._rows[int(partitions[part[0]])].append(rows[part].tobytes())
        self._size_bytes += rows.nbytes
        if self._size_bytes > _BLOCK_BYTES:
            yield from self._blocks()

    def _blocks(self) -> Iterator[tuple[bytes, bytes]]:
        for partition, rows in sorted(self._rows.items()):
            yield partition.to_bytes(2, "big"), b"".join(rows)
        self._rows.clear()
        self._size_bytes = 0


@beam.typehints.with_output_types(tuple[bytes, bytes])
class _PackBandsFn(_PackFn):
    def process(self, element: FileKey) -> Iterator[tuple[bytes, bytes]]:
        rows = band_rows(element.content_key, element.quality, element.bands)
        yield from self._add(rows["band"] % _PARTITIONS, rows)


class _FindPairsFn(_PackFn):
    def process(
        self, element: Grouped
    ) -> Iterator[tuple[bytes, bytes] | TaggedOutput[Literal["oversize"], Oversize]]:
        found = candidate_pairs(element[1]["blocks"])
        yield from self._add(found.pairs["worse_high"] % _PARTITIONS, found.pairs)
        if found.oversize:
            metrics.counter("near_dedup/oversize_buckets").inc(len(found.oversize))
            yield TaggedOutput("oversize", Oversize(len(found.oversize), max(found.oversize)))


class _ArrangeFn(beam.DoFn):
    """Says in which group each pair is compared, and which files the group needs."""

    def process(
        self, element: Grouped
    ) -> Iterator[tuple[bytes, Pair] | TaggedOutput[Literal["wanted"], tuple[bytes, Wanted]]]:
        rows = distinct(element[1]["blocks"])
        betters = keys_of(rows["better_high"], rows["better_low"])
        worses = keys_of(rows["worse_high"], rows["worse_low"])
        head, last = b"", b""
        for better, better_worst, worse, worse_worst, chunks in zip(
            betters,
            rows["better_worst"].tolist(),
            worses,
            rows["worse_worst"].tolist(),
            rows["chunks"].tolist(),
            strict=True,
        ):
            if worse != last:
                head, last = better, worse
            group = head + bytes([zlib.crc32(worse) % chunks])
            metrics.counter("near_dedup/candidates").inc()
            yield group, Pair(better, better_worst, worse, worse_worst)
            for key in (better, worse):
                yield TaggedOutput("wanted", (key, Wanted(group)))


def _send_places(element: Grouped) -> Iterator[tuple[bytes, FileKey]]:
    for file in element[1]["files"]:
        for group in sorted({wanted.group for wanted in element[1]["wanted"]}):
            yield group, file


class _CompareFn(beam.DoFn):
    def __init__(self, rules: ScreenRules) -> None:
        self._rules = rules

    def process(self, element: Grouped) -> Iterator[Edge]:
        sets = ShingleSets(self._rules, element[1]["files"])
        for pair in sorted(element[1]["pairs"], key=lambda pair: (pair.worse_worst, pair.worse)):
            try:
                yield Edge(pair, jaccard(sets.of(pair.better), sets.of(pair.worse)))
            except Changed:
                continue


def _name_survivors(element: Grouped) -> Iterator[tuple[bytes, Removal]]:
    for file in element[1]["files"]:
        for removed in element[1]["removed"]:
            yield removed.content_key, Removal(file, removed.similarity)
