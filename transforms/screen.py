"""Read and screen: inputs -> FileKeys and rejects."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.index.screened import indexed_files, named_once
from transforms.index.tables import FILES as INDEXED_FILES
from transforms.index.tables import IndexedFile, IndexPlan, partition_of_file, write_rows
from transforms.progress import ProgressFile
from transforms.records import Entry, EntryBatch, FileKey
from transforms.rows import FileRead, Reject
from transforms.samples.drafts import digest
from transforms.similarity.evaluation_index import EvaluationIndex, load_index
from transforms.sources.listing import batches, list_entries
from transforms.sources.screening import ScreenRules, screen


class Screened(NamedTuple):
    """FileKeys of what may be used, Rejects of the rest, and a FileRead for every entry met."""

    files: beam.PCollection
    rejects: beam.PCollection
    reads: beam.PCollection


class ScreenFiles(beam.PTransform):
    """Pipeline -> FileKeys. One shuffle, of file names only, to spread them over the workers.

    With an index, files go by its partitions; what it knows of the same bytes is taken from it, and
    each partition is written anew.
    """

    def __init__(
        self,
        rules: ScreenRules,
        repo_from: str,
        index: IndexPlan | None,
        spill_dir: str | None,
        progress_dir: str | None,
    ) -> None:
        super().__init__()
        self._rules = rules
        self._repo_from = repo_from
        self._index = index
        self._spill_dir = spill_dir
        self._progress_dir = progress_dir

    @beam.typehints.no_annotations
    def expand(self, pipeline: beam.Pipeline) -> Screened:
        listed = (
            pipeline
            | "Inputs" >> beam.Create(list(range(len(self._rules.inputs))))
            | "ListEntries"
            >> beam.ParDo(_ListEntriesFn(self._rules, self._repo_from, self._index is not None))
        )
        screened = (
            {"batches": listed}
            | "Spread" >> JoinByKey(self._spill_dir)
            | "ScreenBatches"
            >> beam.ParDo(
                _ScreenBatchesFn(self._rules, self._index, self._progress_dir)
            ).with_outputs("rejects", "reads", main="files")
        )
        return Screened(screened.files, screened.rejects, screened.reads)


@beam.typehints.with_output_types(tuple[bytes, EntryBatch])
class _ListEntriesFn(beam.DoFn):
    def __init__(self, rules: ScreenRules, repo_from: str, is_indexed: bool) -> None:
        self._rules = rules
        self._repo_from = repo_from
        self._is_indexed = is_indexed

    def process(self, index: int) -> Iterator[tuple[bytes, EntryBatch]]:
        entries = list_entries(index, self._rules.inputs[index], self._repo_from)
        partition_of = _partition if self._is_indexed else _no_partition
        for partition, batch in batches(entries, self._rules.max_file_bytes, partition_of):
            first = batch.entries[0].place
            key = digest(str(index), first.split, first.member)
            yield partition.to_bytes(1, "big") if self._is_indexed else key, batch


def _partition(entry: Entry) -> int:
    return partition_of_file(entry.source, entry.path)


def _no_partition(_: Entry) -> int:
    return 0


class _ScreenBatchesFn(beam.DoFn):
    def __init__(
        self, rules: ScreenRules, index: IndexPlan | None, progress_dir: str | None
    ) -> None:
        self._rules = rules
        self._index = index
        self._progress = ProgressFile(progress_dir)
        self._evaluation: EvaluationIndex | None = None

    def setup(self) -> None:
        if self._rules.exclusion is not None:
            self._evaluation = load_index(self._rules.exclusion.index_path)

    def process(
        self, element: Grouped
    ) -> Iterator[
        FileKey
        | TaggedOutput[Literal["rejects"], Reject]
        | TaggedOutput[Literal["reads"], FileRead]
    ]:
        partition, groups = element
        known = self._known(partition[0])
        rows: list[IndexedFile] = []
        for batch in groups["batches"]:
            screened = screen(batch.entries, self._rules, known, self._evaluation)
            yield from screened.files
            for reject in screened.rejects:
                metrics.rejected(reject.stage, reject.reason).inc()
                yield TaggedOutput("rejects", reject)
            for read in screened.reads:
                yield TaggedOutput("reads", read)
            metrics.counter("screen/files").inc(len(screened.files))
            self._progress.add(
                files_read=len(screened.reads), bytes_read=sum(r.size_bytes for r in screened.reads)
            )
            if self._index is not None:
                rows += indexed_files(screened)
        if self._index is not None:
            write_rows(self._index.staging, INDEXED_FILES, partition[0], named_once(rows))

    def _known(self, partition: int) -> Mapping[tuple[str, str], IndexedFile]:
        """What an earlier build found of a partition's files, by source and path."""
        if self._index is None:
            return {}
        rows = self._index.read(INDEXED_FILES, partition, IndexedFile)
        return {(row.source, row.path): row for row in rows}
