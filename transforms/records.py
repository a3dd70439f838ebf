"""The records that travel between the stages: decisions about text, never text itself.

Only `transforms.rows.Row`, a row to be, holds text. Every field has a type that Beam's row coder
knows; `transforms.coders` registers them. A sequence field comes back from the coder as a list.
"""

import dataclasses
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of one file stand, so that any stage can read them again.

    Attributes:
      input: index into the build's inputs.
      split: the physical file below the input's root, as the file system's bytes; empty for the
        root itself.
      member: which record or member of the split; empty where the split is the file.
    """

    input: int
    split: bytes
    member: bytes = b""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    r"""One directory entry below an input, before it is opened.

    Attributes:
      repo: the repository the entry belongs to, as the contract names it.
      path: the name below the input, as text; bytes that are not UTF-8 written as `\xnn`.
      size_bytes: size by the file system, 0 for what is not a regular file.
      reason: empty for a regular file, else why it is not read (a `Reason`).
      detail: for people: what kind of entry it is, or the error.
    """

    place: Place
    source: str
    repo: str
    path: str
    size_bytes: int
    reason: str
    detail: str


@dataclasses.dataclass(frozen=True, slots=True)
class EntryBatch:
    """Entries that are read together: at most about a megabyte of text."""

    entries: Sequence[Entry]


@dataclasses.dataclass(frozen=True, slots=True)
class FileKey:
    """What the decisions about a file need: who it is, how good it is, whom it resembles.

    Attributes:
      content_key: blake2b-16 of the decoded source.
      quality: file quality in ten-thousandths, 0 to 10,000.
      size_bytes: of the decoded source.
      bands: little-endian uint64 band keys of the MinHash signature; empty for a text without
        tokens.
      suspect: whether a sample of it may have too much of an item of an evaluation set.
    """

    content_key: bytes
    place: Place
    source: str
    repo: str
    path: str
    revision: str
    license: str
    container: str
    language: str
    quality: int
    size_bytes: int
    bands: bytes
    suspect: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Oversize:
    """How many buckets of band keys had too many documents to compare all of them.

    Attributes:
      largest: documents of the largest.
    """

    buckets: int
    largest: int


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Two contents to compare, each with its quality's distance from the best."""

    better: bytes
    better_worst: int
    worse: bytes
    worse_worst: int


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """That the file of the content this is keyed by is compared in a group of this key."""

    group: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Edge:
    """A pair that was compared; `similarity` is the Jaccard similarity of the two."""

    pair: Pair
    similarity: float


@dataclasses.dataclass(frozen=True, slots=True)
class Better:
    """A near duplicate that comes before the content this belongs to."""

    worst: int
    key: bytes
    similarity: float


@dataclasses.dataclass(frozen=True, slots=True)
class Vertex:
    """A content with near duplicates, on which nothing is decided yet; keyed by its content key.

    Attributes:
      worst: its quality's distance from the best.
      betters: its better near duplicates, but for those known to be removed.
      staying: the keys of those of them known to stay.
      worses: the keys of its worse near duplicates, who wait for its verdict.
    """

    key: bytes
    worst: int
    betters: Sequence[Better]
    staying: Sequence[bytes]
    worses: Sequence[bytes]


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a better near duplicate of the content this is keyed by."""

    better: bytes
    stays: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Removed:
    """A content that is left out for the one this is keyed by."""

    content_key: bytes
    similarity: float


@dataclasses.dataclass(frozen=True, slots=True)
class Removal:
    """That the content this is keyed by is left out, and for whom."""

    survivor: FileKey
    similarity: float


@dataclasses.dataclass(frozen=True, slots=True)
class FileDrafts:
    """A used file and its drafts.

    Attributes:
      drafts: the drafts packed by `transforms.samples.drafts.pack`.
    """

    file: FileKey
    definitions: int
    samples_made: int
    drafts: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class DraftKey:
    """What the decisions about a sample need.

    Attributes:
      draft_id: hex, the id of the row to be.
      prompt_digest, definition_digest, target_digest: what makes samples the same, as
        `transforms.samples.sameness.Digests` has them.
      quality: sample quality in ten-thousandths.
      rendered_bytes: size of the row's text, UTF-8.
    """

    draft_id: str
    task: str
    content_key: bytes
    prompt_digest: bytes
    definition_digest: bytes
    target_digest: bytes
    source: str
    repo: str
    path: str
    language: str
    split: str
    quality: int
    rendered_bytes: int


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """That the draft of this id becomes a row."""

    draft_id: str


@dataclasses.dataclass(frozen=True, slots=True)
class Cutoff:
    """Where a language's rows end, best first: the last one taken.

    Attributes:
      available: samples left after dedup.
      lowest_quality: of the last one taken, in ten-thousandths.
      ties_taken: how many of the samples of that very quality are taken, those with the smallest
        ids.
      lowest_id: the id of the last one taken.
    """

    language: str
    available: int
    taken: int
    lowest_quality: int
    ties_taken: int
    lowest_id: str


@dataclasses.dataclass(frozen=True, slots=True)
class Shard:
    """That a shard exists, even if no row falls into it."""

    path: str


@dataclasses.dataclass(frozen=True, slots=True)
class ShardOutput:
    """A shard as written.

    Attributes:
      path: below the output folder.
      sha256: hex, of the file.
      tallies: JSON, {column: {value: rows}} of the columns that are counted.
    """

    path: str
    rows: int
    size_bytes: int
    sha256: str
    tallies: str
