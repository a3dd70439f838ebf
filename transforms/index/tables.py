"""The tables of a dedup index: files as screened, pairs as compared, drafts of those that stayed.

    DIR/files/PPP.parquet    a row for each file that was read; PPP from a hash of source and path
    DIR/pairs/PPP.parquet    a row for each pair that was compared; PPP from the worse one's key
    DIR/drafts/PPP.parquet   a row for each file that samples were cut from; PPP from its key
    DIR/index.json           written last: what the rows depend on beside the files

Every row is a function of a file's name and bytes, or of two contents, and of what index.json
says. So a row that still fits is as good as looking again, and an index never decides anything.
"""

import dataclasses
import hashlib
import json
import os
import types
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

FILES, PAIRS, DRAFTS = TABLES = ("files", "pairs", "drafts")
INDEX_JSON = "index.json"
INDEXED = (*TABLES, INDEX_JSON)  # last the one that makes it complete

_ARROW_TYPES: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bytes: pa.binary(),
    float: pa.float64(),
    Sequence[bytes]: pa.list_(pa.binary()),
    bool: pa.bool_(),
}


@dataclasses.dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file as it was screened.

    Attributes:
      raw_id: blake2b-16 of its bytes; the row holds as long as that stays.
      content_key: of its decoded source; of a file that was rejected, what its reject names.
      quality: in ten-thousandths.
      size_bytes: of the decoded source.
      signature: its MinHash, 256 little-endian uint32, the `hashvalues` of a `datasketch.MinHash(
        num_perm=256, seed=1, scheme="affine32")` of the upper halves of its shingles' hashes; empty
        for a text without tokens and for a file that was rejected.
      set_key: a hash of all its shingles, 8 bytes; empty where the signature is.
      suspect: whether its samples are held against the evaluation sets.
      stage, reason, detail: why it was rejected; empty for a file that was not.
    """

    source: str
    path: str
    raw_id: bytes
    content_key: bytes
    language: str
    container: str
    quality: int
    size_bytes: int
    signature: bytes
    set_key: bytes
    suspect: bool
    stage: str
    reason: str
    detail: str


NONE_INDEXED: Mapping[tuple[str, str], IndexedFile] = types.MappingProxyType({})


@dataclasses.dataclass(frozen=True, slots=True)
class IndexedPair:
    """Two contents that were compared, by content key."""

    better: bytes
    worse: bytes
    similarity: float


@dataclasses.dataclass(frozen=True, slots=True)
class IndexedDrafts:
    """What was drafted from a file, in encoded records.

    Attributes:
      file_id: a digest of all that is known of the file.
      offers, claims: its definitions that tests may be of and its tests, packed; empty for none.
    """

    file_id: bytes
    file_drafts: bytes
    draft_keys: Sequence[bytes]
    rejects: Sequence[bytes]
    offers: bytes
    claims: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class IndexPlan:
    """Where a build's index is.

    Attributes:
      folder: where it will stand when the build is done.
      staging: where it is written.
      basis: what each table's rows depend on beside the files.
      known: the tables of the one in `folder` that have the same basis, so that their rows hold.
    """

    folder: str
    staging: str
    basis: Mapping[str, str]
    known: Collection[str]

    def read(self, table: str, partition: int, record: type) -> list[Any]:
        """The rows of an earlier build that hold."""
        return read_rows(self.folder, table, partition, record) if table in self.known else []


def partition_of_file(source: str, path: str) -> int:
    """The partition of a file's row, 0 to 255; one is held in memory, about 1.3 kB a file."""
    return hashlib.blake2b(f"{source}\0{path}".encode(), digest_size=1).digest()[0]


def read_rows(folder: str, table: str, partition: int, record: type) -> list[Any]:
    """The rows of a partition; none where it has no file."""
    path = _path(folder, table, partition)
    if not os.path.exists(path):
        return []
    columns = pq.read_table(path, schema=_schema(record)).to_pydict()
    return [record(*values) for values in zip(*columns.values(), strict=True)]


def write_rows(folder: str, table: str, partition: int, rows: Sequence[Any]) -> str:
    """Write a partition, its rows in order, if there are any; returns its path.

    It has another name until it is whole, so a retry does no harm.
    """
    path = _path(folder, table, partition)
    if not rows:
        return path
    schema = _schema(type(rows[0]))
    ordered = sorted(rows, key=dataclasses.astuple)
    columns = {name: [getattr(row, name) for row in ordered] for name in schema.names}
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f"{path}.{uuid.uuid4().hex}"
    pq.write_table(pa.table(columns, schema=schema), temporary, compression="zstd")
    os.replace(temporary, path)
    return path


def read_basis(folder: str) -> dict[str, str]:
    """What each table's rows depend on; empty where there is no index that is complete."""
    try:
        with open(os.path.join(folder, INDEX_JSON), encoding="utf-8") as file:
            found = json.load(file)
    except (FileNotFoundError, ValueError):
        return {}
    basis = found.get("basis") if isinstance(found, dict) else None
    return basis if isinstance(basis, dict) else {}


def write_basis(folder: str, basis: Mapping[str, str], versions: Mapping[str, str]) -> None:
    """Say what each table's rows depend on; written last."""
    with open(os.path.join(folder, INDEX_JSON), "w", encoding="utf-8") as file:
        json.dump({"basis": dict(basis), "versions": dict(versions)}, file, indent=1)
        file.write("\n")


def digest_of(values: Iterable[object]) -> str:
    """A digest of values that print as what they are."""
    return hashlib.blake2b(repr(list(values)).encode(), digest_size=16).hexdigest()


def digest_of_code(root: str) -> str:
    """A digest of all code below a folder.

    A version would not do: rows must not outlive a change of any rule that made them.
    """
    found = []
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith((".py", ".toml")):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                found.append((os.path.relpath(path, root), sha256))
    return digest_of(sorted(found))


def _path(folder: str, table: str, partition: int) -> str:
    return os.path.join(folder, table, f"{partition:03d}.parquet")


def _schema(record: type) -> pa.Schema:
    return pa.schema(
        [(field.name, _ARROW_TYPES[field.type]) for field in dataclasses.fields(record)]
    )
