"""File dedup: exact by content key, near by MinHash bands, verified by exact Jaccard.

The best copy survives.
"""

import collections
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.records import Candidate, Edge, FileKey, Removal
from transforms.rows import Duplicate
from transforms.similarity.pairs import band_rows, candidate_pairs
from transforms.similarity.shingles import jaccard, shingle_sets
from transforms.similarity.survivors import survivors
from transforms.sources.reading import Changed, read_source
from transforms.sources.screening import ScreenRules

_BLOCK_BYTES = 4 << 20
_BAND_PARTITIONS = 256
_ONE_KEY = b"all"


def rank(file: FileKey) -> tuple[int, bytes, str, str, str]:
    """The contract's rank among duplicates: quality, content key, then (source, repo, path).

    Smaller is better.
    """
    return -file.quality, file.content_key, file.source, file.repo, file.path


class KeepBestCopies(beam.PTransform):
    """FileKeys -> the best FileKey of each content key. One shuffle of keys."""

    def __init__(self, spill_dir: str | None) -> None:
        super().__init__()
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> beam.PCollection[FileKey]:
        return (
            {"copies": files | "KeyByContent" >> beam.Map(_by_content)}
            | "GroupByContent" >> JoinByKey(self._spill_dir)
            | "Best"
            >> beam.MapTuple(lambda _, found: min(found["copies"], key=rank)).with_output_types(
                FileKey
            )
        )


class FindNearDuplicates(beam.PTransform):
    """The best FileKey of each content -> (content key, Removal) of each near duplicate.

    Four shuffles: packed band keys; candidate pairs, twice, to meet the places of both files;
    verified pairs. Texts are read again where a pair is verified and never shuffled. A file that
    changed meanwhile is near nothing here; whoever reads it next rejects it.
    """

    def __init__(self, rules: ScreenRules, threshold: float, spill_dir: str | None) -> None:
        super().__init__()
        self._rules = rules
        self._threshold = threshold
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> beam.PCollection[tuple[bytes, Removal]]:
        by_content = files | "KeyByContent" >> beam.Map(_by_content)
        candidates = (
            {"blocks": files | "PackBands" >> beam.ParDo(_PackBandsFn())}
            | "GroupBands" >> JoinByKey(self._spill_dir)
            | "FindPairs" >> beam.ParDo(_find_pairs)
        )
        halves = (
            {"candidates": candidates, "worse": by_content}
            | "MeetWorse" >> JoinByKey(self._spill_dir)
            | "KeyByBetter" >> beam.ParDo(_key_by_better)
        )
        edges = (
            {"worse": halves, "better": by_content}
            | "MeetBetter" >> JoinByKey(self._spill_dir)
            | "Verify" >> beam.ParDo(_VerifyFn(self._rules, self._threshold))
        )
        return (
            {"edges": edges | "OneKey" >> beam.Map(_under_one_key)}
            | "GroupEdges" >> JoinByKey(self._spill_dir)
            | "Survive" >> beam.ParDo(_survive)
        )


class Settled(NamedTuple):
    """What dedup kept, and the copies it did not."""

    files: beam.PCollection
    duplicates: beam.PCollection


class SettleDuplicates(beam.PTransform):
    """{files: FileKeys, removals: (content key, Removal)} -> files that stay, and Duplicates.

    There is a Duplicate for each copy that does not stay. An exact copy of a file that is itself
    removed as near names the final survivor. One shuffle of keys.
    """

    def __init__(self, spill_dir: str | None) -> None:
        super().__init__()
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, joined: dict[str, beam.PCollection]) -> Settled:
        settled = (
            {
                "copies": joined["files"] | "KeyByContent" >> beam.Map(_by_content),
                "removals": joined["removals"],
            }
            | "Join" >> JoinByKey(self._spill_dir)
            | "Settle" >> beam.ParDo(_SettleFn()).with_outputs("duplicates", main="files")
        )
        return Settled(settled.files, settled.duplicates)


def _by_content(file: FileKey) -> tuple[bytes, FileKey]:
    return file.content_key, file


def _under_one_key(edge: Edge) -> tuple[bytes, Edge]:
    return _ONE_KEY, edge


