"""The exact search finds every near duplicate, whatever the threshold."""

import itertools

import numpy as np
import pytest

from pipeline.validate import near_pairs
from pipeline.validate.near_pairs import likely_pairs, sketch
from transforms.similarity.shingles import Hashes, jaccard, shingle_sets


@pytest.fixture(scope="module")
def sets() -> list[Hashes]:
    """Families of texts of 1 to 80 words that differ in up to 6 words, and texts without tokens."""
    draw = np.random.default_rng(5)
    words = [f"w{number}" for number in range(60)]
    texts = []
    for _ in range(60):
        text = list(draw.choice(words, draw.integers(1, 80)))
        texts.append(text)
        for _ in range(3):
            copy = list(text)
            for at in draw.integers(0, len(copy), draw.integers(0, 4)):
                copy[at] = str(draw.choice(words))
            texts.append(copy + list(draw.choice(words, draw.integers(0, 3))))
    return shingle_sets([b"", b"  ", *(" ".join(text).encode() for text in texts)])


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.85, 1.0])
@pytest.mark.parametrize("at_once", [50, 1 << 22], ids=["in-chunks", "at-once"])
def test_all_pairs_are_found(
    sets: list[Hashes], threshold: float, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_pairs, "_PAIRS_AT_ONCE", at_once)
    found = list(likely_pairs([sketch(each) for each in sets], threshold))
    assert len(found) == len(set(found))
    exact = {
        (one, other): jaccard(sets[one], sets[other])
        for one, other in itertools.combinations(range(len(sets)), 2)
    }
    expected = {pair for pair, similarity in exact.items() if similarity >= threshold}
    assert expected
    assert expected <= set(found)
    assert min(exact[pair] for pair in found) >= threshold - 0.01


@pytest.mark.parametrize("texts", [[], [b""], [b"a b c"]], ids=["none", "empty", "one"])
def test_too_few_sets_have_no_pairs(texts: list[bytes]) -> None:
    sketches = [sketch(each) for each in (shingle_sets(texts) if texts else [])]
    assert list(likely_pairs(sketches, 0.85)) == []
