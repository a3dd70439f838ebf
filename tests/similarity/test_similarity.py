import datasketch
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.similarity.minhash import Banding, band_keys, banding, signatures
from transforms.similarity.pairs import BAND, MAX_BUCKET, band_rows, candidate_pairs
from transforms.similarity.shingles import jaccard, shingle_sets
from transforms.similarity.survivors import survivors

documents = st.lists(st.binary(max_size=200), min_size=1, max_size=8)


def tokens_by_hand(text: bytes) -> list[bytes]:
    """The contract's tokens, the slow way."""
    tokens: list[bytes] = []
    in_word = False
    for value in text:
        if value in b"\t\n\v\f\r ":
            in_word = False
        elif value >= 128 or chr(value).isalnum() or value == ord("_"):
            if in_word:
                tokens[-1] += bytes([value])
            else:
                tokens.append(bytes([value]))
            in_word = True
        else:
            tokens.append(bytes([value]))
            in_word = False
    return tokens


def shingles_by_hand(text: bytes) -> set[tuple[bytes, ...]]:
    tokens = tokens_by_hand(text)
    if 0 < len(tokens) < 5:
        return {tuple(tokens)}
    return {tuple(tokens[i : i + 5]) for i in range(len(tokens) - 4)}


@given(documents)
def test_shingles_are_those_of_the_contract(texts: list[bytes]) -> None:
    assert [len(s) for s in shingle_sets(texts)] == [len(shingles_by_hand(t)) for t in texts]


@given(st.text("ab_ +(\n", max_size=60), st.text("ab_ +(\n", max_size=60))
def test_jaccard_is_that_of_the_sets(a: str, b: str) -> None:
    own, other = shingles_by_hand(a.encode()), shingles_by_hand(b.encode())
    expected = len(own & other) / len(own | other) if own and other else 0.0
    assert jaccard(*shingle_sets([a.encode(), b.encode()])) == expected


@given(documents)
def test_a_batch_never_changes_a_set(texts: list[bytes]) -> None:
    together = shingle_sets(texts)
    assert all(
        np.array_equal(s, shingle_sets([t])[0]) for s, t in zip(together, texts, strict=True)
    )


def test_signatures_equal_datasketch() -> None:
    shingles = shingle_sets([b"def f(x): return x + 1\n" * 3, b"a b c d e f g"])
    for own, found in zip(shingles, signatures(shingles), strict=True):
        theirs = datasketch.MinHash(num_perm=256, seed=1, hashfunc=lambda x: x)
        theirs.update_batch([int(h) >> 32 for h in own])
        assert np.array_equal(found.astype(np.uint64), theirs.hashvalues.astype(np.uint64))


def test_banding_follows_from_the_threshold() -> None:
    assert banding(0.85) == Banding(bands=25, rows=10)
    assert all(banding(t).probability(t) >= 0.995 for t in (0.03, 0.3, 0.5, 0.7, 0.95, 1.0))
    with pytest.raises(ValueError, match=r"near_threshold=0\.01"):
        banding(0.01)


def test_bands_find_pairs_as_often_as_the_curve_says() -> None:
    draw = np.random.default_rng(5)
    cut, found, expected = banding(0.85), 0, 0.0
    for _ in range(300):
        common = draw.integers(0, 2**63, 400, np.uint64)
        extra = int(draw.integers(20, 60))
        own, other = (
            np.unique(np.r_[common, draw.integers(0, 2**63, extra, np.uint64)]) for _ in range(2)
        )
        expected += cut.probability(jaccard(own, other))
        keys = band_keys(signatures([own, other]), cut)
        found += bool((keys[0] == keys[1]).any())
    assert abs(found - expected) < 3 * np.sqrt(300 * 0.25)


def blocks(keys: dict[bytes, tuple[int, list[int]]]) -> list[bytes]:
    return [
        band_rows(key, quality, np.array(bands, "<u8").tobytes()).tobytes()
        for key, (quality, bands) in keys.items()
    ]


def test_pairs_name_the_better_first() -> None:
    a, b, c = (bytes([n]) * 16 for n in (1, 2, 3))
    pairs = set(candidate_pairs(blocks({a: (5000, [7, 8]), b: (9000, [7]), c: (5000, [8, 9])})))
    assert pairs == {(b, a), (a, c)}
    assert list(candidate_pairs([])) == []


def test_a_large_bucket_is_linear_and_starred_at_its_best() -> None:
    count = 5_000
    keys = {n.to_bytes(16, "big"): (n % 10_000, [42]) for n in range(count)}
    pairs = list(candidate_pairs(blocks(keys)))
    assert len(pairs) <= 2 * count
    best = (count - 1).to_bytes(16, "big")
    assert {worse for better, worse in pairs if better == best} == set(keys) - {best}
    assert count > MAX_BUCKET
    assert BAND.itemsize == 26


def test_survivors_have_no_chains_and_no_orphans() -> None:
    chain = {i: {j: 0.9 for j in (i - 1, i + 1) if 0 <= j < 50} for i in range(50)}
    removed = survivors(chain, {i: i for i in range(50)})
    assert removed == {i: i - 1 for i in range(1, 50, 2)}
    assert not set(removed.values()) & set(removed)
    assert all(survivor in chain[document] for document, survivor in removed.items())
