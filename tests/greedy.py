"""The sequential greedy of a whole graph in memory: what rounds of survivors must come to."""

from collections.abc import Hashable, Mapping
from typing import Any, Protocol, TypeVar


class _Rank(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Hashable)


def survivors(near: Mapping[K, Mapping[K, float]], rank: Mapping[K, _Rank]) -> dict[K, K]:
    """Whom each removed document names.

    Args:
      near: verified near duplicates, {document: {other: similarity}}, both ways.
      rank: a total order; smaller is better.
    """
    removed: dict[K, K] = {}
    for document in sorted(near, key=rank.__getitem__):
        staying = [
            other
            for other in near[document]
            if rank[other] < rank[document] and other not in removed
        ]
        if staying:
            removed[document] = min(staying, key=rank.__getitem__)
    return removed
