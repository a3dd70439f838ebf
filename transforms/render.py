"""Render: drafts that were taken -> rows, each keyed by its shard, and a row for each used file."""

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import AsDict, TaggedOutput

from transforms import metrics
from transforms.balance import CountValuesFn
from transforms.group import Grouped, JoinByKey
from transforms.records import DraftKey, FileDrafts, Taken
from transforms.rows import Reason, Reject, Row, Stage, UsedFile, reject_sample
from transforms.samples.drafts import unpack
from transforms.samples.rendering import row_of
from transforms.samples.rules import DraftRules
from transforms.samples.splits import TRAIN, split_of
from transforms.sources.reading import Changed, read_source
from transforms.tables import DATA

SHARD_BYTES = 64 << 20  # rendered text a shard; one shard is held in memory while it is sorted


class Rendered(NamedTuple):
    """(shard, Row); a UsedFile for each file; Rejects; {split: histogram of rows' qualities}."""

    rows: beam.PCollection
    used_files: beam.PCollection
    rejects: beam.PCollection
    qualities: beam.PCollection
    shard_counts: beam.PCollection


class RenderRows(beam.PTransform):
    """{file_drafts: FileDrafts, taken: DraftKeys} -> rows.

    Each file with a taken draft is read once more. One shuffle, of recipes and keys; the rows have
    theirs to come.
    """

    def __init__(self, rules: DraftRules, num_shards: int | None, spill_dir: str | None) -> None:
        super().__init__()
        self._rules = rules
        self._num_shards = num_shards
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, joined: dict[str, beam.PCollection]) -> Rendered:
        shard_counts = (
            joined["taken"]
            | "SplitBytes" >> beam.Map(_bytes_of_split)
            | "SumBytes" >> beam.CombinePerKey(sum)
            | "ShardCounts" >> beam.Map(_shard_count, num_shards=self._num_shards)
        )
        rendered = (
            {
                "file_drafts": joined["file_drafts"] | "KeyByFile" >> beam.Map(_by_file),
                "taken": joined["taken"] | "KeyTakenByFile" >> beam.Map(_taken_by_file),
            }
            | "Join" >> JoinByKey(self._spill_dir)
            | "RenderFile"
            >> beam.ParDo(_RenderFileFn(self._rules), AsDict(shard_counts)).with_outputs(
                "used_files", "rejects", "qualities", main="rows"
            )
        )
        qualities = rendered.qualities | "Qualities" >> beam.CombinePerKey(CountValuesFn())
        return Rendered(
            rendered.rows, rendered.used_files, rendered.rejects, qualities, shard_counts
        )


def shard_path(split: str, shard: int, shards: int) -> str:
    """The path of a data shard below the output folder."""
    return f"{DATA}/{split}-{shard:05d}-of-{shards:05d}.parquet"


def _by_file(drafts: FileDrafts) -> tuple[bytes, FileDrafts]:
    return drafts.file.content_key, drafts


def _taken_by_file(key: DraftKey) -> tuple[bytes, Taken]:
    return key.content_key, Taken(key.draft_id)


def _bytes_of_split(key: DraftKey) -> tuple[str, int]:
    return key.split, key.rendered_bytes


def _shard_count(element: tuple[str, int], num_shards: int | None) -> tuple[str, int]:
    """How many shards a split has: as asked for (of train), else as many as its text fills."""
    split, size_bytes = element
    if split == TRAIN and num_shards is not None:
        return split, num_shards
    return split, max(1, math.ceil(size_bytes / SHARD_BYTES))


class _RenderFileFn(beam.DoFn):
    def __init__(self, rules: DraftRules) -> None:
        self._rules = rules

    def process(
        self, element: Grouped, shard_counts: dict[str, int]
    ) -> Iterator[
        tuple[bytes, Row]
        | TaggedOutput[Literal["used_files"], UsedFile]
        | TaggedOutput[Literal["rejects"], Reject]
        | TaggedOutput[Literal["qualities"], tuple[str, int]]
    ]:
        file_drafts: FileDrafts = element[1]["file_drafts"][0]
        taken = {key.draft_id for key in element[1]["taken"]}
        file = file_drafts.file
        split = split_of(
            file.repo, file.content_key, self._rules.seed, self._rules.validation_ratio
        )
        drafts = (
            [draft for draft in unpack(file_drafts.drafts) if draft.draft_id in taken]
            if taken
            else []
        )
        rows = 0
        try:
            text = (
                read_source(self._rules.inputs, file, self._rules.max_file_bytes).text
                if drafts
                else b""
            )
        except Changed as error:
            for draft in drafts:
                metrics.rejected(Stage.RENDER, Reason.CHANGED).inc()
                reject = reject_sample(
                    file, draft.draft_id, Stage.RENDER, Reason.CHANGED, str(error)
                )
                yield TaggedOutput("rejects", reject)
        else:
            for draft in drafts:
                shard = int(draft.draft_id[:16], 16) % shard_counts[split]
                row = row_of(draft, file, text, split, self._rules.sample_format)
                yield shard_path(split, shard, shard_counts[split]).encode(), row
                yield TaggedOutput("qualities", (split, draft.quality))
            rows = len(drafts)
            metrics.counter("render/rows").inc(rows)
        yield TaggedOutput("used_files", _used_file(file_drafts, split, rows))


def _used_file(file_drafts: FileDrafts, split: str, rows_written: int) -> UsedFile:
    file = file_drafts.file
    return UsedFile(
        content_key=file.content_key.hex(),
        source=file.source,
        repo=file.repo,
        path=file.path,
        revision=file.revision,
        license=file.license,
        language=file.language,
        split=split,
        size_bytes=file.size_bytes,
        file_quality=file.quality / 10_000,
        definitions=file_drafts.definitions,
        samples_made=file_drafts.samples_made,
        rows_written=rows_written,
    )
