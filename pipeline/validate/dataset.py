"""What a build left: its layout and schema, and its tables in batches."""

import collections
import dataclasses
import json
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Record = dict[str, Any]
FileName = tuple[str, str, str]  # source, repo, path

TABLES = ("data", "files", "duplicates", "rejects")
PAGES = ("README.md", "report.html", "build.json")

_MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
_TYPES = {
    "string": pa.string(),
    "int64": pa.int64(),
    "int32": pa.int32(),
    "float64": pa.float64(),
    "strings": pa.list_(pa.string()),
    "messages": _MESSAGES,
}


def _columns(text: str) -> list[tuple[str, pa.DataType]]:
    """Read `type: name name ...` lines."""
    columns = []
    for line in text.strip().splitlines():
        kind, _, names = line.strip().partition(": ")
        columns += [(name, _TYPES[kind]) for name in names.split()]
    return columns


# By format, the columns that show what a model sees and what it learns to write.
RENDERINGS = {
    "messages": "messages: messages",
    "prompt_completion": "string: prompt completion",
    "text": "string: text",
}


def _data_columns(format_name: str) -> list[tuple[str, pa.DataType]]:
    return _columns(f"""
        string: id task variant variant_of origin
        {RENDERINGS[format_name]}
        string: instruction context suffix target language symbol code_type
        float64: quality_score file_quality
        string: split
        float64: sample_weight
        string: difficulty source repo path revision license context_path content_key
        int64: start_byte end_byte start_line end_line
        string: container
        int32: redactions
        strings: turn_tasks
        int64: complexity nesting definition_lines
        float64: curriculum_rank
        string: instruction_id
    """)


SCHEMAS: Mapping[str, list[tuple[str, pa.DataType]]] = {
    "data": _data_columns("messages"),
    "files": _columns("""
        string: content_key source repo path revision license language split
        int64: size_bytes
        float64: file_quality
        int64: definitions samples_made rows_written
    """),
    "duplicates": _columns("""
        string: level kind id source repo path
        string: survivor_id survivor_source survivor_repo survivor_path
        float64: similarity quality survivor_quality
    """),
    "rejects": _columns("string: level id source repo path stage reason detail"),
}

_ACCOUNTING = (
    "files_read files_used files_rejected files_duplicate "
    "samples_made samples_rejected samples_duplicate samples_over_target rows_written"
).split()
# A key's value: a type, a list's element, or an object with these keys; "*" stands for any name.
_BUILD: Record = {
    "schema_version": int,
    "warpbeam": str,
    "versions": {"*": str},
    "options": {
        "target_per_language": int,
        "weight_k": (int, float),
        "near_threshold": (int, float),
    },
    "input": {"files": int, "bytes": int, "checksum": str},
    "accounting": dict.fromkeys(_ACCOUNTING, int),
    "counts": {key: {"*": int} for key in ("language", "task", "split", "reason")},
    "seconds": {"total": (int, float)},
    "limits": [{"source": str, "path": str, "reason": str}],
    "outputs": [{"path": str, "rows": int, "bytes": int, "sha256": str}],
    "balance": {
        "*": {
            "available": int,
            "target": int,
            "taken": int,
            "lowest_quality": (int, float, type(None)),
            "lowest_id": (str, type(None)),
        }
    },
}


class LayoutError(ValueError):
    """The folder does not hold a complete dataset; the message lists what is wrong."""


@dataclasses.dataclass(frozen=True, slots=True)
class Dataset:
    """A complete dataset on disk.

    Attributes:
      build: what build.json says.
    """

    directory: pathlib.Path
    build: Record

    @property
    def options(self) -> Record:
        """The build's options by name."""
        return dict(self.build["options"])

    @property
    def rendering(self) -> tuple[str, ...]:
        """The columns of data/ that show what a model sees and what it learns to write."""
        _, _, names = RENDERINGS[_format_of(self.build)].partition(": ")
        return tuple(names.split())

    def shards(self, table: str) -> list[pathlib.Path]:
        """A table's Parquet files, in the order of their names."""
        return sorted((self.directory / table).glob("*.parquet"))

    def read(self, table: str, *columns: str, batch_rows: int = 1024) -> Iterator[Record]:
        """A table's rows, all columns unless some are named, never more than a batch in memory."""
        for shard in self.shards(table):
            yield from read_shard(shard, *columns, batch_rows=batch_rows)


