"""Shingles of code: the sets of 5-token runs whose Jaccard similarity the contract speaks of.

A token is a maximal run of ASCII letters, digits, underscores and non-ASCII bytes, or one other
byte that is not white space. Tokens and shingles are 64-bit hashes; tokens of up to 8 bytes never
collide. `views` says what else a shingle may be made of.

Source: Broder 1997, "On the resemblance and containment of documents", section 2.
"""

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.similarity.views import View, begins_name, distances, load_keywords

SHINGLE_TOKENS = 5
_TAIL = SHINGLE_TOKENS - 1

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
# What a name is hashed to, by how many tokens before it the same name last stood.
_NAMES = np.array(
    [
        0x8EBC6AF09C88C6E3,
        0x589965CC75374CC3,
        0x1D8E4E27C47D124F,
        0xEB44ACCAB455D165,
        0x94D049BB133111EB,
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
_BEGINS_NAME = np.array([begins_name(byte) for byte in range(256)])
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


class Tokens(NamedTuple):
    """The tokens of documents.

    Attributes:
      hashes: uint64, all documents' tokens in a row.
      starts: int64, shape (documents + 1,), index of each document's first token.
      first_bytes: uint8, what each token begins with.
    """

    hashes: Hashes
    starts: NDArray[np.int64]
    first_bytes: NDArray[np.uint8]


def token_hashes(documents: Sequence[bytes]) -> Tokens:
    """Hash every token of every document."""
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
    return Tokens(h, np.searchsorted(begin, offsets), np.frombuffer(data, np.uint8)[begin])


@functools.cache
def _keyword_hashes() -> tuple[Hashes, NDArray[np.bool_]]:
    """The keywords' hashes, sorted, and which upper 16 bits they have."""
    hashes = np.unique(token_hashes([b" ".join(load_keywords())]).hashes)
    upper = np.zeros(1 << 16, bool)
    upper[hashes >> U64(48)] = True
    return hashes, upper


def _name_distances(tokens: Tokens) -> NDArray[np.int8]:
    """Of each name, how many tokens before it the same last stood, 0 if too many; else -1."""
    is_name = _BEGINS_NAME[tokens.first_bytes]
    keywords, upper = _keyword_hashes()
    likely = np.flatnonzero(upper[tokens.hashes >> U64(48)])
    at = np.searchsorted(keywords, tokens.hashes[likely]) % len(keywords)
    is_name[likely[keywords[at] == tokens.hashes[likely]]] = False
    return distances(tokens.hashes, is_name, _TAIL)


def shingle_hashes(tokens: Tokens, view: View = "tokens") -> Hashes:
    """The hash of the shingle that begins at each token, in a view.

    Those that begin in a document's last four tokens cross into the next document.
    """
    *_, h = _growing(tokens, view)
    return mix(h)


def _growing(tokens: Tokens, view: View) -> Iterator[Hashes]:
    """The same array five times, with a token more added to each shingle, not yet mixed."""
    h = np.zeros(len(tokens.hashes), U64)
    for place, values in enumerate(_places(tokens, view)):
        h[: max(0, len(h) - place)] += values[place:] * _SHINGLE_FACTORS[place]
        yield h


def shingle_sets(documents: Sequence[bytes], view: View = "tokens") -> list[Hashes]:
    """The sorted set of 64-bit shingle hashes of each document, in a view of its tokens.

    It does not depend on what other documents come with it. A document of 1 to 4 tokens has one
    shingle, all its tokens; one without tokens has none. About 1 MB of text a call stays in the
    processor's cache.
    """
    return sets_of_tokens(token_hashes(documents), view)


def sets_of_tokens(tokens: Tokens, view: View = "tokens") -> list[Hashes]:
    """`shingle_sets` of documents whose tokens are known."""
    lengths = np.diff(tokens.starts)
    short: dict[int, Hashes] = {}
    h = np.zeros(0, U64)
    for count, h in enumerate(_growing(tokens, view), 1):
        for index in np.flatnonzero(lengths == count).tolist() if count <= _TAIL else ():
            first = tokens.starts[index]
            short[index] = mix(h[first : first + 1].copy())
    mix(h)
    return [
        short[index] if index in short else _distinct(h[first : max(first, after - _TAIL)])
        for index, (first, after) in enumerate(itertools.pairwise(tokens.starts))
    ]


def _places(tokens: Tokens, view: View) -> Iterator[Hashes]:
    """What each token counts for where it stands at the first, second, ... place of a shingle."""
    if view == "tokens":
        yield from itertools.repeat(tokens.hashes, SHINGLE_TOKENS)
        return
    distance = _name_distances(tokens)
    values = np.where(distance >= 0, _NAMES[0], tokens.hashes)
    yield values
    for place in range(1, SHINGLE_TOKENS):
        values[distance == place] = _NAMES[place]  # nearer than the shingle's beginning
        yield values


def _distinct(h: Hashes) -> Hashes:
    """What `np.unique` gives, in half its time: that looks every value up in a table first."""
    ordered = np.sort(h)
    first = np.empty(len(ordered), np.bool_)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def jaccard(a: Hashes, b: Hashes) -> float:
    """Exact Jaccard similarity of two sorted shingle sets, 0 where either is empty."""
    if not len(a) or not len(b):
        return 0.0
    both = np.concatenate((a, b))
    both.sort(kind="stable")  # which merges two runs that are sorted, in linear time
    shared = int(np.count_nonzero(both[1:] == both[:-1]))
    return shared / (len(both) - shared)
