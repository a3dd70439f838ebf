"""Promise 8, of evaluation sets: no row contains an item of one, or is nearly one.

It shares the reading of the sets, the shingles and the bar with the build, not its index or search.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.validate.dataset import Dataset, Record
from pipeline.validate.outcome import Findings
from transforms.similarity.evaluation_index import SHARE, SURE, EvaluationItem
from transforms.similarity.shingles import (
    SHINGLE_TOKENS,
    Hashes,
    jaccard,
    shingle_hashes,
    shingle_sets,
    token_hashes,
)
from transforms.similarity.views import VIEWS, View
from transforms.sources.evaluation_sets import read_evaluation_sets

_BATCH_ROWS = 256


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """A text of an item, in one view.

    Attributes:
      reach: tokens within which its shingles are counted.
    """

    item: EvaluationItem
    shingles: Hashes
    reach: int

    def bar(self, view: View) -> float:
        """How many of its shingles a row may not have."""
        return SHARE * len(self.shingles) + SURE[view]


def check_evaluation_sets(dataset: Dataset, findings: Findings) -> None:
    """Look for the items of the sets that the build was told to leave out."""
    paths = dataset.options.get("exclude_like") or ()
    if not paths:
        return
    try:
        items = read_evaluation_sets(paths)
    except ValueError as error:
        findings.skip(f"evaluation sets are not checked: {error}")
        return
    findings.count("items of evaluation sets", len(items))
    near = float(dataset.options["near_threshold"])
    searches = [_Search(items, view, near) for view in VIEWS]
    for rows in _batches(dataset.read("data", "id", "context", "target", "suffix")):
        texts = [(row["context"] + row["target"] + row["suffix"]).encode() for row in rows]
        for search in searches:
            for number, item in search.find(texts):
                what = f"{item.file} {item.item_id}"
                findings.fault(f"row {rows[number]['id']} contains {what}")


def _batches(rows: Iterable[Record]) -> Iterator[list[Record]]:
    rows = iter(rows)
    while batch := list(itertools.islice(rows, _BATCH_ROWS)):
        yield batch


class _Search:
    """The parts of all items in one view."""

    def __init__(self, items: Sequence[EvaluationItem], view: View, near: float) -> None:
        self._view = view
        self._near = near
        self._parts = [
            part for item in items for text in self._texts(item) for part in self._part(item, text)
        ]
        sizes = np.array([len(part.shingles) for part in self._parts], np.int64)
        self._least = np.minimum(SHARE * sizes + SURE[view], near * sizes)
        # Every shingle of every part, in order, and whose it is.
        every = np.concatenate([np.zeros(0, np.uint64), *(part.shingles for part in self._parts)])
        order = np.argsort(every, kind="stable")
        self._shingles, self._owners = every[order], np.repeat(np.arange(len(sizes)), sizes)[order]

    def _texts(self, item: EvaluationItem) -> tuple[str, ...]:
        if self._view == "identifiers":
            return (item.code,)
        return item.prompt, item.solution, item.whole, item.code

    def _part(self, item: EvaluationItem, text: str) -> Iterator[_Part]:
        lengths = [
            len(token_hashes([each.encode()]).hashes)
            for each in (text, item.whole or item.solution)
        ]
        if lengths[0] >= SHINGLE_TOKENS:
            (shingles,) = shingle_sets([_seen(text.encode())], self._view)
            yield _Part(item, shingles, 2 * max(lengths))

    def find(self, texts: Sequence[bytes]) -> Iterator[tuple[int, EvaluationItem]]:
        """The rows that contain an item, or are nearly one."""
        seen = [_seen(text) for text in texts]
        for number, own in enumerate(shingle_sets(seen, self._view)):
            for index in np.flatnonzero(self._shared(own) >= self._least).tolist():
                part = self._parts[index]
                if self._closest(seen[number], part) >= part.bar(self._view) or (
                    self._view == "tokens" and jaccard(own, part.shingles) >= self._near
                ):
                    yield number, part.item

    def _shared(self, own: Hashes) -> NDArray[np.int64]:
        """How many of a row's shingles each part has."""
        first = np.searchsorted(self._shingles, own, side="left")
        counts = np.searchsorted(self._shingles, own, side="right") - first
        at = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        return np.bincount(self._owners[at], minlength=len(self._parts))

    def _closest(self, text: bytes, part: _Part) -> int:
        """The most of a part's shingles that begin within its reach."""
        hashes = shingle_hashes(token_hashes([text]), self._view)[: 1 - SHINGLE_TOKENS]
        at = np.flatnonzero(np.isin(hashes, part.shingles)).tolist()
        return max(
            (
                len({int(hashes[other]) for other in at if 0 <= other - first < part.reach})
                for first in at
            ),
            default=0,
        )


def _seen(text: bytes) -> bytes:
    """A text as it is compared: quotation marks are all the same."""
    return text.replace(b'"', b"'")
