"""Which texts contain an item of an evaluation set, or are nearly one.

An item is looked for by its *parts*: its prompt, its solution, both in a row, and the solution's
code without docs and comments, as written and under any renaming. Which quotation mark is used does
not count. A text contains an item if enough of the shingles of one of its parts stand there close
together: within twice as many tokens as the item has.
"""

import dataclasses
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.similarity.evaluation_index import (
    SHARE,
    EvaluationIndex,
    Part,
    Postings,
    one_quote,
)
from transforms.similarity.shingles import SHINGLE_TOKENS, Hashes, Tokens, shingle_hashes
from transforms.similarity.views import VIEWS

# A sample may not even nearly contain a part, if so much of it stands in code not much longer: with
# a Jaccard similarity of ALIKE.
NEAR_SHARE = 0.45
ALIKE = 0.3

_TAIL = SHINGLE_TOKENS - 1
_CELLS_AT_ONCE = 1 << 21
_STRETCHES = 100  # that have the most shingles, of which the shortest is looked for


@dataclasses.dataclass(frozen=True, slots=True)
class Likeness:
    """What a text has of the part of an item that it has most of.

    Attributes:
      number: the part's.
      shared: its shingles that stand close together in the text.
      stretch: tokens of the text in which they begin.
      similarity: Jaccard of the text and the part as they are written; 0 where it is surely low.
    """

    part: Part
    number: int
    shared: int
    stretch: int
    similarity: float

    @property
    def containment(self) -> float:
        """Share of the part's shingles."""
        return self.shared / self.part.size

    def contains(self, near: float) -> bool:
        """Whether the text contains the part, or is nearly the part itself."""
        long_enough = self.part.is_long and self.shared >= self.part.needed()
        return long_enough or self.similarity >= near

    def nearly_contains(self, near: float) -> bool:
        """Whether it does, or a stretch of it is much like the part."""
        alike = self.shared / (self.part.size + self.stretch - self.shared) >= ALIKE
        much = self.part.is_long and self.shared >= self.part.needed(NEAR_SHARE)
        return self.contains(near) or (alike and much)


@dataclasses.dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out of a dataset, as stages are told of it.

    Attributes:
      index_path: a file by `write_index` that all workers can read.
      near_threshold: the similarity of near duplicates.
    """

    index_path: str
    near_threshold: float


class _Hits(NamedTuple):
    """Where shingles of the index begin: token, document and the shingle's number."""

    tokens: NDArray[np.int64]
    documents: NDArray[np.int64]
    shingles: NDArray[np.int64]

    def where(self, chosen: "slice | NDArray") -> "_Hits":
        """Some of them."""
        return _Hits(self.tokens[chosen], self.documents[chosen], self.shingles[chosen])

    def of_document(self, document: int) -> "_Hits":
        """Those in one document."""
        return self.where(slice(*np.searchsorted(self.documents, [document, document + 1])))


def likenesses(index: EvaluationIndex, tokens: Tokens, near: float) -> list[Likeness | None]:
    """The likeness of each document; None where no sample of it can match an item.

    Args:
      index: of the items.
      tokens: of the documents, about a megabyte of text.
      near: the similarity of near duplicates. Parts too short to be contained can still be near.
    """
    best: list[Likeness | None] = [None] * (len(tokens.starts) - 1)
    least = _least(index, near)
    tokens = one_quote(tokens)
    for view in VIEWS:
        hashes = shingle_hashes(tokens, view)
        postings = index.postings[view]
        hits = _find(postings, hashes, tokens.starts)
        for document, number, shared in _candidates(postings, hits, least):
            part, own = index.parts[number], hits.of_document(document)
            own = own.where(postings.is_of(number, own.shingles))
            close, stretch = _closest(own, part.reach, int(least[number]))
            text = hashes[tokens.starts[document] : tokens.starts[document + 1] - _TAIL]
            similarity = _similarity(shared, part, text, near) if view == "tokens" else 0.0
            found = Likeness(part, number, close, stretch, similarity)
            other = best[document]
            if other is None or _degree(found, near) > _degree(other, near):
                best[document] = found
    return best


