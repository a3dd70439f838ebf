"""Promise 7: same in, same out. Seen without a second build: the files are those written."""

import collections
import hashlib
import pathlib
import re

import pyarrow.parquet as pq

from pipeline.validate.dataset import PAGES, TABLES, Dataset, read_shard
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings

_SHARD = re.compile(r"(train|validation)-(\d{5})-of-(\d{5})\.parquet")


def _check(evidence: Evidence, findings: Findings) -> None:
    dataset = evidence.dataset
    _check_outputs(dataset, findings)
    _check_shards(dataset, findings)
    for shard in dataset.shards("data"):
        ids = [row["id"] for row in read_shard(shard, "id")]
        if ids != sorted(ids):
            findings.fault(f"data/{shard.name} is not sorted by id")
    findings.note("not built a second time")


def _check_outputs(dataset: Dataset, findings: Findings) -> None:
    """Files, sizes, rows and checksums are what build.json says; nothing else stands there."""
    listed = {output["path"]: output for output in dataset.build["outputs"]}
    findings.expect("names in outputs", len(dataset.build["outputs"]), len(listed))
    for path in sorted(dataset.directory.rglob("*")):
        name = path.relative_to(dataset.directory).as_posix()
        if path.is_dir():
            if name not in TABLES:
                findings.fault(f"{name}/ does not belong to a dataset")
            continue
        output = listed.pop(name, None)
        if output is None:
            if name not in PAGES:
                findings.fault(f"{name} is not listed in build.json")
            continue
        findings.count("files compared with build.json")
        findings.expect(f"bytes of {name}", path.stat().st_size, output["bytes"])
        findings.expect(f"sha256 of {name}", _sha256(path), output["sha256"])
        if path.suffix == ".parquet":
            findings.expect(f"rows of {name}", pq.read_metadata(path).num_rows, output["rows"])
    for name in sorted(listed):
        findings.fault(f"{name} is listed in build.json and is missing")


def _sha256(path: pathlib.Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_shards(dataset: Dataset, findings: Findings) -> None:
    """Shards are numbered from 0 to one below what their names say, each once."""
    numbers: dict[tuple[str, str], list[int]] = collections.defaultdict(list)
    for shard in dataset.shards("data"):
        named = _SHARD.fullmatch(shard.name)
        if named is None:
            findings.fault(f"data/{shard.name} is not named as a shard")
        else:
            numbers[named[1], named[3]].append(int(named[2]))
    for (split, total), found in sorted(numbers.items()):
        findings.expect(f"numbers of the {split} shards", sorted(found), list(range(int(total))))


CHECK = Check(7, "Same in, same out", False, _check)
