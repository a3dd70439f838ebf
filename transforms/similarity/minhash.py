"""MinHash signatures and their bands.

Signatures equal datasketch's `MinHash(num_perm=256, seed=1)` over the upper 32 bits of the shingle
hashes. Sources: Broder 1997; Leskovec et al., Mining of Massive Datasets, chapter 3.4, for bands
and the S-curve.
"""

import dataclasses
import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.similarity.shingles import Hashes, mix

NUM_PERMUTATIONS = 256
RECALL = 0.995  # a pair at the threshold shares a band with at least this probability

U32, U64 = np.uint32, np.uint64


@dataclasses.dataclass(frozen=True, slots=True)
class Banding:
    """How a signature is cut: `bands` bands of `rows` rows."""

    bands: int
    rows: int

    def probability(self, similarity: float) -> float:
        """That two documents of this similarity share a band: 1 - (1 - s^rows)^bands."""
        return float(1 - (1 - similarity**self.rows) ** self.bands)


def banding(threshold: float) -> Banding:
    """The longest bands that still find a pair at the threshold with probability `RECALL`.

    At 0.85 they are 25 bands of 10 rows.

    Raises:
      ValueError: if no banding of 256 permutations reaches it.
    """
    for rows in range(NUM_PERMUTATIONS, 0, -1):
        choice = Banding(NUM_PERMUTATIONS // rows, rows)
        if choice.probability(threshold) >= RECALL:
            return choice
    raise ValueError(
        f"near_threshold={threshold}: {NUM_PERMUTATIONS} permutations cannot find pairs at it "
        f"with probability {RECALL}"
    )


@functools.cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Odd factors and addends of datasketch's 32-bit affine permutations, shape (256,) each."""
    import datasketch  # takes most of a second, with scipy

    factors, addends = datasketch.MinHash(num_perm=NUM_PERMUTATIONS, seed=1).permutations
    return factors.astype(U32), addends.astype(U32)


def signatures(sets: Sequence[Hashes]) -> NDArray[np.uint32]:
    """MinHash signatures, shape (len(sets), 256), of shingle sets that are not empty."""
    h = (np.concatenate(sets) >> U64(32)).astype(U32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h ^= h >> U32(shift)
        h *= U32(factor)
    h ^= h >> U32(16)
    starts = np.cumsum([0] + [len(s) for s in sets[:-1]])
    result, permuted = np.empty((NUM_PERMUTATIONS, len(sets)), U32), np.empty_like(h)
    for row, factor, addend in zip(result, *_permutations(), strict=True):
        np.multiply(h, factor, out=permuted)
        np.add(permuted, addend, out=permuted)
        np.minimum.reduceat(permuted, starts, out=row)
    return result.T


def band_keys(signature: NDArray[np.uint32], cut: Banding) -> Hashes:
    """The hash of each band's rows: uint64, shape (documents, bands).

    Keys of different bands differ.
    """
    draw = np.random.default_rng(3)
    factors = draw.integers(1, 2**63, (cut.bands, cut.rows), dtype=U64) * U64(2) + U64(1)
    rows = signature[:, : cut.bands * cut.rows].reshape(-1, cut.bands, cut.rows).astype(U64)
    return mix((rows * factors).sum(2, dtype=U64) + np.arange(cut.bands, dtype=U64))


def set_keys(sets: Sequence[Hashes]) -> Hashes:
    """A hash of each whole set, uint64, shape (len(sets),), of sets that are not empty."""
    mixed = mix(np.concatenate(sets) + U64(1))
    starts = np.cumsum([0] + [len(s) for s in sets[:-1]])
    return mix(np.add.reduceat(mixed, starts))


class Fingerprint(NamedTuple):
    """What is kept of a document's shingles; both are empty for one without any.

    Attributes:
      signature: its MinHash, 256 little-endian uint32.
      set_key: a hash of all of them, little-endian uint64.
    """

    signature: bytes
    set_key: bytes


def fingerprints(sets: Sequence[Hashes]) -> list[Fingerprint]:
    """The fingerprint of each set."""
    full = [shingles for shingles in sets if len(shingles)]
    if not full:
        return [_NO_FINGERPRINT] * len(sets)
    found = zip(signatures(full).astype("<u4"), set_keys(full).astype("<u8"), strict=True)
    return [
        Fingerprint(*(part.tobytes() for part in next(found))) if len(shingles) else _NO_FINGERPRINT
        for shingles in sets
    ]


_NO_FINGERPRINT = Fingerprint(b"", b"")


def bucket_keys(prints: Sequence[Fingerprint], cut: Banding) -> list[bytes]:
    """The keys by which near duplicates are looked for, as little-endian uint64; of none, none.

    They are the band keys and, as one more, the set key: so documents that differ in white space
    only come together however large the buckets of the bands grow.
    """
    full = [found for found in prints if found.signature]
    if not full:
        return [b""] * len(prints)
    signature = np.frombuffer(b"".join(found.signature for found in full), "<u4")
    bands = band_keys(signature.reshape(len(full), NUM_PERMUTATIONS), cut).astype("<u8")
    keys = (row.tobytes() + found.set_key for row, found in zip(bands, full, strict=True))
    return [next(keys) if found.signature else b"" for found in prints]
