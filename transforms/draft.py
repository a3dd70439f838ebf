"""Parse, split, augment, instruct: used files -> drafts."""

import functools
from collections.abc import Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import (
    coders,  # noqa: F401  # every record has its coder before types are looked up
    metrics,
)
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

    No shuffle: a syntax tree cannot travel, so one DoFn goes from text to recipes.
    """

    def __init__(
        self,
        rules: DraftRules,
        limits: Limits,
        progress_dir: str | None,
        exclusion: Exclusion | None = None,
    ) -> None:
        super().__init__()
        self._rules = rules
        self._limits = limits
        self._exclusion = exclusion
        self._progress_dir = progress_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> Drafted:
        drafted = files | "DraftFile" >> beam.ParDo(
            _DraftFileFn(self._rules, self._limits, self._progress_dir, self._exclusion)
        ).with_outputs("draft_keys", "rejects", main="file_drafts")
        return Drafted(drafted.file_drafts, drafted.draft_keys, drafted.rejects)


class _DraftFileFn(beam.DoFn):
    def __init__(
        self,
        rules: DraftRules,
        limits: Limits,
        progress_dir: str | None,
        exclusion: Exclusion | None,
    ) -> None:
        self._rules = rules
        self._limits = limits
        self._exclusion = exclusion
        self._progress = ProgressFile(progress_dir)

    def setup(self) -> None:
        self._draft: Isolated[DraftedFile] = Isolated(
            functools.partial(draft_file, rules=self._rules), self._limits
        )
        if self._exclusion is not None:
            self._evaluation = load_index(self._exclusion.index_path)

    def teardown(self) -> None:
        self._draft.close()

    def process(
        self, file: FileKey
    ) -> Iterator[
        FileDrafts
        | TaggedOutput[Literal["draft_keys"], DraftKey]
        | TaggedOutput[Literal["rejects"], Reject]
    ]:
        try:
            source = read_source(self._rules.inputs, file, self._rules.max_file_bytes)
            drafted = self._draft(file, source)
        except Changed as error:
            yield self._rejected(file, Reason.CHANGED, str(error))
            return
        except NoAnswer as error:
            yield self._rejected(file, error.reason, error.detail)
            return
        if file.suspect and self._exclusion is not None:
            drafted = without_evaluation(
                drafted, source.text, self._evaluation, self._exclusion.near_threshold
            )
        yield drafted.file_drafts
        for key in drafted.keys:
            yield TaggedOutput("draft_keys", key)
        for reject in drafted.rejects:
            metrics.rejected(reject.stage, reject.reason).inc()
            yield TaggedOutput("rejects", reject)
        metrics.counter("draft/samples").inc(len(drafted.keys))
        self._progress.add(files_drafted=1, samples=len(drafted.keys))

    def _rejected(
        self, file: FileKey, reason: Reason, detail: str
    ) -> TaggedOutput[Literal["rejects"], Reject]:
        metrics.rejected(Stage.PARSE, reason).inc()
        row = Reject(
            level="file",
            id=file.content_key.hex(),
            source=file.source,
            repo=file.repo,
            path=file.path,
            stage=Stage.PARSE,
            reason=reason,
            detail=detail,
        )
        return TaggedOutput("rejects", row)