def read_shard(shard: pathlib.Path, *columns: str, batch_rows: int = 1024) -> Iterator[Record]:
    """The rows of one Parquet file, in its order."""
    with pq.ParquetFile(shard) as file:
        for batch in file.iter_batches(batch_size=batch_rows, columns=list(columns) or None):
            yield from batch.to_pylist()


def file_name(row: Record, prefix: str = "") -> FileName:
    """The (source, repo, path) of a row, or of the survivor it names."""
    return (row[f"{prefix}source"], row[f"{prefix}repo"], row[f"{prefix}path"])


def show(name: FileName | tuple[str, str]) -> str:
    """A file's name for people."""
    return f"{name[0]}:{name[-1]}"


def row_counts(dataset: Dataset, table: str, column: str) -> collections.Counter[str]:
    """How many rows have each value of a column."""
    return collections.Counter(
        row[column] for row in dataset.read(table, column, batch_rows=1 << 16)
    )


def open_dataset(directory: pathlib.Path) -> Dataset:
    """Open a dataset and check its layout and schema.

    Raises:
      LayoutError: if build.json is missing, or anything of the layout is.
    """
    page = directory / "build.json"
    if not page.is_file():
        raise LayoutError(f"{page} is missing: the dataset is not complete")
    try:
        build = json.loads(page.read_bytes())
    except ValueError as error:
        raise LayoutError(f"build.json is not JSON: {error}") from error
    problems = [*_value_problems("build.json", build, _BUILD)]
    if not problems and _format_of(build) not in RENDERINGS:
        problems.append(f"the option format is {_format_of(build)!r}")
    if problems:
        raise LayoutError("; ".join(problems[:5]))
    schemas = {**SCHEMAS, "data": _data_columns(_format_of(build))}
    problems = [f"{name} is missing" for name in PAGES if not (directory / name).is_file()]
    for table in TABLES:
        shards = sorted((directory / table).glob("*.parquet"))
        problems += [] if shards else [f"{table}/ has no Parquet file"]
        for shard in shards:
            problems += _schema_problems(table, shard, schemas[table])
    if problems:
        raise LayoutError("; ".join(problems[:5]))
    return Dataset(directory, build)


def _format_of(build: Record) -> str:
    return str(build["options"].get("format", "messages"))


def _value_problems(name: str, value: Any, expected: Any) -> Iterator[str]:  # JSON
    if isinstance(expected, list):
        if not isinstance(value, list):
            yield f"{name} is not a list"
            return
        for index, item in enumerate(value):
            yield from _value_problems(f"{name}[{index}]", item, expected[0])
    elif isinstance(expected, dict):
        if not isinstance(value, dict):
            yield f"{name} is not an object"
            return
        for key in value if "*" in expected else expected:
            if key in value:
                yield from _value_problems(
                    f"{name} {key}", value[key], expected.get("*", expected.get(key))
                )
            else:
                yield f"{name} has no {key}"
    elif not isinstance(value, expected) or isinstance(value, bool):
        yield f"{name} is {value!r}"


def _schema_problems(
    table: str, shard: pathlib.Path, expected: list[tuple[str, pa.DataType]]
) -> Iterator[str]:
    name = f"{table}/{shard.name}"
    try:
        schema = pq.read_schema(shard)
    except (pa.ArrowException, OSError) as error:
        yield f"{name} cannot be read: {error}"
        return
    shown = {name for kind in RENDERINGS.values() for name in kind.partition(": ")[2].split()}
    foreign = sorted((shown & set(schema.names)) - {column for column, _ in expected})
    if table == "data" and foreign:  # a trainer would take the row for one or the other
        yield f"{name} has {foreign[0]} as well"
    if table != "data" and len(schema) != len(expected):
        yield f"{name} has {len(schema)} columns, should have {len(expected)}"
    for at, (column, kind) in enumerate(expected):
        found = schema.field(at) if at < len(schema) else None
        if found is None or found.name != column or not _same_type(found.type, kind):
            yield f"{name} column {at} is {found}, should be {column}: {kind}"


def _same_type(found: pa.DataType, expected: pa.DataType) -> bool:
    """Equal types; how a list names its element does not matter."""
    if pa.types.is_list(expected):
        return bool(pa.types.is_list(found) and found.value_type == expected.value_type)
    return bool(found == expected)
