"""Read and screen: inputs -> FileKeys and rejects."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.progress import ProgressFile
from transforms.records import EntryBatch, FileKey
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
    """Pipeline -> FileKeys. One shuffle, of file names only, to spread them over the workers."""

    def __init__(
        self, rules: ScreenRules, repo_from: str, spill_dir: str | None, progress_dir: str | None
    ) -> None:
        super().__init__()
        self._rules = rules
        self._repo_from = repo_from
        self._spill_dir = spill_dir
        self._progress_dir = progress_dir

    @beam.typehints.no_annotations
    def expand(self, pipeline: beam.Pipeline) -> Screened:
        listed = (
            pipeline
            | "Inputs" >> beam.Create(list(range(len(self._rules.inputs))))
            | "ListEntries" >> beam.ParDo(_ListEntriesFn(self._rules, self._repo_from))
        )
        screened = (
            {"batches": listed}
            | "Spread" >> JoinByKey(self._spill_dir)
            | "ScreenBatch"
            >> beam.ParDo(_ScreenBatchFn(self._rules, self._progress_dir)).with_outputs(
                "rejects", "reads", main="files"
            )
        )
        return Screened(screened.files, screened.rejects, screened.reads)


@beam.typehints.with_output_types(tuple[bytes, EntryBatch])
class _ListEntriesFn(beam.DoFn):
    def __init__(self, rules: ScreenRules, repo_from: str) -> None:
        self._rules = rules
        self._repo_from = repo_from

    def process(self, index: int) -> Iterator[tuple[bytes, EntryBatch]]:
        entries = list_entries(index, self._rules.inputs[index], self._repo_from)
        for batch in batches(entries, self._rules.max_file_bytes):
            first = batch.entries[0].place
            yield digest(str(index), first.split, first.member), batch


class _ScreenBatchFn(beam.DoFn):
    def __init__(self, rules: ScreenRules, progress_dir: str | None) -> None:
        self._rules = rules
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
        for batch in element[1]["batches"]:
            screened = screen(batch.entries, self._rules, self._evaluation)
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
