"""The tables a build writes: schema, order of rows, what is counted."""

import dataclasses
import json
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from transforms.rows import SCHEMA_VERSION, Duplicate, FileRead, Reason, Reject, Row, UsedFile

_ARROW_TYPES: Mapping[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    Sequence[str]: pa.list_(pa.string()),
}
_MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One folder of Parquet shards.

    Attributes:
      name: the folder's name.
      record: the record of a row.
      order: the key that sorts a shard's rows; unique in a table.
      tallies: what is counted of the rows, {name: value of a record}.
      sums: integer columns that are summed up.
      left_out: fields of the record that are no columns.
    """

    name: str
    record: type
    order: Callable[[Any], Any]
    tallies: Mapping[str, Callable[[Any], str]]
    sums: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()

    def schema(self) -> pa.Schema:
        """The Arrow schema: the record's fields in order; of data, the weight after the split."""
        fields = []
        for field in dataclasses.fields(self.record):
            if field.name in self.left_out:
                continue
            if field.name == "messages":
                fields.append(pa.field("messages", _MESSAGES))
            elif field.name == "redactions":
                fields.append(pa.field("redactions", pa.int32()))
            else:
                fields.append(pa.field(field.name, _ARROW_TYPES[field.type]))
            if self.name == DATA and field.name == "split":
                fields.append(pa.field("sample_weight", pa.float64()))
        return pa.schema(fields, metadata={"warpbeam_schema_version": str(SCHEMA_VERSION)})


DATA, FILES, DUPLICATES, REJECTS, INPUTS = "data", "files", "duplicates", "rejects", "inputs"
_QUALITY_STEP = 0.05


# Of each format, the columns that say what the model is shown and what it learns to write.
RENDERINGS: Mapping[str, frozenset[str]] = {
    "messages": frozenset({"messages"}),
    "prompt_completion": frozenset({"prompt", "completion"}),
    "text": frozenset({"text"}),
}


def tables(format_name: str = "messages") -> Mapping[str, Table]:
    """Every table by name, data with the columns of the format.

    `inputs`, of which build.json's checksum is made, is not published.
    """
    found = (
        Table(
            DATA,
            Row,
            lambda r: r.id,
            {
                **_columns("language", "task", "split", "difficulty", "variant", "license"),
                "task_language": lambda r: f"{r.task} {r.language}",
                "quality": lambda r: _step(r.quality_score),
            },
            left_out=frozenset().union(*RENDERINGS.values()) - RENDERINGS[format_name],
        ),
        Table(
            FILES,
            UsedFile,
            lambda r: (r.source, r.repo, r.path),
            {**_columns("language"), "quality": lambda r: _step(r.file_quality)},
            sums=("samples_made",),
        ),
        Table(
            DUPLICATES,
            Duplicate,
            lambda r: (r.level, r.source, r.repo, r.path, r.id),
            {**_columns("level"), "level_kind": lambda r: f"{r.level} {r.kind}"},
        ),
        Table(
            REJECTS,
            Reject,
            lambda r: (r.level, r.source, r.repo, r.path, r.id, r.stage, r.reason),
            {
                **_columns("level", "reason"),
                "level_stage_reason": lambda r: f"{r.level} {r.stage} {r.reason}",
                "evaluation": _evaluation_set,
            },
        ),
        Table(INPUTS, FileRead, lambda r: (r.source, r.path, r.raw_id), {}, sums=("size_bytes",)),
    )
    return {table.name: table for table in found}


def _columns(*names: str) -> dict[str, Callable[[Any], str]]:
    return {name: operator.attrgetter(name) for name in names}


def _evaluation_set(reject: Reject) -> str:
    """Level and evaluation set of what was left out for one; empty of anything else."""
    if reject.reason != Reason.EVALUATION:
        return ""
    return f"{reject.level} {json.loads(reject.detail)['file']}"


def _step(quality: float) -> str:
    """The step of a histogram that a quality falls into, by its lower end."""
    return f"{math.floor(quality / _QUALITY_STEP + 1e-9) * _QUALITY_STEP:.2f}"
