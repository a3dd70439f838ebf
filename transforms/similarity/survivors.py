"""Who survives among near duplicates: greedily by rank, never a chain, never an orphan.

Best rank first, a document is removed only if one that stays is its near duplicate, and names the
best of those. A vertex comes to that answer by itself when it hears what became of its better near
duplicates, round by round; `finish` decides on those that still wait after the rounds.
"""

import dataclasses
from collections.abc import Iterable, Sequence

from transforms.records import Better, Verdict, Vertex


def merge(parts: Sequence[Vertex]) -> Vertex:
    """One vertex of what several edges say of the same document."""
    first = parts[0]
    if len(parts) == 1:
        return first
    return Vertex(
        first.key,
        first.worst,
        [better for part in parts for better in part.betters],
        [],
        [worse for part in parts for worse in part.worses],
    )


def hear(vertex: Vertex, verdicts: Iterable[Verdict]) -> Vertex:
    """What a vertex knows when it has heard what became of others."""
    stays = {verdict.better: verdict.stays for verdict in verdicts}
    betters = [better for better in vertex.betters if stays.get(better.key, True)]
    staying = [better.key for better in betters if better.key in stays]
    return dataclasses.replace(vertex, betters=betters, staying=[*vertex.staying, *staying])


def survivor_of(vertex: Vertex) -> Better | None:
    """Whom a vertex names if it is known to be removed: the best that is left, if that one stays.

    A vertex with none left stays itself.
    """
    best = min(vertex.betters, key=_rank_of, default=None)
    return best if best is not None and best.key in vertex.staying else None


def finish(undecided: Iterable[Vertex]) -> dict[bytes, Better]:
    """Whom each removed one names of those that rounds left over, one by one, best rank first.

    Of a vertex' better ones that are not among them, all that are left stay.
    """
    removed: dict[bytes, Better] = {}
    for vertex in sorted(undecided, key=_rank_of):
        left = [better for better in vertex.betters if better.key not in removed]
        if left:
            removed[vertex.key] = min(left, key=_rank_of)
    return removed


def _rank_of(content: Better | Vertex) -> tuple[int, bytes]:
    """Its rank: smaller is better."""
    return content.worst, content.key
