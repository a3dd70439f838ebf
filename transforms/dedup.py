"""File dedup: of exact copies the best stays, and every copy that does not names who does."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.records import FileKey
from transforms.rows import Duplicate, duplicate


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
    both = (copy.content_key.hex(), copy), (survivor.content_key.hex(), survivor)
    return duplicate("file", kind, similarity, *both)
