"""Candidate pairs from band keys, at a cost linear in the number of documents that share one.

Documents, bands and pairs are rows of packed blocks: single records would cost ten times their
size. A content key is two words of its big-endian bytes, so that words order as the keys do.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# One row a document and band. `next` is the document's key of another band, by which a bucket that
# is too large is cut. A smaller (worst, high, low) ranks first.
BAND = np.dtype(
    [("band", "<u8"), ("next", "<u8"), ("worst", "<u2"), ("high", "<u8"), ("low", "<u8")]
)
# One row a pair, each document with its rank. `chunks` says over how many groups the documents of
# its bucket are spread when pairs are verified.
PAIR = np.dtype(
    [
        ("worse_high", "<u8"),
        ("worse_low", "<u8"),
        ("better_worst", "<u2"),
        ("better_high", "<u8"),
        ("better_low", "<u8"),
        ("worse_worst", "<u2"),
        ("chunks", "<u2"),
    ]
)
QUALITY_SCALE = 10_000
PARTITIONS = 256
# Documents of a bucket of which all pairs are candidates, and of a part of one that was cut: many
# small parts may come of one bucket.
MAX_BUCKET, MAX_PART = 256, 64
CHUNK_DOCUMENTS = 4096

Rows = NDArray[np.void]
Indices = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Candidates:
    """What shares a band key.

    Attributes:
      pairs: dtype `PAIR`; a pair may come several times.
      oversize: the size of each bucket above `MAX_BUCKET`.
    """

    pairs: Rows
    oversize: Sequence[int]


def band_rows(content_key: bytes, quality: int, bands: bytes) -> Rows:
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
    rows["next"] = np.roll(keys, -1)
    rows["worst"] = QUALITY_SCALE - quality
    rows["high"], rows["low"] = np.frombuffer(content_key, ">u8")
    return rows


def candidate_pairs(blocks: Sequence[bytes]) -> Candidates:
    """The pairs of documents that share a band key, from blocks of `BAND` rows.

    All pairs of a bucket of up to `MAX_BUCKET` documents. A larger bucket is cut by the next band
    into parts, each of which gives all its pairs up to `MAX_PART` documents. Of a part that is
    still too large, and of the bucket as a whole, only pairs with the best-ranked document and of
    neighbours in rank are candidates: linear, not quadratic.
    """
    rows = np.frombuffer(b"".join(blocks), BAND)
    rows = rows[np.lexsort((rows["low"], rows["high"], rows["worst"], rows["band"]))]
    starts, sizes = _runs(rows["band"])
    found = [_pairs(rows, *_all_pairs(starts, sizes, MAX_BUCKET), chunks=1)]
    oversize = np.flatnonzero(sizes > MAX_BUCKET)
    for start, size in zip(starts[oversize].tolist(), sizes[oversize].tolist(), strict=True):
        found += _oversize_pairs(rows[start : start + size])
    return Candidates(np.concatenate(found), sizes[oversize].tolist())


def distinct(blocks: Sequence[bytes]) -> Rows:
    """The pairs of blocks of `PAIR` rows, each once; by worse document, then by rank of the better.

    All pairs of a worse document have the most chunks that any of them has.
    """
    pairs = np.frombuffer(b"".join(blocks), PAIR)
    names = ("chunks", "better_low", "better_high", "better_worst", "worse_low", "worse_high")
    pairs = pairs[np.lexsort([pairs[name] for name in names])]
    last = np.ones(len(pairs), bool)
    last[:-1] = np.any([pairs[name][1:] != pairs[name][:-1] for name in names[1:]], axis=0)
    pairs = pairs[last]
    worse = pairs[["worse_high", "worse_low"]]
    starts = np.flatnonzero(np.r_[True, worse[1:] != worse[:-1]][: len(pairs)])
    if len(starts):
        most = np.maximum.reduceat(pairs["chunks"], starts)
        pairs["chunks"] = np.repeat(most, np.diff(np.r_[starts, len(pairs)]))
    return pairs


def partition_of_pair(worse: bytes) -> int:
    """The partition of a pair, by the content key of the worse one."""
    return worse[7]  # the low byte of its first word


def keys_of(high: NDArray[np.uint64], low: NDArray[np.uint64]) -> list[bytes]:
    """Content keys from their two words."""
    data = np.stack([high, low], axis=1).astype(">u8").tobytes()
    return [data[at : at + 16] for at in range(0, len(data), 16)]


def _runs(values: NDArray[np.uint64]) -> tuple[Indices, Indices]:
    """Starts and sizes of the runs of equal values."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else _NONE
    return starts, np.diff(np.r_[starts, len(values)])


_NONE = np.empty(0, np.int64)


def _all_pairs(starts: Indices, sizes: Indices, most: int) -> tuple[Indices, Indices]:
    """Indices of better and worse of all pairs in each run of 2 to `most` documents."""
    better, worse = [_NONE], [_NONE]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        of_size = starts[sizes == size]
        first, second = np.triu_indices(size, 1)
        better.append((of_size[:, None] + first).ravel())
        worse.append((of_size[:, None] + second).ravel())
    return np.concatenate(better), np.concatenate(worse)


def _oversize_pairs(bucket: Rows) -> list[Rows]:
    """Pairs of a bucket that is too large, its documents in order of rank."""
    chunks = min(-(-len(bucket) // CHUNK_DOCUMENTS), np.iinfo(np.uint16).max)
    order = np.argsort(bucket["next"], kind="stable")
    starts, sizes = _runs(bucket["next"][order])
    better, worse = _all_pairs(starts, sizes, MAX_PART)
    found = [
        _pairs(bucket, *_linear_pairs(np.arange(len(bucket))), chunks),
        _pairs(bucket, order[better], order[worse], chunks),
    ]
    large = (sizes > MAX_PART) & (sizes < len(bucket))
    for start, size in zip(starts[large].tolist(), sizes[large].tolist(), strict=True):
        found.append(_pairs(bucket, *_linear_pairs(order[start : start + size]), chunks))
    return found


def _linear_pairs(ranked: Indices) -> tuple[Indices, Indices]:
    """The first with each other, and each with the one that follows it."""
    return np.r_[np.full(len(ranked) - 1, ranked[0]), ranked[1:-1]], np.r_[ranked[1:], ranked[2:]]


def _pairs(rows: Rows, better: Indices, worse: Indices, chunks: int) -> Rows:
    pairs = np.empty(len(better), PAIR)
    for side, at in (("better", better), ("worse", worse)):
        for name in ("worst", "high", "low"):
            pairs[f"{side}_{name}"] = rows[name][at]
    pairs["chunks"] = chunks
    return pairs
