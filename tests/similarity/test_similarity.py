import dataclasses
import itertools
import re

import datasketch
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.options import BuildOptions
from tests.greedy import survivors
from transforms.similarity.minhash import (
    Banding,
    band_keys,
    banding,
    bucket_keys,
    fingerprints,
    set_keys,
    signatures,
)
from transforms.similarity.pairs import (
    BAND,
    MAX_BUCKET,
    Rows,
    band_rows,
    candidate_pairs,
    distinct,
    keys_of,
)
from transforms.similarity.shingles import jaccard, shingle_sets

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


def test_the_help_tells_the_curve() -> None:
    fields = {field.name: field for field in dataclasses.fields(BuildOptions)}
    told = fields["near_threshold"].metadata["help"]
    cut = banding(fields["near_threshold"].default)
    for similarity, digits in ((0.5, 2), (0.7, 2), (0.8, 2), (0.85, 3)):
        assert re.search(rf"\b{cut.probability(similarity):.{digits}f} (if|at) ", told)
        assert re.search(rf"(is|at) {similarity}\b", told)


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


def test_equal_sets_share_a_bucket_whatever_the_bands() -> None:
    code = [b"def f(x): return x + 1\n" * 3, b"def f(x): return x+1\n\n" * 3, b"a b c d e f g"]
    keys = set_keys(shingle_sets(code))
    assert keys.shape == (3,)
    assert keys[0] == keys[1] != keys[2]


def test_set_keys_do_not_depend_on_the_batch() -> None:
    sets = shingle_sets([b"a b c d e f", b"1 + 2 + 3 + 4", b"f"])
    assert [set_keys([s])[0] for s in sets] == set_keys(sets).tolist()


def test_documents_are_looked_for_by_bands_and_whole_sets() -> None:
    cut = banding(0.85)
    prints = fingerprints(shingle_sets([b"a b c d e f g", b"", b"a  b c\nd e f g", b"x y z"]))
    first, empty, respaced, other = bucket_keys(prints, cut)
    assert empty == b""
    assert len(first) == 8 * (cut.bands + 1)
    assert first == respaced
    assert first[-8:] == prints[0].set_key != other[-8:]
    signature = signatures(shingle_sets([b"a b c d e f g"]))
    assert first[:-8] == band_keys(signature, cut).astype("<u8").tobytes()


def blocks(keys: dict[bytes, tuple[int, list[int]]]) -> list[bytes]:
    return [
        band_rows(key, quality, np.array(bands, "<u8").tobytes()).tobytes()
        for key, (quality, bands) in keys.items()
    ]


def pairs_of(found: Rows) -> list[tuple[bytes, bytes]]:
    return list(
        zip(
            keys_of(found["better_high"], found["better_low"]),
            keys_of(found["worse_high"], found["worse_low"]),
            strict=True,
        )
    )


def test_pairs_name_the_better_first() -> None:
    a, b, c = (bytes([n]) * 16 for n in (1, 2, 3))
    keys = {a: (5000, [7, 8]), b: (9000, [7]), c: (5000, [8, 9])}
    found = candidate_pairs(blocks(keys))
    assert set(pairs_of(found.pairs)) == {(b, a), (a, c)}
    assert not found.oversize
    assert not len(candidate_pairs([]).pairs)
    for row, (better, worse) in zip(found.pairs, pairs_of(found.pairs), strict=True):
        assert row["better_worst"] == 10_000 - keys[better][0]
        assert row["worse_worst"] == 10_000 - keys[worse][0]


@given(
    st.dictionaries(
        st.binary(min_size=16, max_size=16),
        st.tuples(st.integers(0, 10_000), st.lists(st.integers(0, 3), max_size=3, unique=True)),
        max_size=MAX_BUCKET,
    )
)
def test_small_buckets_give_all_their_pairs(keys: dict[bytes, tuple[int, list[int]]]) -> None:
    ranked = sorted(keys, key=lambda key: (-keys[key][0], key))
    expected = {
        (better, worse)
        for better, worse in itertools.combinations(ranked, 2)
        if set(keys[better][1]) & set(keys[worse][1])
    }
    found = candidate_pairs(blocks(keys)).pairs
    assert set(pairs_of(found)) == expected
    once = distinct([found[: len(found) // 2].tobytes(), found[len(found) // 2 :].tobytes()])
    assert sorted(pairs_of(once)) == sorted(expected)
    by_worse = [worse for _, worse in pairs_of(once)]
    assert by_worse == sorted(by_worse)
    for _, group in itertools.groupby(pairs_of(once), key=lambda pair: pair[1]):
        betters = [better for better, _ in group]
        assert betters == sorted(betters, key=ranked.index)


def test_a_large_bucket_is_linear_and_starred_at_its_best() -> None:
    count = 5_000
    keys = {n.to_bytes(16, "big"): (n % 10_000, [42]) for n in range(count)}
    found = candidate_pairs(blocks(keys))
    assert found.oversize == [count]
    assert len(found.pairs) <= 2 * count
    assert set(found.pairs["chunks"].tolist()) == {2}
    best = (count - 1).to_bytes(16, "big")
    ranked = sorted(keys, reverse=True)
    assert {worse for better, worse in pairs_of(found.pairs) if better == best} == set(keys) - {
        best
    }
    assert set(itertools.pairwise(ranked)) <= set(pairs_of(found.pairs))
    assert count > MAX_BUCKET
    assert BAND.itemsize == 34


def test_pairs_of_a_worse_document_have_as_many_chunks_as_any_of_them() -> None:
    keys = {n.to_bytes(16, "big"): (n % 10_000, [42]) for n in range(5_000)}
    worst, other = (0).to_bytes(16, "big"), (9).to_bytes(16, "big")
    small = candidate_pairs(blocks({worst: (0, [7]), other: (9, [7])})).pairs
    large = candidate_pairs(blocks(keys)).pairs
    found = distinct([small.tobytes(), large.tobytes()])
    assert small["chunks"].tolist() == [1]
    assert set(found["chunks"].tolist()) == {2}


def test_a_large_bucket_is_cut_by_the_next_band() -> None:
    keys = {n.to_bytes(16, "big"): (n % 7 * 100, [42, 1000 + n % 50]) for n in range(1_000)}
    rows = np.frombuffer(b"".join(blocks(keys)), BAND)
    found = candidate_pairs([rows[rows["band"] == 42].tobytes()])  # its parts share no other band
    assert found.oversize == [1_000]
    expected = {
        frozenset(pair)
        for family in range(50)
        for pair in itertools.combinations([n for n in range(1_000) if n % 50 == family], 2)
    }
    met = {frozenset(int.from_bytes(key, "big") for key in pair) for pair in pairs_of(found.pairs)}
    assert expected <= met
    assert len(met) < len(expected) + 2_000


def test_survivors_have_no_chains_and_no_orphans() -> None:
    chain = {i: {j: 0.9 for j in (i - 1, i + 1) if 0 <= j < 50} for i in range(50)}
    removed = survivors(chain, {i: i for i in range(50)})
    assert removed == {i: i - 1 for i in range(1, 50, 2)}
    assert not set(removed.values()) & set(removed)
    assert all(survivor in chain[document] for document, survivor in removed.items())
