"""What follows from the tables of the honest dataset, and how it is written."""

import collections
import hashlib
import json
import math
import os
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.validate.dataset import SCHEMAS
from tests.validate.corpus import Record, digest
from tests.validate.honest import Made


def settle(made: Made) -> None:
    """Compute all that follows from the tables: weights, rows by file, build.json, shards."""
    _weigh(made.rows)
    by_path = collections.Counter(row["path"] for row in made.rows)
    for file in made.files:
        file["rows_written"] = by_path[file["path"]]
    levels = {
        name: collections.Counter(each["level"] for each in table)
        for name, table in (("rejected", made.rejects), ("duplicate", made.duplicates))
    }
    accounting = {
        "files_read": len(made.files) + sum(count["file"] for count in levels.values()),
        "files_used": len(made.files),
        "samples_made": sum(file["samples_made"] for file in made.files),
        "samples_over_target": sum(made.over.values()),
        "rows_written": len(made.rows),
    }
    for name, count in levels.items():
        accounting |= {f"files_{name}": count["file"], f"samples_{name}": count["sample"]}
    made.build = {
        "schema_version": 1,
        "warpbeam": "0.1.0",
        "versions": {"pyarrow": pa.__version__},
        "options": {
            "target_per_language": 5,
            "weight_k": 5,
            "near_threshold": 0.85,
            "max_same_target": 2,
            "instruction_split": 0.2,
            "repo_from": None,
            "num_shards": None,
        },
        "input": _input(made),
        "accounting": accounting,
        "counts": _counts(made),
        "seconds": {"total": 1.5},
        "limits": [{"source": "input", "path": "delta/odd.py", "reason": "failed"}],
        "outputs": [],
        "balance": _balance(made),
    }
    made.shards = {f"{split}-00000-of-00001": [] for split in ("train", "validation")}
    for row in sorted(made.rows, key=lambda row: str(row["id"])):
        made.shards[f"{row['split']}-00000-of-00001"].append(row)


def write(made: Made) -> None:
    """Write the dataset, its outputs as they are then."""
    tables = {f"data/{name}": rows for name, rows in made.shards.items()}
    tables |= {
        "files/00000": made.files,
        "duplicates/00000": made.duplicates,
        "rejects/00000": made.rejects,
    }
    for name, rows in tables.items():
        path = made.directory / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        schema = pa.schema(SCHEMAS[name.split("/")[0]])
        pq.write_table(pa.Table.from_pylist(rows, schema), path)
        made.build["outputs"].append(
            {
                "path": f"{name}.parquet",
                "rows": len(rows),
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
        )
    (made.directory / "README.md").write_text("---\nlicense: other\n---\n")
    (made.directory / "report.html").write_text("<!doctype html>\n")
    (made.directory / "build.json").write_text(json.dumps(made.build))


def _weigh(rows: list[Record]) -> None:
    for split in ("train", "validation"):
        chosen = [row for row in rows if row["split"] == split]
        raw = [math.exp(5 * (row["quality_score"] - 0.7)) for row in chosen]
        for row, value in zip(chosen, raw, strict=True):
            row["sample_weight"] = value / math.fsum(raw)


def _input(made: Made) -> Record:
    unread = {each["path"] for each in made.rejects if each["level"] == "file" and not each["id"]}
    names = [
        (each["path"], each["path"] in unread)
        for table in (made.files, made.duplicates, made.rejects)
        for each in table
        if each.get("level", "file") == "file"
    ]
    checksum, size_bytes = hashlib.blake2b(digest_size=16), 0
    for name, is_unread in sorted(names):
        raw = b"" if is_unread else _raw(made.folder, name)
        checksum.update(f"input\0{name}\0{'' if is_unread else digest(raw)}\n".encode())
        size_bytes += len(raw)
    return {"files": len(names), "bytes": size_bytes, "checksum": checksum.hexdigest()}


def _raw(folder: pathlib.Path, name: str) -> bytes:
    """A file's bytes, none where it is not there."""
    path = os.path.join(os.fsencode(folder), name.encode().replace(rb"\xff", b"\xff"))
    return pathlib.Path(os.fsdecode(path)).read_bytes() if os.path.isfile(path) else b""


def _counts(made: Made) -> Record:
    counts: Record = {
        column: dict(collections.Counter(row[column] for row in made.rows))
        for column in ("language", "task", "split")
    }
    return counts | {"reason": dict(collections.Counter(each["reason"] for each in made.rejects))}


def _balance(made: Made) -> Record:
    balance = {}
    for language in sorted({row["language"] for row in made.rows}):
        rows = [row for row in made.rows if row["language"] == language]
        last = max(rows, key=lambda row: (-row["quality_score"], row["id"]))
        balance[language] = {
            "available": len(rows) + made.over.get(language, 0),
            "target": 5,
            "taken": len(rows),
            "lowest_quality": last["quality_score"],
            "lowest_id": last["id"],
        }
    return balance
