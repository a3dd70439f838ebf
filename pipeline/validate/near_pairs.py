"""Exact search for near duplicates: a join on prefixes, which shares nothing with MinHash bands.

If two sets have Jaccard similarity t or more and their elements stand in one common order, then the
first n - ceil(t n) + 1 elements of each have one in common (Chaudhuri, Ganti, Kaushik 2006, "A
primitive operator for similarity joins"; Bayardo, Ma, Srikant 2007, "Scaling up all pairs
similarity search"). Rare shingles come first in the order, so that few pairs share one.
"""

import dataclasses
import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.similarity.shingles import jaccard

_BINS = 1 << 24
_PAIRS_AT_ONCE = 1 << 22
# Sets are kept as the upper 32 bits of their shingles, which moves a similarity by far less than
# this. The caller computes the similarity of what is found again from the texts.
_MARGIN = 0.005

Sketch = NDArray[np.uint32]


@dataclasses.dataclass(frozen=True, slots=True)
class Prefixes:
    """The prefixes of all sets, sorted by token and then by the size of the set.

    Attributes:
      keys: token << 32 | size of the set.
      owners: which set each key belongs to.
    """

    keys: NDArray[np.uint64]
    owners: NDArray[np.int64]


def sketch(shingles: NDArray[np.uint64]) -> Sketch:
    """Shorten a set to half its bytes; sorted."""
    return np.unique((shingles >> np.uint64(32)).astype(np.uint32))


def likely_pairs(sets: Sequence[Sketch], threshold: float) -> Iterator[tuple[int, int]]:
    """The pairs (lower, higher index) of sets at or above a similarity, and a few just below."""
    low = threshold - _MARGIN
    seen = np.zeros(0, np.int64)
    for pairs in _candidates(_prefixes(sets, low), low, len(sets)):
        fresh = np.setdiff1d(pairs, seen)
        seen = np.union1d(seen, fresh)
        for code in fresh.tolist():
            first, second = divmod(code, len(sets))
            if jaccard(sets[first], sets[second]) >= low:
                yield first, second


def _prefixes(sets: Sequence[Sketch], threshold: float) -> Prefixes:
    frequency = np.zeros(_BINS, np.uint32)
    for tokens in sets:
        np.add.at(frequency, tokens % _BINS, 1)
    keys, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for index, tokens in enumerate(sets):
        size = len(tokens)
        length = size - math.ceil(threshold * size - 1e-9) + 1 if size else 0
        rarest_first = np.lexsort((tokens, frequency[tokens % _BINS]))[:length]
        keys.append(tokens[rarest_first].astype(np.uint64) << np.uint64(32) | np.uint64(size))
        owners.append(np.full(length, index))
    all_keys = np.concatenate(keys)
    order = np.argsort(all_keys, kind="stable")
    return Prefixes(all_keys[order], np.concatenate(owners)[order])


def _candidates(prefixes: Prefixes, threshold: float, sets: int) -> Iterator[NDArray[np.int64]]:
    """Codes (lower * sets + higher) of pairs that share a token and whose sizes fit, in chunks."""
    sizes = prefixes.keys & np.uint64(0xFFFFFFFF)
    largest = prefixes.keys - sizes + np.floor(sizes / threshold + 1e-9).astype(np.uint64)
    partners = np.searchsorted(prefixes.keys, largest, side="right") - np.arange(len(sizes)) - 1
    at = np.flatnonzero(partners)
    before = np.cumsum(partners[at])
    start = 0
    while start < len(at):
        done = before[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(before, done + _PAIRS_AT_ONCE, side="right")))
        counts = partners[at[start:end]]
        first = np.repeat(at[start:end], counts)
        step = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
        one, other = prefixes.owners[first], prefixes.owners[first + step]
        yield np.unique(np.minimum(one, other) * sets + np.maximum(one, other))
        start = end
