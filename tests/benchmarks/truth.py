"""What dedup should have done, exactly, and how far from it something else is.

Documents are numbers; `Edges` are all pairs at or above the threshold, {document: {other:
similarity}}, both ways. They come from a join on prefixes, which knows nothing of MinHash.
"""

import collections
import dataclasses
import itertools
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from pipeline.validate.near_pairs import likely_pairs, sketch
from transforms.similarity.minhash import Banding
from transforms.similarity.shingles import Hashes, jaccard

Edges = Mapping[int, Mapping[int, float]]
Ranks = Sequence[Any]  # smaller is better; total


def exact_edges(sets: Sequence[Hashes], threshold: float) -> Edges:
    """All pairs of shingle sets at or above a similarity."""
    edges: dict[int, dict[int, float]] = collections.defaultdict(dict)
    for a, b in likely_pairs([sketch(each) for each in sets], threshold):
        similarity = jaccard(sets[a], sets[b])
        if similarity >= threshold:
            edges[a][b] = edges[b][a] = similarity
    return edges


def differs_from_brute_force(
    edges: Edges, sets: Sequence[Hashes], documents: Sequence[int], threshold: float
) -> list[tuple[int, int]]:
    """The pairs of some documents of which the edges do not say what a comparison says."""
    return [
        (a, b)
        for a, b in itertools.combinations(sorted(documents), 2)
        if (similarity := jaccard(sets[a], sets[b])) >= threshold or b in edges.get(a, {})
        if edges.get(a, {}).get(b) != similarity
    ]


def greedy(edges: Edges, ranks: Ranks) -> dict[int, int]:
    """Whom each removed document names, one by one: the best of those that stay and are near it."""
    removed: dict[int, int] = {}
    for document in sorted(edges, key=ranks.__getitem__):
        staying = [
            other
            for other in edges[document]
            if other not in removed and ranks[other] < ranks[document]
        ]
        if staying:
            removed[document] = min(staying, key=ranks.__getitem__)
    return removed


def expected_leaks(edges: Edges, ranks: Ranks, banding: Banding) -> float:
    """How many documents should leak since they share no band with any survivor near them."""
    removed = greedy(edges, ranks)
    total = 0.0
    for document in removed:
        missed = 1.0
        for other, similarity in edges[document].items():
            if other not in removed and ranks[other] < ranks[document]:
                missed *= 1 - banding.probability(similarity)
        total += missed
    return total


def leaks(edges: Edges, removed: Container[int]) -> Iterator[tuple[int, int]]:
    """The pairs of which both stayed."""
    for a, others in edges.items():
        yield from ((a, b) for b in others if a < b and a not in removed and b not in removed)


@dataclasses.dataclass(frozen=True, slots=True)
class Scores:
    """How well documents were removed.

    Attributes:
      pairs: pairs at or above the threshold.
      removed: documents removed.
      leaks: pairs of which both stayed.
      orphans: removed documents that are near none that stayed.
      true_survivors: removed documents whose named survivor is near them; where none are named,
        that are near any document at all.
      best_survivors: removed documents that name the best of all that stayed and are near them, and
        that come after it in rank; None where no survivors are named.
      differ: documents for which it differs from the exact greedy, survivor included if named.
    """

    pairs: int
    removed: int
    leaks: int
    orphans: int
    true_survivors: int
    best_survivors: int | None
    differ: int

    @property
    def recall(self) -> float:
        """Share of the pairs of which at least one was removed."""
        return 1 - self.leaks / self.pairs if self.pairs else 1.0

    @property
    def precision(self) -> float:
        """Share of the removed documents that are near the survivor they name."""
        return self.true_survivors / self.removed if self.removed else 1.0

    @property
    def orphan_ratio(self) -> float:
        """Share of the removed documents that are near none that stayed."""
        return self.orphans / self.removed if self.removed else 0.0

    @property
    def best_ratio(self) -> float:
        """Share of the removed documents that name the best."""
        return (self.best_survivors or 0) / self.removed if self.removed else 1.0


def score(edges: Edges, ranks: Ranks, removed: Mapping[int, int | None]) -> Scores:
    """Score what was removed, {document: survivor named}."""
    named = any(survivor is not None for survivor in removed.values())
    expected = greedy(edges, ranks)
    orphans = true = best = 0
    for document, survivor in removed.items():
        near = edges.get(document, {})
        staying = [other for other in near if other not in removed]
        orphans += not staying
        true += survivor in near if named else bool(near)
        best += bool(staying) and (
            survivor == min(staying, key=ranks.__getitem__) and ranks[survivor] < ranks[document]
        )
    return Scores(
        pairs=sum(map(len, edges.values())) // 2,
        removed=len(removed),
        leaks=sum(a < b and a not in removed and b not in removed for a in edges for b in edges[a]),
        orphans=orphans,
        true_survivors=true,
        best_survivors=best if named else None,
        differ=sum(
            (each in expected) != (each in removed)
            or (named and expected.get(each) != removed.get(each))
            for each in expected.keys() | removed.keys()
        ),
    )
