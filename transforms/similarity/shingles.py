"""Shingles of code: the sets of 5-token runs whose Jaccard similarity the contract speaks of.

A token is a maximal run of ASCII letters, digits, underscores and non-ASCII bytes, or one other
byte that is not white space. Tokens and shingles are 64-bit hashes; tokens of up to 8 bytes never
collide.

Source: Broder 1997, "On the resemblance and containment of documents", section 2.
"""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHINGLE_TOKENS = 5

U64 = np.uint64
Hashes = NDArray[np.uint64]

_MIX_A, _MIX_B = U64(0x9E3779B97F4A7C15), U64(0xBF58476D1CE4E5B9)
_SHINGLE_FACTORS = np.array(
    [
        0x9DDFEA08EB382D69,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    ],
    U64,
)
_SPACE, _WORD, _MARK = 0, 1, 2
_CLASS_TABLE = bytes(
    _SPACE
    if b in b"\t\n\v\f\r "
    else _WORD
    if b >= 128 or chr(b).isalnum() or b == ord("_")
    else _MARK
    for b in range(256)
)
_KEEP_BYTES = np.array(
    [(1 << (8 * i)) - 1 for i in range(8)] + [2**64 - 1], U64
)  # masks of the first i bytes


def mix(h: Hashes) -> Hashes:
    """Finalise 64-bit hashes in place. A bijection: nothing collides that did not before."""
    for shift, factor in ((32, _MIX_B), (29, _MIX_A)):
        h ^= h >> U64(shift)
        h *= factor
    h ^= h >> U64(32)
    return h


def token_hashes(documents: Sequence[bytes]) -> tuple[Hashes, NDArray[np.int64]]:
    """Hash every token of every document.

    Returns:
      hashes: uint64, all documents' tokens in a row.
      starts: int64, shape (documents + 1,), index of each document's first token.
    """
    data = b"\n".join(documents) + b"\n"
    offsets = np.cumsum([0] + [len(d) + 1 for d in documents])
    classes = np.frombuffer(data.translate(_CLASS_TABLE), np.uint8)
    word, mark = classes == _WORD, classes == _MARK
    begins, ends = word.copy(), word.copy()
    begins[1:] &= ~word[:-1]
    ends[:-1] &= ~word[1:]
    begin = np.flatnonzero(begins | mark)
    length = np.flatnonzero(ends | mark) - begin + 1
    words = np.frombuffer(data + bytes(16 + -len(data) % 8), "<u8")

    def eight_bytes(position: NDArray[np.int64], keep: NDArray[np.int64]) -> Hashes:
        """The first `keep` bytes from each position on: two aligned words, shifted together."""
        index, shift = position >> 3, ((position & 7) << 3).astype(U64)
        low, high = words[index] >> shift, words[index + 1] << U64(1) << (U64(63) - shift)
        return (low | high) & _KEEP_BYTES[keep]

    h = mix((eight_bytes(begin, np.minimum(length, 8)) + U64(1)) * _MIX_A)
    done, rest = 8, np.flatnonzero(length > 8)
    while len(rest):
        following = eight_bytes(begin[rest] + done, np.minimum(length[rest] - done, 8))
        h[rest] = mix((h[rest] + following) * _MIX_A)
        done += 8
        rest = rest[length[rest] > done]
    return h, np.searchsorted(begin, offsets)


def shingle_sets(documents: Sequence[bytes]) -> list[Hashes]:
    """The sorted set of 64-bit shingle hashes of each document.

    It does not depend on what other documents come with it. A document of 1 to 4 tokens has one
    shingle, all its tokens; one without tokens has none. About 1 MB of text a call stays in the
    processor's cache.
    """
    tokens, starts = token_hashes(documents)
    k = SHINGLE_TOKENS
    windows = max(0, len(tokens) - k + 1)
    h = np.zeros(windows, U64)
    for j in range(k):
        h += tokens[j : windows + j] * _SHINGLE_FACTORS[j]
    mix(h)  # windows that cross into the next document are never looked at below
    sets = []
    for first, after in itertools.pairwise(starts):
        count = after - first
        if count >= k:
            sets.append(_distinct(h[first : after - k + 1]))
        elif count:
            sets.append(mix((tokens[first:after] * _SHINGLE_FACTORS[:count]).sum(keepdims=True)))
        else:
            sets.append(np.zeros(0, U64))
    return sets


def _distinct(h: Hashes) -> Hashes:
    """What `np.unique` gives, in half its time: that looks every value up in a table first."""
    ordered = np.sort(h)
    first = np.empty(len(ordered), np.bool_)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def jaccard(a: Hashes, b: Hashes) -> float:
    """Exact Jaccard similarity of two sorted shingle sets, 0 where either is empty."""
    if len(a) > len(b):
        a, b = b, a
    if not len(a):
        return 0.0
    at = np.searchsorted(b, a)
    at[at == len(b)] = 0
    shared = int(np.count_nonzero(b[at] == a))
    return shared / (len(a) + len(b) - shared)
