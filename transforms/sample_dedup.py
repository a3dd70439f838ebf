"""Sample dedup: of the samples that are the same, the best stays."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.records import DraftKey
from transforms.rows import Duplicate


class Unique(NamedTuple):
    """The DraftKeys that stay, and a Duplicate for each other one."""

    draft_keys: beam.PCollection
    duplicates: beam.PCollection


class DedupSamples(beam.PTransform):
    """DraftKeys -> the best DraftKey of each digest. One shuffle of keys."""

    def __init__(self, spill_dir: str | None) -> None:
        super().__init__()
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, draft_keys: beam.PCollection[DraftKey]) -> Unique:
        unique = (
            {"same": draft_keys | "KeyByDigest" >> beam.Map(_by_digest)}
            | "GroupByDigest" >> JoinByKey(self._spill_dir)
            | "KeepBest" >> beam.ParDo(_KeepBestFn()).with_outputs("duplicates", main="draft_keys")
        )
        return Unique(unique.draft_keys, unique.duplicates)


def _by_digest(key: DraftKey) -> tuple[bytes, DraftKey]:
    return key.digest, key


class _KeepBestFn(beam.DoFn):
    def process(
        self, element: Grouped
    ) -> Iterator[DraftKey | TaggedOutput[Literal["duplicates"], Duplicate]]:
        best, *copies = sorted(element[1]["same"], key=lambda key: (-key.quality, key.draft_id))
        yield best
        for copy in copies:
            metrics.counter("sample_dedup/exact").inc()
            row = Duplicate(
                level="sample",
                kind="exact",
                id=copy.draft_id,
                source=copy.source,
                repo=copy.repo,
                path=copy.path,
                survivor_id=best.draft_id,
                survivor_source=best.source,
                survivor_repo=best.repo,
                survivor_path=best.path,
                similarity=1.0,
                quality=copy.quality / 10_000,
                survivor_quality=best.quality / 10_000,
            )
            yield TaggedOutput("duplicates", row)
