"""Parse, split, augment, instruct: used files -> drafts."""

import dataclasses
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
from transforms.pair_records import Claims, Offers
from transforms.progress import ProgressFile
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Stage, reject_file
from transforms.samples.drafting import Drafted as DraftedFile
from transforms.samples.drafting import DraftRules, draft_file
from transforms.samples.exclusion import without_evaluation
from transforms.samples.tokens import load_tokenizer
from transforms.similarity.evaluation import Exclusion
from transforms.similarity.evaluation_index import load_index
from transforms.sources.reading import Changed, read_source


class Drafted(NamedTuple):
    """A used file's FileDrafts, one each; its samples' DraftKeys; Rejects of files and samples.

    Offers and Claims are for the pairing of tests with what they are of.
    """

    file_drafts: beam.PCollection
    draft_keys: beam.PCollection
    rejects: beam.PCollection
    offers: beam.PCollection
    claims: beam.PCollection


@dataclasses.dataclass(frozen=True, slots=True)
class DraftPlan:
    """How files are drafted.

    Attributes:
      limits: of the process that parses.
      exclusion: what samples may not be like; None for nothing.
      progress_dir: where workers tell how far they are; None where nobody looks.
    """

    rules: DraftRules
    limits: Limits
    exclusion: Exclusion | None = None
    progress_dir: str | None = None


class DraftSamples(beam.PTransform):
    """FileKeys -> drafts.

    No shuffle: a syntax tree cannot travel, so one DoFn goes from text to recipes. With an index,
    one shuffle of keys: files go by its partitions, and what it knows of a file is taken from it.
    """

    def __init__(self, plan: DraftPlan, index: IndexPlan | None, spill_dir: str | None) -> None:
        super().__init__()
        self._plan = plan
        self._index = index
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> Drafted:
        if self._index is None:
            drafts = files | "DraftFiles" >> with_outputs(_DraftFileFn(self._plan))
        else:
            drafts = (
                {"files": files | "KeyByPartition" >> beam.Map(_by_partition)}
                | "GroupByPartition" >> JoinByKey(self._spill_dir)
                | "DraftPartitions" >> with_outputs(_DraftPartitionFn(self._plan, self._index))
            )
        return Drafted(
            drafts.file_drafts, drafts.draft_keys, drafts.rejects, drafts.offers, drafts.claims
        )


def with_outputs(draft: beam.DoFn) -> beam.PTransform:
    """A step whose outputs are those of `Drafted`."""
    tags = "draft_keys", "rejects", "offers", "claims"
    return beam.ParDo(draft).with_outputs(*tags, main="file_drafts")


def _by_partition(file: FileKey) -> tuple[bytes, FileKey]:
    return file.content_key[:1], file


DraftOutput: TypeAlias = (
    FileDrafts
    | TaggedOutput[Literal["draft_keys"], DraftKey]
    | TaggedOutput[Literal["rejects"], Reject]
    | TaggedOutput[Literal["offers"], Offers]
    | TaggedOutput[Literal["claims"], Claims]
)


def outputs_of(drafted: DraftedFile) -> Iterator[DraftOutput]:
    """Yield what became of a file, each by its output."""
    for reject in drafted.rejects:
        metrics.rejected(reject.stage, reject.reason).inc()
        yield TaggedOutput("rejects", reject)
    yield drafted.file_drafts
    for key in drafted.keys:
        yield TaggedOutput("draft_keys", key)
    if drafted.offers is not None:
        yield TaggedOutput("offers", drafted.offers)
    if drafted.claims is not None:
        yield TaggedOutput("claims", drafted.claims)


class _DraftFn(beam.DoFn):
    """Drafts files in a process of their own."""

    def __init__(self, plan: DraftPlan) -> None:
        self._plan = plan
        self._progress = ProgressFile(plan.progress_dir)

    def setup(self) -> None:
        tokenizer = self._plan.rules.window.tokenizer
        self._draft: Isolated[DraftedFile] = Isolated(
            functools.partial(draft_file, rules=self._plan.rules),
            self._plan.limits,
            functools.partial(load_tokenizer, tokenizer) if tokenizer else None,
        )
        if self._plan.exclusion is not None:
            self._evaluation = load_index(self._plan.exclusion.index_path)

    def teardown(self) -> None:
        self._draft.close()

    def _drafted(self, file: FileKey) -> DraftedFile | Reject:
        try:
            source = read_source(self._plan.rules.inputs, file, self._plan.rules.max_file_bytes)
            drafted = self._draft(file, source)
        except Changed as error:
            return reject_file(file, file.content_key, Stage.PARSE, Reason.CHANGED, str(error))
        except NoAnswer as error:
            return reject_file(file, file.content_key, Stage.PARSE, error.reason, error.detail)
        if file.suspect and self._plan.exclusion is not None:
            return without_evaluation(
                drafted, source.text, self._evaluation, self._plan.exclusion.near_threshold
            )
        return drafted

    def _outputs(self, drafted: DraftedFile | Reject) -> Iterator[DraftOutput]:
        if isinstance(drafted, Reject):
            metrics.rejected(drafted.stage, drafted.reason).inc()
            yield TaggedOutput("rejects", drafted)
            return
        yield from outputs_of(drafted)
        metrics.counter("draft/samples").inc(len(drafted.keys))
        self._progress.add(files_drafted=1, samples=len(drafted.keys))


class _DraftFileFn(_DraftFn):
    def process(self, file: FileKey) -> Iterator[DraftOutput]:
        yield from self._outputs(self._drafted(file))


class _DraftPartitionFn(_DraftFn):
    """Drafts the files of a partition that the index does not know, and writes it anew."""

    def __init__(self, plan: DraftPlan, index: IndexPlan) -> None:
        super().__init__(plan)
        self._index = index

    def process(self, element: Grouped) -> Iterator[DraftOutput]:
        partition = element[0][0]
        known = {
            row.file_id: row for row in self._index.read(INDEXED_DRAFTS, partition, IndexedDrafts)
        }
        rows: list[IndexedDrafts] = []
        for file in element[1]["files"]:
            # What a notebook's parser is given depends on its cells, which its key does not tell.
            is_indexed = not file.container
            row = known.get(draft_index.file_id(file)) if is_indexed else None
            drafted = self._drafted(file) if row is None else draft_index.decode(row, file)
            if is_indexed and isinstance(drafted, DraftedFile):
                rows.append(row or draft_index.encode(drafted))
            yield from self._outputs(drafted)
        write_rows(self._index.staging, INDEXED_DRAFTS, partition, rows)
