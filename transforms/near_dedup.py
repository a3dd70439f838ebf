"""Near dedup of files: candidates by MinHash bands, verified by exact Jaccard, the best survive."""

from collections.abc import Iterator
from typing import NamedTuple

import apache_beam as beam

from transforms.candidates import FindCandidates
from transforms.group import Grouped, JoinByKey
from transforms.index.tables import IndexPlan
from transforms.records import Edge, FileKey, Removal
from transforms.sources.screening import ScreenRules
from transforms.survive import FindSurvivors
from transforms.verify import IndexPairs, VerifyPairs


class NearDuplicates(NamedTuple):
    """What near dedup says.

    Attributes:
      removals: (content key, Removal) of each near duplicate.
      oversize: Oversize of each partition with any.
      indexed: a Shard for each partition of the index's pairs that was written.
    """

    removals: beam.PCollection
    oversize: beam.PCollection
    indexed: beam.PCollection


class FindNearDuplicates(beam.PTransform):
    """The best FileKey of each content -> who is a near duplicate of whom, and who is left out.

    Texts are read again where pairs are verified and never shuffled; what is, is packed band keys,
    packed pairs, places of candidates and verified pairs. A file that changed meanwhile is near
    nothing here; whoever reads it next rejects it.
    """

    def __init__(
        self,
        rules: ScreenRules,
        threshold: float,
        index: IndexPlan | None,
        spill_dir: str | None,
    ) -> None:
        super().__init__()
        self._rules = rules
        self._threshold = threshold
        self._index = index
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, files: beam.PCollection[FileKey]) -> NearDuplicates:
        by_content = files | "KeyByContent" >> beam.Map(_by_content)
        candidates = files | "FindCandidates" >> FindCandidates(self._spill_dir)
        edges = {"files": by_content, "pairs": candidates.pairs} | "VerifyPairs" >> VerifyPairs(
            self._rules, self._index, self._spill_dir
        )
        removed = (
            edges
            | "KeepNear" >> beam.Filter(_is_near, threshold=self._threshold)
            | "FindSurvivors" >> FindSurvivors(self._spill_dir)
        )
        removals = (
            {"files": by_content, "removed": removed}
            | "MeetSurvivors" >> JoinByKey(self._spill_dir)
            | "NameSurvivors" >> beam.ParDo(_name_survivors)
        )
        indexed = edges | "IndexPairs" >> IndexPairs(self._index, self._spill_dir)
        return NearDuplicates(removals, candidates.oversize, indexed)


def _by_content(file: FileKey) -> tuple[bytes, FileKey]:
    return file.content_key, file


def _is_near(edge: Edge, threshold: float) -> bool:
    return edge.similarity >= threshold


def _name_survivors(element: Grouped) -> Iterator[tuple[bytes, Removal]]:
    for file in element[1]["files"]:
        for removed in element[1]["removed"]:
            yield removed.content_key, Removal(file, removed.similarity)
