"""Parse, split, augment, instruct: used files -> drafts."""

import functools
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import draft_index, metrics
from transforms.group import Grouped, JoinByKey
from transforms.index.tables import DRAFTS as INDEXED_DRAFTS
from transforms.index.tables import IndexedDrafts, IndexPlan, write_rows
from transforms.isolation import Isolated, Limits, NoAnswer
from transforms.progress import ProgressFile
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Stage
from transforms.samples.drafting import Drafted as DraftedFile
from transforms.samples.drafting import DraftRules, draft_file
from transforms.samples.exclusion import without_evaluation
from transforms.similarity.evaluation import Exclusion
from transforms.similarity.evaluation_index import load_index
from transforms.sources.reading import Changed, read_source


class Drafted(NamedTuple):
    """A used file's FileDrafts, one each; its samples' DraftKeys; Rejects of files and samples."""

    file_drafts: beam.PCollection
    draft_keys: beam.PCollection
    rejects: beam.PCollection


class DraftSamples(beam.PTransform):
    """FileKeys -> drafts.

    No shuffle: a syntax tree cannot travel, so one DoFn goes from text to recipes. With an index,
    one shuffle of keys: files go by its partitions, and what it knows of a file is taken from it.
    """

    def __init__(
        self,
        rules: DraftRules,
        limits: Limits,
        index: IndexPlan | None,
        spill_dir: str | None,
        progress_dir: str | None,
        exclusion: Exclusion | None = None,
    ) -> None:
        super().__init__()
        self._rules = rules
        self._limits = limits
        self._index = index
        self._spill_dir = spill_dir
        self._progress_dir = progress_dir
        self._exclusion = exclusion

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> Drafted:
        if self._index is None:
            drafts = files | "DraftFiles" >> beam.ParDo(
                _DraftFileFn(self._rules, self._limits, self._progress_dir, self._exclusion)
            ).with_outputs("draft_keys", "rejects", main="file_drafts")
        else:
            drafts = (
                {"files": files | "KeyByPartition" >> beam.Map(_by_partition)}
                | "GroupByPartition" >> JoinByKey(self._spill_dir)
                | "DraftPartitions"
                >> beam.ParDo(
                    _DraftPartitionFn(
                        self._rules, self._limits, self._index, self._progress_dir, self._exclusion
                    )
                ).with_outputs("draft_keys", "rejects", main="file_drafts")
            )
        return Drafted(drafts.file_drafts, drafts.draft_keys, drafts.rejects)


def _by_partition(file: FileKey) -> tuple[bytes, FileKey]:
    return file.content_key[:1], file


_Output: TypeAlias = (
    FileDrafts
    | TaggedOutput[Literal["draft_keys"], DraftKey]
    | TaggedOutput[Literal["rejects"], Reject]
)


class _DraftFn(beam.DoFn):
    """Drafts files in a process of their own."""

    def __init__(
        self,
        rules: DraftRules,
        limits: Limits,
        progress_dir: str | None,
        exclusion: Exclusion | None,
    ) -> None:
        self._rules = rules
        self._limits = limits
        self._progress = ProgressFile(progress_dir)
        self._exclusion = exclusion

    def setup(self) -> None:
        self._draft: Isolated[DraftedFile] = Isolated(
            functools.partial(draft_file, rules=self._rules), self._limits
        )
        if self._exclusion is not None:
            self._evaluation = load_index(self._exclusion.index_path)

    def teardown(self) -> None:
        self._draft.close()

    def _drafted(self, file: FileKey) -> DraftedFile | Reject:
        try:
            source = read_source(self._rules.inputs, file, self._rules.max_file_bytes)
            return self._draft(file, source)
        except Changed as error:
            return _rejected(file, Reason.CHANGED, str(error))
        except NoAnswer as error:
            return _rejected(file, error.reason, error.detail)

    def _excluded(self, file: FileKey, drafted: DraftedFile | Reject) -> DraftedFile | Reject:
        """Of a file that has something of an evaluation set, leave out the samples that do."""
        if isinstance(drafted, Reject) or self._exclusion is None or not file.suspect:
            return drafted
        try:
            source = read_source(self._rules.inputs, file, self._rules.max_file_bytes)
        except Changed as error:
            return _rejected(file, Reason.CHANGED, str(error))
        near = self._exclusion.near_threshold
        return without_evaluation(drafted, source.text, self._evaluation, near)

    def _outputs(self, file: FileKey, drafted: DraftedFile | Reject) -> Iterator[_Output]:
        drafted = self._excluded(file, drafted)
        rejects = [drafted] if isinstance(drafted, Reject) else drafted.rejects
        for reject in rejects:
            metrics.rejected(reject.stage, reject.reason).inc()
            yield TaggedOutput("rejects", reject)
        if isinstance(drafted, DraftedFile):
            yield drafted.file_drafts
            for key in drafted.keys:
                yield TaggedOutput("draft_keys", key)
            metrics.counter("draft/samples").inc(len(drafted.keys))
            self._progress.add(files_drafted=1, samples=len(drafted.keys))


class _DraftFileFn(_DraftFn):
    def process(self, file: FileKey) -> Iterator[_Output]:
        yield from self._outputs(file, self._drafted(file))


class _DraftPartitionFn(_DraftFn):
    """Drafts the files of a partition that the index does not know, and writes it anew."""

    def __init__(
        self,
        rules: DraftRules,
        limits: Limits,
        index: IndexPlan,
        progress_dir: str | None,
        exclusion: Exclusion | None,
    ) -> None:
        super().__init__(rules, limits, progress_dir, exclusion)
        self._index = index

    def process(self, element: Grouped) -> Iterator[_Output]:
        partition = element[0][0]
        known = {
            row.file_id: row for row in self._index.read(INDEXED_DRAFTS, partition, IndexedDrafts)
        }
        rows: list[IndexedDrafts] = []
        for file in element[1]["files"]:
            row = known.get(draft_index.file_id(file))
            drafted = self._drafted(file) if row is None else draft_index.decode(row, file)
            if isinstance(drafted, DraftedFile):
                rows.append(row or draft_index.encode(drafted))
            yield from self._outputs(file, drafted)
        write_rows(self._index.staging, INDEXED_DRAFTS, partition, rows)


def _rejected(file: FileKey, reason: Reason, detail: str) -> Reject:
    return Reject(
        level="file",
        id=file.content_key.hex(),
        source=file.source,
        repo=file.repo,
        path=file.path,
        stage=Stage.PARSE,
        reason=reason,
        detail=detail,
    )
