"""Verification of near dedup: candidates are compared exactly, and what they are is remembered."""

import zlib
from collections.abc import Iterator
from typing import Literal

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.index.tables import PAIRS as INDEXED_PAIRS
from transforms.index.tables import IndexedPair, IndexPlan, write_rows
from transforms.records import Edge, FileKey, Pair, Shard, Wanted
from transforms.similarity.pairs import distinct, keys_of, partition_of_pair
from transforms.similarity.sets import ShingleSets
from transforms.similarity.shingles import jaccard
from transforms.sources.reading import Changed
from transforms.sources.screening import ScreenRules


class VerifyPairs(beam.PTransform):
    """{files: (content key, FileKey), pairs: grouped blocks} -> Edges of all pairs compared.

    The pairs of a worse document are compared in the group of its best candidate, where most
    clusters come together whole, so that a file is read about once however many partners it has.
    Pairs that the index knows are not compared again. Two shuffles, of places and of pairs.
    """

    def __init__(self, rules: ScreenRules, index: IndexPlan | None, spill_dir: str | None) -> None:
        super().__init__()
        self._rules = rules
        self._index = index
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, joined: dict[str, beam.PCollection]) -> beam.PCollection[Edge]:
        arranged = joined["pairs"] | "Arrange" >> beam.ParDo(_ArrangeFn(self._index)).with_outputs(
            "wanted", "known", main="pairs"
        )
        places = (
            {"files": joined["files"], "wanted": arranged.wanted}
            | "MeetFiles" >> JoinByKey(self._spill_dir)
            | "SendPlaces" >> beam.ParDo(_send_places)
        )
        compared = (
            {"files": places, "pairs": arranged.pairs}
            | "Gather" >> JoinByKey(self._spill_dir)
            | "Compare" >> beam.ParDo(_CompareFn(self._rules))
        )
        return (compared, arranged.known) | "Edges" >> beam.Flatten()


class IndexPairs(beam.PTransform):
    """Edges -> a Shard for each partition of pairs, when it is written. One shuffle of edges."""

    def __init__(self, index: IndexPlan | None, spill_dir: str | None) -> None:
        super().__init__()
        self._index = index
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, edges: beam.PCollection[Edge]) -> beam.PCollection[Shard]:
        if self._index is None:
            return edges.pipeline | "None" >> beam.Create([]).with_output_types(Shard)
        return (
            {"edges": edges | "KeyByPartition" >> beam.Map(_by_partition)}
            | "GroupEdges" >> JoinByKey(self._spill_dir)
            | "Write" >> beam.ParDo(_WritePairsFn(self._index))
        )


class _ArrangeFn(beam.DoFn):
    """Says in which group each pair is compared, and which files the group needs."""

    def __init__(self, index: IndexPlan | None) -> None:
        self._index = index

    def process(
        self, element: Grouped
    ) -> Iterator[
        tuple[bytes, Pair]
        | TaggedOutput[Literal["wanted"], tuple[bytes, Wanted]]
        | TaggedOutput[Literal["known"], Edge]
    ]:
        known = self._known(int.from_bytes(element[0], "big"))
        rows = distinct(element[1]["blocks"])
        betters = keys_of(rows["better_high"], rows["better_low"])
        worses = keys_of(rows["worse_high"], rows["worse_low"])
        head, last, sent = b"", b"", b""
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
            pair = Pair(better, better_worst, worse, worse_worst)
            similarity = known.get((better, worse))
            metrics.counter("near_dedup/candidates").inc()
            if similarity is not None:
                yield TaggedOutput("known", Edge(pair, similarity))
                continue
            group = head + (zlib.crc32(worse) % chunks).to_bytes(2, "big")
            yield group, pair
            for key in (better,) if worse == sent else (better, worse):
                yield TaggedOutput("wanted", (key, Wanted(group)))
            sent = worse

    def _known(self, partition: int) -> dict[tuple[bytes, bytes], float]:
        """Similarities that an earlier build found, by better and worse content key."""
        if self._index is None:
            return {}
        rows = self._index.read(INDEXED_PAIRS, partition, IndexedPair)
        return {(row.better, row.worse): row.similarity for row in rows}


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


def _by_partition(edge: Edge) -> tuple[bytes, Edge]:
    return partition_of_pair(edge.pair.worse).to_bytes(2, "big"), edge


class _WritePairsFn(beam.DoFn):
    def __init__(self, index: IndexPlan) -> None:
        self._index = index

    def process(self, element: Grouped) -> Iterator[Shard]:
        partition = int.from_bytes(element[0], "big")
        rows = [
            IndexedPair(edge.pair.better, edge.pair.worse, edge.similarity)
            for edge in element[1]["edges"]
        ]
        yield Shard(write_rows(self._index.staging, INDEXED_PAIRS, partition, rows))
