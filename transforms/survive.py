"""Survivors among near duplicates, in rounds over small keys."""

from collections.abc import Iterator
from typing import Literal

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import metrics
from transforms.group import Grouped, JoinByKey
from transforms.records import Better, Edge, Removed, Verdict, Vertex
from transforms.similarity.survivors import finish, hear, merge, survivor_of

# Most are decided in the first: the near duplicates of one that has no better one itself.
ROUNDS = 3
_ONE_KEY = b"rest"


class FindSurvivors(beam.PTransform):
    """Edges between near duplicates -> (survivor's content key, Removed) of each one removed.

    The answer is the greedy's: best rank first, a content is removed only if one that stays is its
    near duplicate, and names the best of those. A content decides as soon as it has heard from its
    better near duplicates, and tells its worse ones. After `ROUNDS` rounds the few still undecided
    are finished under one key. A shuffle of edges, one a round, and one of the rest.
    """

    def __init__(self, spill_dir: str | None) -> None:
        super().__init__()
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, edges: beam.PCollection[Edge]) -> beam.PCollection[tuple[bytes, Removed]]:
        vertices = edges | "TellBoth" >> beam.ParDo(_tell_both)
        decided = (
            {"vertices": vertices}
            | "GroupEdges" >> JoinByKey(self._spill_dir)
            | "Start" >> _decide()
        )
        removed = [decided.removed]
        for number in range(1, ROUNDS + 1):
            decided = (
                {"vertices": decided.vertices, "verdicts": decided.verdicts}
                | f"GroupRound{number}" >> JoinByKey(self._spill_dir)
                | f"Round{number}" >> _decide()
            )
            removed.append(decided.removed)
        rest = (
            {
                "vertices": decided.vertices | "RestKey" >> beam.Map(_vertex_under_one_key),
                "verdicts": decided.verdicts | "LastKey" >> beam.Map(_verdict_under_one_key),
            }
            | "GroupRest" >> JoinByKey(self._spill_dir)
            | "Finish" >> beam.ParDo(_finish)
        )
        return (*removed, rest) | "Removed" >> beam.Flatten()


def _tell_both(edge: Edge) -> Iterator[tuple[bytes, Vertex]]:
    pair = edge.pair
    better = Better(pair.better_worst, pair.better, edge.similarity)
    yield pair.worse, Vertex(pair.worse, pair.worse_worst, [better], [], [])
    yield pair.better, Vertex(pair.better, pair.better_worst, [], [], [pair.worse])


def _decide() -> beam.ParDo:
    return beam.ParDo(_DecideFn()).with_outputs("verdicts", "removed", main="vertices")


class _DecideFn(beam.DoFn):
    """Hears the verdicts, and passes one where that is enough; else the vertex goes on waiting."""

    def process(
        self, element: Grouped
    ) -> Iterator[
        tuple[bytes, Vertex]
        | TaggedOutput[Literal["verdicts"], tuple[bytes, Verdict]]
        | TaggedOutput[Literal["removed"], tuple[bytes, Removed]]
    ]:
        key, groups = element
        if groups["vertices"]:  # else it was decided before, and needs no verdicts any more
            vertex = hear(merge(groups["vertices"]), groups.get("verdicts", ()))
            survivor = survivor_of(vertex)
            if survivor is not None:
                yield TaggedOutput("removed", (survivor.key, Removed(key, survivor.similarity)))
            if vertex.betters and survivor is None:
                yield key, vertex
            else:
                for worse in vertex.worses:
                    yield TaggedOutput("verdicts", (worse, Verdict(key, stays=survivor is None)))


def _vertex_under_one_key(element: tuple[bytes, Vertex]) -> tuple[bytes, Vertex]:
    return _ONE_KEY, element[1]


def _verdict_under_one_key(element: tuple[bytes, Verdict]) -> tuple[bytes, Verdict]:
    return _ONE_KEY, element[1]


def _finish(element: Grouped) -> Iterator[tuple[bytes, Removed]]:
    vertices = [hear(vertex, element[1]["verdicts"]) for vertex in element[1]["vertices"]]
    for key, survivor in finish(vertices).items():
        metrics.counter("near_dedup/decided_after_rounds").inc()
        yield survivor.key, Removed(key, survivor.similarity)
