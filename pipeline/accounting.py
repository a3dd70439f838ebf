"""What build.json says: counts of what was written, and that they add up."""

import collections
import hashlib
import heapq
import itertools
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow.parquet as pq

from pipeline import __version__
from transforms.records import Cutoff, Oversize, ShardOutput
from transforms.rows import SCHEMA_VERSION
from transforms.similarity.minhash import banding
from transforms.tables import DATA, DUPLICATES, FILES, INPUTS, REJECTS

_SCALE = 10_000


def account(
    staging: str,
    options: Mapping[str, object],
    versions: Mapping[str, str],
    evaluation: Mapping[str, Mapping[str, int]],
    outputs: Sequence[ShardOutput],
    cutoffs: Sequence[Cutoff],
    oversize: Sequence[Oversize],
) -> dict[str, Any]:
    """The contents of build.json but for the seconds.

    Args:
      staging: folder with the shards; those of `inputs` are read again for the checksum.
      evaluation: of each evaluation set, counts of its items.
      outputs: every shard.
      cutoffs: every language's. oversize: every partition's.

    Raises:
      RuntimeError: if the ledger does not add up, which no input may cause.
    """
    shards = sorted(outputs, key=lambda output: output.path)
    by_language = itertools.groupby(
        sorted(cutoffs, key=lambda cutoff: (cutoff.language, cutoff.task)),
        key=lambda cutoff: cutoff.language,
    )
    tallies = {name: _tallied(shards, name) for name in (DATA, FILES, DUPLICATES, REJECTS, INPUTS)}
    rows = {table: sum(o.rows for o in shards if _table(o) == table) for table in tallies}
    accounting = _accounting(rows, tallies, cutoffs)
    _check(accounting)
    return {
        "schema_version": SCHEMA_VERSION,
        "warpbeam": __version__,
        "versions": dict(versions),
        "options": dict(options),
        "input": {
            "files": rows[INPUTS],
            "bytes": tallies[INPUTS]["sums"].get("size_bytes", 0),
            "checksum": _checksum(staging, [o.path for o in shards if _table(o) == INPUTS]),
        },
        "accounting": accounting,
        "counts": _counts(tallies),
        "balance": {
            language: _balance(list(ends), tallies[DATA], options) for language, ends in by_language
        },
        "details": _details(tallies)
        | {
            "near": _near(options, oversize),
            "evaluation": _evaluation(evaluation, tallies[REJECTS]["evaluation"]),
        },
        "limits": [],
        "outputs": [_output(o) for o in shards if _table(o) != INPUTS],
    }


def _accounting(
    rows: Mapping[str, int], tallies: Mapping[str, Mapping[str, Any]], cutoffs: Sequence[Cutoff]
) -> dict[str, int]:
    """Where every file and sample went."""
    rejects, duplicates = tallies[REJECTS]["level"], tallies[DUPLICATES]["level"]
    return {
        "files_read": rows[INPUTS],
        "files_used": rows[FILES],
        "files_rejected": rejects.get("file", 0),
        "files_duplicate": duplicates.get("file", 0),
        "samples_made": tallies[FILES]["sums"].get("samples_made", 0),
        "samples_rejected": rejects.get("sample", 0),
        "samples_duplicate": duplicates.get("sample", 0),
        "samples_over_target": sum(cutoff.available - cutoff.taken for cutoff in cutoffs),
        "rows_written": rows[DATA],
    }


