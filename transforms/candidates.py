"""Candidates of near dedup: pairs of contents that share a band key."""

import collections
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.records import FileKey, Oversize
from transforms.similarity.pairs import PARTITIONS, Rows, band_rows, candidate_pairs

_BLOCK_BYTES = 4 << 20


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
        yield from self._add(rows["band"] % PARTITIONS, rows)


class _FindPairsFn(_PackFn):
    def process(
        self, element: Grouped
    ) -> Iterator[tuple[bytes, bytes] | TaggedOutput[Literal["oversize"], Oversize]]:
        found = candidate_pairs(element[1]["blocks"])
        yield from self._add(found.pairs["worse_high"] % PARTITIONS, found.pairs)
        if found.oversize:
            metrics.counter("near_dedup/oversize_buckets").inc(len(found.oversize))
            yield TaggedOutput("oversize", Oversize(len(found.oversize), max(found.oversize)))