def describe(index: EvaluationIndex, likeness: Likeness) -> dict[str, str | float]:
    """What the ledger says of a match."""
    file, item_id = index.items[likeness.part.item]
    return {
        "file": file,
        "item": item_id,
        "part": likeness.part.name,
        "containment": round(likeness.containment, 4),
        "similarity": round(likeness.similarity, 4),
    }


def _least(index: EvaluationIndex, near: float) -> NDArray[np.int64]:
    """How many shingles of each part a text must have to be looked at."""
    contained = NEAR_SHARE * index.sizes + index.sures
    is_long = SHARE * index.sizes + index.sures <= index.sizes
    alike = near * index.sizes  # what a text that is near a part has of it
    return np.ceil(np.where(is_long, np.minimum(contained, alike), alike)).astype(np.int64)


def _degree(likeness: Likeness, near: float) -> tuple[bool, bool, float, float, int]:
    """What follows, then by how much more than it must a text has; ties go to the first part."""
    part = likeness.part
    more = likeness.shared / part.needed() if part.is_long else 0.0
    follows = likeness.contains(near), likeness.nearly_contains(near)
    return *follows, max(more, likeness.similarity), more, -likeness.number


def _find(postings: Postings, hashes: Hashes, starts: NDArray[np.int64]) -> _Hits:
    """The shingles of the index in documents that begin at these tokens."""
    at, shingles = postings.find(hashes)
    documents = np.searchsorted(starts, at, side="right") - 1
    within = at < starts[documents + 1] - _TAIL
    return _Hits(at[within], documents[within], shingles[within])


def _candidates(
    postings: Postings, hits: _Hits, needed: NDArray[np.int64]
) -> Iterator[tuple[int, int, int]]:
    """(document, part, shingles in common) where these are as many as needed of the part."""
    pairs = np.unique(hits.documents * len(postings.hashes) + hits.shingles)
    documents, shingles = np.divmod(pairs, max(1, len(postings.hashes)))
    found, rows = np.unique(documents, return_inverse=True)
    at_once = max(1, _CELLS_AT_ONCE // max(1, len(needed)))
    for first in range(0, len(found), at_once):
        last = min(first + at_once, len(found))
        block = slice(*np.searchsorted(rows, [first, last]))
        parts, of = postings.parts_of(shingles[block])
        cells = (rows[block][of] - first) * len(needed) + parts
        shared = np.bincount(cells, minlength=(last - first) * len(needed))
        enough = shared.reshape(-1, len(needed)) >= needed
        for cell in np.flatnonzero(enough).tolist():
            row, part = divmod(cell, len(needed))
            yield int(found[first + row]), part, int(shared[cell])


def _closest(hits: _Hits, reach: int, least: int) -> tuple[int, int]:
    """The most shingles, each counted once, that begin within so many tokens; and in how many.

    The latter is only looked for where they are enough. A hit counts in each stretch that begins at
    an earlier hit, near enough, and after the last hit of the same shingle.
    """
    here = np.arange(len(hits.tokens))
    order = np.argsort(hits.shingles, kind="stable")
    again = np.flatnonzero(np.diff(hits.shingles[order]) == 0)
    before = np.full(len(here), -1)
    before[order[again + 1]] = order[again]
    near = np.searchsorted(hits.tokens, hits.tokens - reach, side="right")
    begins, ends = np.bincount(np.maximum(before + 1, near)), np.bincount(here + 1)[:-1]
    distinct = np.cumsum(begins) - np.cumsum(ends)[: len(begins)]
    most, stretch = int(distinct.max()), reach
    if most < least:
        return most, stretch
    for first in np.flatnonzero(distinct == most)[:_STRETCHES].tolist():
        counted = (before[first:] < first) & (hits.tokens[first:] < hits.tokens[first] + reach)
        last = first + np.flatnonzero(counted)[-1]
        stretch = min(stretch, int(hits.tokens[last] - hits.tokens[first]) + 1)
    return most, stretch


def _similarity(shared: int, part: Part, text: Hashes, near: float) -> float:
    """Jaccard of a text's shingles and a part's, 0 where it is surely lower than `near`."""
    if shared < near * part.size:
        return 0.0
    return shared / (part.size + len(np.unique(text)) - shared)
