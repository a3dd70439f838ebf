"""Candidate pairs from band keys, cheaply also where many documents share a band."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# One row a document and band. The content key is two big-endian words, so that they order as its
# bytes do.
BAND = np.dtype([("band", "<u8"), ("worst", "<u2"), ("high", ">u8"), ("low", ">u8")])
QUALITY_SCALE = 10_000
MAX_BUCKET = 64  # documents of a bucket of which all pairs are candidates


def band_rows(content_key: bytes, quality: int, bands: bytes) -> NDArray[np.void]:
    """The rows of one document, dtype `BAND`.

    Args:
      content_key: 16 bytes.
      quality: in ten-thousandths; kept as its distance from the best, so that a smaller row ranks
        first.
      bands: its band keys, little-endian uint64.
    """
    keys = np.frombuffer(bands, "<u8")
    rows = np.empty(len(keys), BAND)
    rows["band"] = keys
    rows["worst"] = QUALITY_SCALE - quality
    rows["high"], rows["low"] = np.frombuffer(content_key, ">u8")
    return rows


def candidate_pairs(blocks: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """(better, worse) content keys of documents that share a band key.

    A pair may come several times. In a bucket above `MAX_BUCKET` only pairs with its best-ranked
    document and of neighbours in rank are candidates: linear, not quadratic.
    """
    rows = np.unique(np.frombuffer(b"".join(blocks), BAND))  # sorted by band, then rank
    starts = (
        np.flatnonzero(np.r_[True, rows["band"][1:] != rows["band"][:-1]])
        if len(rows)
        else np.empty(0, int)
    )
    sizes = np.diff(np.r_[starts, len(rows)])
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        bucket = rows[start : start + size]
        data = np.stack([bucket["high"], bucket["low"]], axis=1).astype(">u8").tobytes()
        keys = [data[i : i + 16] for i in range(0, len(data), 16)]
        if size <= MAX_BUCKET:
            yield from ((a, b) for i, a in enumerate(keys) for b in keys[i + 1 :])
        else:
            yield from ((keys[0], b) for b in keys[1:])
            yield from itertools.pairwise(keys[1:])
