"""The benchmarks' own arithmetic, on graphs small enough to see."""

import random
from pathlib import Path

import pytest

from tests.benchmarks import truth
from tests.benchmarks.edits import EDITS, similarity_histogram, write_edits
from transforms.similarity.minhash import Banding
from transforms.similarity.shingles import jaccard, shingle_sets

# 0 - 1 - 2 is a chain, 3 and 4 are a pair, 5 is near none.
CHAIN_AND_PAIR = {0: {1: 0.9}, 1: {0: 0.9, 2: 0.9}, 2: {1: 0.9}, 3: {4: 1.0}, 4: {3: 1.0}}
RANKS = range(6)
TEXT = b"".join(
    b"total_%d = scale(first, %d) * %d - second[%d]\n" % (at, at * 3, at + 1, at * 7)
    for at in range(200)
)


def test_the_greedy_keeps_the_ends_of_a_chain() -> None:
    assert truth.greedy(CHAIN_AND_PAIR, RANKS) == {1: 0, 4: 3}
    assert truth.greedy(CHAIN_AND_PAIR, [1, 0, 2, 4, 3, 5]) == {0: 1, 2: 1, 3: 4}


def test_what_the_greedy_does_is_perfect() -> None:
    scores = truth.score(CHAIN_AND_PAIR, RANKS, dict(truth.greedy(CHAIN_AND_PAIR, RANKS)))
    assert scores == truth.Scores(3, 2, 0, 0, 2, 2, 0)
    assert scores.recall == scores.precision == scores.best_ratio == 1
    assert scores.orphan_ratio == 0


@pytest.mark.parametrize(
    ("removed", "expected"),
    [
        pytest.param({1: 0}, truth.Scores(3, 1, 1, 0, 1, 1, 1), id="a pair leaks"),
        pytest.param({1: 0, 2: 1, 4: 3}, truth.Scores(3, 3, 0, 1, 3, 2, 1), id="a chain's orphan"),
        pytest.param({1: 2, 4: 3}, truth.Scores(3, 2, 0, 0, 2, 1, 1), id="not the best"),
        pytest.param({1: 0, 3: 4}, truth.Scores(3, 2, 0, 0, 2, 1, 2), id="the best removed"),
        pytest.param({1: 0, 4: 3, 5: 0}, truth.Scores(3, 3, 0, 1, 2, 2, 1), id="near none"),
        pytest.param({1: None, 4: None}, truth.Scores(3, 2, 0, 0, 2, None, 0), id="unnamed"),
        pytest.param(
            {0: None, 1: None, 2: None, 4: None, 5: None},
            truth.Scores(3, 5, 0, 4, 4, None, 3),
            id="unnamed orphans",
        ),
        pytest.param({}, truth.Scores(3, 0, 3, 0, 0, None, 2), id="nothing removed"),
    ],
)
def test_scores(removed: dict[int, int | None], expected: truth.Scores) -> None:
    assert truth.score(CHAIN_AND_PAIR, RANKS, removed) == expected


def test_a_document_leaks_if_it_misses_every_survivor() -> None:
    cut = Banding(bands=1, rows=1)  # finds a pair as often as it is similar
    star = {0: {2: 0.75}, 1: {2: 0.5}, 2: {0: 0.75, 1: 0.5}}
    assert truth.expected_leaks(star, range(3), cut) == pytest.approx(0.25 * 0.5)


def test_brute_force_finds_what_edges_miss_and_invent() -> None:
    texts = [b"a b c d e f g h", b"a b c d e f g h i", b"p q r s t u v w"]
    sets = shingle_sets(texts)
    edges = truth.exact_edges(sets, 0.7)
    assert edges == {0: {1: 0.8}, 1: {0: 0.8}}
    assert truth.differs_from_brute_force(edges, sets, range(3), 0.7) == []
    assert truth.differs_from_brute_force({}, sets, range(3), 0.7) == [(0, 1)]
    invented = {**edges, 2: {0: 0.8}, 0: {1: 0.8, 2: 0.8}}
    assert truth.differs_from_brute_force(invented, sets, range(3), 0.7) == [(0, 2)]


def test_histograms_count_every_similarity_once() -> None:
    assert similarity_histogram([0.0, 0.599, 0.6, 0.65, 0.849, 0.85, 0.999, 1.0]) == [
        2, 1, 1, 0, 0, 1, 1, 0, 2
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["change_tokens", "insert_lines", "append"])
@pytest.mark.parametrize("similarity", [0.7, 0.85, 0.95])
def test_edits_come_near_the_similarity_they_aim_at(kind: str, similarity: float) -> None:
    edited = EDITS[kind](TEXT, similarity, random.Random(5))
    assert jaccard(*shingle_sets([TEXT, edited])) == pytest.approx(similarity, abs=0.05)


def test_edits_are_the_same_wherever_they_are_written(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(80):
        (corpus / f"{number}.py").write_bytes(TEXT.replace(b"scale", b"scale_%d" % number))
    first, second = (write_edits(corpus, tmp_path / name, divisor=60) for name in ("a", "b"))
    assert len(first) == len(second) > 60
    assert all(
        a.path.read_bytes() == b.path.read_bytes() for a, b in zip(first, second, strict=True)
    )