def _counts(tallies: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    data = tallies[DATA]
    counts = {c: dict(sorted(data[c].items())) for c in ("language", "task", "split")}
    return counts | {"reason": dict(sorted(tallies[REJECTS]["reason"].items()))}


def _details(tallies: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What the report and the summary show beyond the counts."""
    data = tallies[DATA]
    total, squared = data["sums"].get("weight", 0.0), data["sums"].get("weight_squared", 0.0)
    return {
        "task_language": dict(sorted(data["task_language"].items())),
        "difficulty": dict(sorted(data["difficulty"].items())),
        "variant": dict(sorted(data["variant"].items())),
        "quality": dict(sorted(data["quality"].items())),
        "files_language": dict(sorted(tallies[FILES]["language"].items())),
        "files_quality": dict(sorted(tallies[FILES]["quality"].items())),
        "rejected": dict(sorted(tallies[REJECTS]["level_stage_reason"].items())),
        "duplicates": dict(sorted(tallies[DUPLICATES]["level_kind"].items())),
        # Kish 1965: how many equally weighted rows would tell as much.
        "effective_rows": round(total**2 / squared, 1) if squared else 0.0,
    }


def _near(options: Mapping[str, Any], oversize: Sequence[Oversize]) -> dict[str, Any]:
    """How near duplicates were looked for: the banding, its S-curve, buckets cut short."""
    cut = banding(options["near_threshold"])
    return {
        "bands": cut.bands,
        "rows": cut.rows,
        "compared": {f"{s / 20:.2f}": round(cut.probability(s / 20), 4) for s in range(6, 21)},
        "oversize_buckets": sum(part.buckets for part in oversize),
        "largest_bucket": max((part.largest for part in oversize), default=0),
    }


def _evaluation(
    sets: Mapping[str, Mapping[str, int]], rejected: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Of each evaluation set: its items, and the files and samples left out for them."""
    return {
        name: {
            **counts,
            "files": rejected.get(f"file {name}", 0),
            "samples": rejected.get(f"sample {name}", 0),
        }
        for name, counts in sets.items()
    }


def _balance(
    ends: Sequence[Cutoff], rows: Mapping[str, Mapping[str, int]], options: Mapping[str, Any]
) -> dict[str, object]:
    """A language's balance and, where a mix of tasks is set, each of its tasks'."""
    language = ends[0].language
    last = max(
        (end for end in ends if end.taken),
        key=lambda end: (-end.lowest_quality, end.lowest_id),
        default=None,
    )
    whole = _end(
        last,
        available=sum(end.available for end in ends),
        target=options["target_per_language"],
        taken=rows["language"][language],
    )
    tasks = {
        end.task: _end(
            end if end.taken else None,
            available=end.available,
            target=end.taken,
            taken=rows["task_language"][f"{end.task} {language}"],
        )
        for end in ends
        if end.task
    }
    return {**whole, "tasks": tasks} if tasks else whole


def _end(last: Cutoff | None, available: int, target: int, taken: int) -> dict[str, object]:
    return {
        "available": available,
        "target": target,
        "taken": taken,
        "lowest_quality": last.lowest_quality / _SCALE if last else None,
        "lowest_id": last.lowest_id if last else None,
    }


def _output(shard: ShardOutput) -> dict[str, object]:
    return {
        "path": shard.path,
        "rows": shard.rows,
        "bytes": shard.size_bytes,
        "sha256": shard.sha256,
    }


def _check(accounting: Mapping[str, int]) -> None:
    files = accounting["files_used"] + accounting["files_rejected"] + accounting["files_duplicate"]
    samples = sum(
        accounting[name]
        for name in ("samples_rejected", "samples_duplicate", "samples_over_target", "rows_written")
    )
    if files != accounting["files_read"] or samples != accounting["samples_made"]:
        raise RuntimeError(f"the ledger does not add up: {json.dumps(accounting)}")


def _table(output: ShardOutput) -> str:
    return output.path.partition("/")[0]


def _tallied(shards: Sequence[ShardOutput], table: str) -> dict[str, collections.Counter]:
    totals: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    for output in shards:
        if _table(output) == table:
            for column, counts in json.loads(output.tallies).items():
                totals[column].update(counts)
    return totals


def _checksum(staging: str, paths: Sequence[str]) -> str:
    """blake2b-16 over every file's source, path and raw hash, by (source, path).

    Shards are sorted, so they merge.
    """
    h = hashlib.blake2b(digest_size=16)
    for source, path, raw_id in heapq.merge(
        *(_input_rows(os.path.join(staging, name)) for name in paths)
    ):
        h.update(f"{source}\0{path}\0{raw_id}\n".encode())
    return h.hexdigest()


def _input_rows(path: str) -> Iterator[tuple[str, str, str]]:
    for batch in pq.ParquetFile(path).iter_batches(columns=["source", "path", "raw_id"]):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
