"""What the checks look at: the dataset, its sources, and what several checks derive from both."""

import dataclasses
import functools
import heapq
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.validate.dataset import Dataset, FileName, file_name
from pipeline.validate.near_pairs import likely_pairs, sketch
from pipeline.validate.outcome import Findings
from pipeline.validate.sources import Sources
from transforms.similarity.shingles import jaccard, shingle_sets
from transforms.similarity.views import View

_MOST_FILES_JOINED = 30_000
_BATCH_BYTES = 1 << 20


class NearPair(NamedTuple):
    """Two used files that are near duplicates."""

    first: FileName
    second: FileName
    similarity: float


class Search(NamedTuple):
    """The near duplicates among used files, and in how many of them they were looked for."""

    pairs: list[NearPair]
    searched: int
    used: int


@dataclasses.dataclass
class Evidence:
    """A dataset and, where they are given, its sources."""

    dataset: Dataset
    sources: Sources | None

    @functools.cached_property
    def near_pairs(self) -> Search:
        """All pairs of used files at or above the threshold, by exact search, without MinHash.

        Above 30,000 files those with the smallest content keys are searched, a uniform sample.
        Memory: about 5 bytes a shingle of the files searched.

        Raises:
          ValueError: if the sources are not given.
        """
        if self.sources is None:
            raise ValueError("near duplicates cannot be searched without the sources")
        threshold = float(self.dataset.options["near_threshold"])
        keys = [(row["content_key"], file_name(row)) for row in self._used()]
        names = [name for _, name in heapq.nsmallest(_MOST_FILES_JOINED, keys)]
        sketches = [
            sketch(shingles)
            for batch in self._texts(names)
            for shingles in shingle_sets(batch, self._view)
        ]
        pairs = []
        for first, second in likely_pairs(sketches, threshold):
            similarity = self.similarity(names[first], names[second])
            if similarity >= threshold:
                pairs.append(NearPair(names[first], names[second], similarity))
        return Search(pairs, len(names), len(keys))

    def similarity(self, first: FileName, second: FileName) -> float:
        """The exact similarity of two files of the input; 0 where one has no text."""
        if self.sources is None:
            raise ValueError("similarity cannot be computed without the sources")
        texts = [self.sources.text((name[0], name[2])) or b"" for name in (first, second)]
        return jaccard(*shingle_sets(texts, self._view))

    @property
    def _view(self) -> View:
        """The view in which the build compared files."""
        return self.dataset.options.get("dedup_view", "tokens")

    def _used(self) -> Iterator[dict[str, str]]:
        return self.dataset.read("files", "content_key", "source", "repo", "path")

    def _texts(self, names: list[FileName]) -> Iterator[list[bytes]]:
        """The files' texts in order, about a megabyte at a time; empty where a file has none."""
        if self.sources is None:
            return
        batch: list[bytes] = []
        size_bytes = 0
        for name in names:
            batch.append(self.sources.text((name[0], name[2])) or b"")
            size_bytes += len(batch[-1])
            if size_bytes >= _BATCH_BYTES:
                yield batch
                batch, size_bytes = [], 0
        if batch:
            yield batch


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One promise and how it is checked.

    Attributes:
      needs_input: whether a pass needs the sources; offences count without them as well.
    """

    promise: int
    title: str
    needs_input: bool
    run: Callable[[Evidence, Findings], None]
