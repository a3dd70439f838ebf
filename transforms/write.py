"""Write: records keyed by their shard -> sorted Parquet shards."""

import collections
import hashlib
import json
import math
import os
import types
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import apache_beam as beam
import pyarrow as pa
import pyarrow.parquet as pq
from apache_beam.pvalue import AsDict, AsSingleton

from transforms.balance import Histogram
from transforms.group import Grouped, JoinByKey
from transforms.records import Shard, ShardOutput
from transforms.render import shard_path
from transforms.samples.drafts import digest
from transforms.samples.splits import TRAIN
from transforms.samples.weights import total_weight, weight
from transforms.tables import DATA, DUPLICATES, FILES, INPUTS, REJECTS, Table, tables

LEDGER_ROWS = 200_000  # files read for each shard of a ledger table
_ROW_GROUP_BYTES = 32 << 20


class WriteShards(beam.PTransform):
    """Write every table's rows, grouped by shard, under `staging`.

    Input: {data: (shard, Row), files, duplicates, rejects, inputs: records, qualities: (split,
    histogram), shard_counts: (split, shards)}. Output: a ShardOutput for each shard. Two shuffles:
    the only one that text crosses, and one of the ledger. A shard is written under a temporary name
    and renamed, so a retry does no harm. Every table has a shard, if an empty one.
    """

    def __init__(
        self, staging: str, weight_k: float, format_name: str, spill_dir: str | None
    ) -> None:
        super().__init__()
        self._staging = staging
        self._weight_k = weight_k
        self._format_name = format_name
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, written: dict[str, beam.PCollection]) -> beam.PCollection[ShardOutput]:
        start = written[INPUTS].pipeline | "Start" >> beam.Create([0])
        shard_counts = AsDict(written["shard_counts"])
        totals = written["qualities"] | "Totals" >> beam.Map(_total, weight_k=self._weight_k)
        write = _WriteShardFn(self._staging, self._weight_k, self._format_name)
        data = (
            {
                DATA: written[DATA],
                "shards": start | "DataShards" >> beam.FlatMap(_data_shards, shard_counts),
            }
            | "GroupData" >> JoinByKey(self._spill_dir)
            | "WriteData" >> beam.ParDo(write, AsDict(totals))
        )
        reads = written[INPUTS] | "CountReads" >> beam.combiners.Count.Globally()
        count = AsSingleton(reads)
        ledger = {"shards": start | "LedgerShards" >> beam.FlatMap(_ledger_shards, count)}
        for name in (FILES, DUPLICATES, REJECTS, INPUTS):
            ledger[name] = written[name] | f"Shard{name.title()}" >> beam.Map(
                _sharded, count, table=name
            ).with_output_types(types.GenericAlias(tuple, (bytes, tables()[name].record)))
        ledger_outputs = (
            ledger
            | "GroupLedger" >> JoinByKey(self._spill_dir)
            | "WriteLedger" >> beam.ParDo(write, {})
        )
        return (data, ledger_outputs) | "Outputs" >> beam.Flatten()


def _total(element: tuple[str, Histogram], weight_k: float) -> tuple[str, float]:
    split, histogram = element
    return split, total_weight(histogram, weight_k)


def _data_shards(_: int, shard_counts: Mapping[str, int]) -> Iterator[tuple[bytes, Shard]]:
    for split, shards in (dict(shard_counts) or {TRAIN: 1}).items():
        for shard in range(shards):
            path = shard_path(split, shard, shards)
            yield path.encode(), Shard(path)


def _ledger_shards(_: int, files_read: int) -> Iterator[tuple[bytes, Shard]]:
    shards = _ledger_shard_count(files_read)
    for table in (FILES, DUPLICATES, REJECTS, INPUTS):
        for shard in range(shards):
            path = f"{table}/part-{shard:05d}-of-{shards:05d}.parquet"
            yield path.encode(), Shard(path)


def _ledger_shard_count(files_read: int) -> int:
    return max(1, math.ceil(files_read / LEDGER_ROWS))


def _sharded(record: Any, files_read: int, table: str) -> tuple[bytes, Any]:
    shards = _ledger_shard_count(files_read)
    shard = int.from_bytes(digest(record.source, record.path)[:8], "big") % shards
    return f"{table}/part-{shard:05d}-of-{shards:05d}.parquet".encode(), record


class _WriteShardFn(beam.DoFn):
    def __init__(self, staging: str, weight_k: float, format_name: str) -> None:
        self._staging = staging
        self._weight_k = weight_k
        self._format_name = format_name

    def process(self, element: Grouped, totals: Mapping[str, float]) -> Iterator[ShardOutput]:
        path = element[0].decode()
        table = tables(self._format_name)[path.partition("/")[0]]
        records = sorted(element[1][table.name], key=table.order)
        columns = {
            name: [getattr(record, name) for record in records]
            for name in table.schema().names
            if name not in ("sample_weight", "messages")
        }
        if "messages" in table.schema().names:
            columns["messages"] = [
                [{"role": turn.role, "content": turn.content} for turn in record.messages]
                for record in records
            ]
        if table.name == DATA:
            columns["sample_weight"] = [
                weight(record.quality_score, self._weight_k) / totals[record.split]
                for record in records
            ]
        tallies = _tallies(table, records)
        if table.name == DATA:
            weights = columns["sample_weight"]
            tallies["sums"] |= {
                "weight": math.fsum(weights),
                "weight_squared": math.fsum(w * w for w in weights),
            }
        yield self._write(path, table, columns, tallies)

    def _write(
        self,
        path: str,
        table: Table,
        columns: Mapping[str, Sequence[Any]],
        tallies: Mapping[str, Any],
    ) -> ShardOutput:
        arrow = pa.table(columns, schema=table.schema())
        rows = arrow.num_rows
        final = os.path.join(self._staging, path)
        os.makedirs(os.path.dirname(final), exist_ok=True)
        temporary = f"{final}.{uuid.uuid4().hex}"
        group_rows = max(1, rows * _ROW_GROUP_BYTES // max(_ROW_GROUP_BYTES, arrow.nbytes))
        pq.write_table(arrow, temporary, compression="zstd", row_group_size=group_rows)
        with open(temporary, "rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.replace(temporary, final)
        return ShardOutput(
            path, rows, os.path.getsize(final), sha256, json.dumps(tallies, sort_keys=True)
        )


def _tallies(table: Table, records: Sequence[Any]) -> dict[str, dict[str, Any]]:
    counts: dict[str, dict[str, Any]] = {
        name: dict(collections.Counter(value_of(record) for record in records))
        for name, value_of in table.tallies.items()
    }
    counts["sums"] = {name: sum(getattr(record, name) for record in records) for name in table.sums}
    return counts
