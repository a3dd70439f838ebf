"""Which texts contain an item of an evaluation set, or are nearly one.

An item is looked for by its *parts*: its prompt, its solution and both in a row, as they are
written; and the solution's bare code, under any renaming and with either quotation mark. A text
contains an item if enough of the shingles of one of its parts stand there close together: within
twice as many tokens as the item has.
"""

import collections
import dataclasses
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.similarity.evaluation_index import (
    LEAST_SHINGLES,
    EvaluationIndex,
    Part,
    Postings,
    one_quote,
)
from transforms.similarity.shingles import SHINGLE_TOKENS, Hashes, Tokens, shingle_hashes
from transforms.similarity.views import VIEWS

# A text contains a part of n shingles if it has SHARE n + SURE of them: nearly all of a short part,
# of which other code has much, too. A sample may not even nearly contain it, if that much of it
# stands in code not much longer: with a Jaccard similarity of ALIKE.
SHARE, NEAR_SHARE = 0.55, 0.45
SURE = 5
ALIKE = 0.3

_TAIL = SHINGLE_TOKENS - 1
_CELLS_AT_ONCE = 1 << 21


@dataclasses.dataclass(frozen=True, slots=True)
class Likeness:
    """What a text has of the part of an item that it has most of.

    Attributes:
      part: its number.
      size: its shingles.
      shared: those that stand close together in the text.
      stretch: tokens of the text in which they begin.
      similarity: Jaccard of the text and the part as they are written; 0 where it is surely low.
    """

    part: int
    size: int
    shared: int
    stretch: int
    similarity: float

    @property
    def containment(self) -> float:
        """Share of the part's shingles."""
        return self.shared / self.size

    def contains(self, near: float) -> bool:
        """Whether the text contains the part, or is nearly the part itself."""
        return self._has(SHARE) or self.similarity >= near

    def nearly_contains(self, near: float) -> bool:
        """Whether it does, or a stretch of it is much like the part."""
        alike = self.shared / (self.size + self.stretch - self.shared) >= ALIKE
        return self.contains(near) or (alike and self._has(NEAR_SHARE))

    def _has(self, share: float) -> bool:
        return self.size >= LEAST_SHINGLES and self.shared >= share * self.size + SURE


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
    for view in VIEWS:
        hashes = shingle_hashes(one_quote(tokens, view), view)
        postings = index.postings[view]
        hits = _find(postings, hashes, tokens.starts)
        for document, number, shared in _candidates(postings, hits, _needed(index, near)):
            part, own = index.parts[number], hits.of_document(document)
            known, of = postings.parts_of(own.shingles)
            shared_close, stretch = _closest(own.where(of[known == number]), part.reach)
            text = hashes[tokens.starts[document] : tokens.starts[document + 1] - _TAIL]
            likeness = Likeness(
                part=number,
                size=part.size,
                shared=shared_close,
                stretch=stretch,
                similarity=_similarity(shared, part, text) if view == "tokens" else 0.0,
            )
            other = best[document]
            if part.size >= LEAST_SHINGLES or likeness.similarity >= near:
                best[document] = likeness if other is None else max(likeness, other, key=_degree)
    return best


def describe(index: EvaluationIndex, likeness: Likeness) -> dict[str, str | float]:
    """What the ledger says of a match."""
    part = index.parts[likeness.part]
    file, item_id = index.items[part.item]
    return {
        "file": file,
        "item": item_id,
        "part": part.name,
        "containment": round(likeness.containment, 4),
        "similarity": round(likeness.similarity, 4),
    }


def _needed(index: EvaluationIndex, near: float) -> NDArray[np.int64]:
    """How many shingles of each part a text must have to be looked at."""
    contained = np.ceil(NEAR_SHARE * index.sizes + SURE)
    return np.where(index.sizes < LEAST_SHINGLES, np.ceil(near * index.sizes), contained).astype(
        np.int64
    )


def _degree(likeness: Likeness) -> tuple[float, float, int]:
    """By how much more than it must a text has; ties go to the first part."""
    more = (likeness.shared - SURE) / likeness.size if likeness.size >= LEAST_SHINGLES else 0.0
    return max(more, likeness.similarity), more, -likeness.part


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


def _closest(hits: _Hits, reach: int) -> tuple[int, int]:
    """The most shingles, each counted once, that begin within so many tokens; and in how many."""
    most, stretch, first = 0, 0, 0
    inside: collections.Counter[int] = collections.Counter()
    tokens, shingles = hits.tokens.tolist(), hits.shingles.tolist()
    for token, shingle in zip(tokens, shingles, strict=True):
        inside[shingle] += 1
        while tokens[first] <= token - reach or inside[shingles[first]] > 1:
            inside[shingles[first]] -= 1
            if not inside[shingles[first]]:
                del inside[shingles[first]]
            first += 1
        if (len(inside), -(token - tokens[first] + 1)) > (most, -stretch):
            most, stretch = len(inside), token - tokens[first] + 1
    return most, stretch


def _similarity(shared: int, part: Part, text: Hashes) -> float:
    """Jaccard of a text's shingles and a part's, 0 where the text is more than twice as long."""
    if len(text) > 2 * part.size + LEAST_SHINGLES:
        return 0.0
    return shared / (part.size + len(np.unique(text)) - shared)