@beam.typehints.with_output_types(tuple[bytes, bytes])
class _PackBandsFn(beam.DoFn):
    """Pack band keys into blocks by partition: single keys would cost ten times their size."""

    def start_bundle(self) -> None:
        self._rows: dict[int, list[bytes]] = collections.defaultdict(list)
        self._size_bytes = 0

    def process(self, element: FileKey) -> Iterator[tuple[bytes, bytes]]:
        rows = band_rows(element.content_key, element.quality, element.bands)
        for partition, row in zip((rows["band"] % _BAND_PARTITIONS).tolist(), rows, strict=True):
            self._rows[partition].append(row.tobytes())
        self._size_bytes += rows.nbytes
        if self._size_bytes > _BLOCK_BYTES:
            yield from self._blocks()

    def finish_bundle(self) -> Iterator[Any]:
        for block in self._blocks():
            yield beam.transforms.window.GlobalWindows.windowed_value(block)

    def _blocks(self) -> Iterator[tuple[bytes, bytes]]:
        for partition, rows in sorted(self._rows.items()):
            yield partition.to_bytes(2, "big"), b"".join(rows)
        self._rows.clear()
        self._size_bytes = 0


def _find_pairs(element: Grouped) -> Iterator[tuple[bytes, Candidate]]:
    for better, worse in candidate_pairs(element[1]["blocks"]):
        yield worse, Candidate(better)


def _key_by_better(element: Grouped) -> Iterator[tuple[bytes, FileKey]]:
    for worse in element[1]["worse"]:
        for better in {candidate.better for candidate in element[1]["candidates"]}:
            yield better, worse


class _VerifyFn(beam.DoFn):
    """Read a file and its candidates again, and keep the pairs at or above the threshold."""

    def __init__(self, rules: ScreenRules, threshold: float) -> None:
        self._rules = rules
        self._threshold = threshold

    def process(self, element: Grouped) -> Iterator[Edge]:
        groups = element[1]
        if not groups["worse"]:
            return
        for better in groups["better"]:
            own = self._shingles(better)
            for worse in groups["worse"]:
                metrics.counter("near_dedup/candidates").inc()
                similarity = jaccard(own, self._shingles(worse))
                if similarity >= self._threshold:
                    yield Edge(better, worse, similarity)

    def _shingles(self, file: FileKey) -> Any:
        try:
            return shingle_sets(
                [read_source(self._rules.inputs, file, self._rules.max_file_bytes).text],
                self._rules.view,
            )[0]
        except Changed:
            return shingle_sets([b""])[0]


def _survive(element: Grouped) -> Iterator[tuple[bytes, Removal]]:
    near: dict[bytes, dict[bytes, float]] = collections.defaultdict(dict)
    files: dict[bytes, FileKey] = {}
    for edge in element[1]["edges"]:
        a, b = edge.better, edge.worse
        files[a.content_key], files[b.content_key] = a, b
        near[a.content_key][b.content_key] = near[b.content_key][a.content_key] = edge.similarity
    ranks = {key: rank(file) for key, file in files.items()}
    for removed, survivor in survivors(near, ranks).items():
        yield removed, Removal(files[survivor], near[removed][survivor])


class _SettleFn(beam.DoFn):
    def process(
        self, element: Grouped
    ) -> Iterator[FileKey | TaggedOutput[Literal["duplicates"], Duplicate]]:
        best, *copies = sorted(element[1]["copies"], key=rank)
        removals = element[1]["removals"]
        if not removals:
            yield best
            for copy in copies:
                yield TaggedOutput("duplicates", _duplicate("exact", copy, best, 1.0))
            return
        survivor, similarity = removals[0].survivor, removals[0].similarity
        for copy in (best, *copies):
            yield TaggedOutput("duplicates", _duplicate("near", copy, survivor, similarity))


def _duplicate(kind: str, copy: FileKey, survivor: FileKey, similarity: float) -> Duplicate:
    metrics.counter(f"dedup/{kind}").inc()
    return Duplicate(
        level="file",
        kind=kind,
        id=copy.content_key.hex(),
        source=copy.source,
        repo=copy.repo,
        path=copy.path,
        survivor_id=survivor.content_key.hex(),
        survivor_source=survivor.source,
        survivor_repo=survivor.repo,
        survivor_path=survivor.path,
        similarity=similarity,
        quality=copy.quality / 10_000,
        survivor_quality=survivor.quality / 10_000,
    )
