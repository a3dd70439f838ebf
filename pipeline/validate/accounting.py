"""Promise 1: nothing is lost. Every file and every sample has one fate, and the counts say so."""

import collections
import hashlib

from pipeline.validate.dataset import FileName, Record, file_name, row_counts, show
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings
from pipeline.validate.sources import Sources

_NAME = ("source", "repo", "path")


def _check(evidence: Evidence, findings: Findings) -> None:
    _check_sums(evidence.dataset.build, findings)
    _check_tables(evidence, findings)
    _check_counts(evidence, findings)
    _check_samples(evidence, findings)
    _check_files(evidence, findings)
    if evidence.sources is not None:
        _check_input(evidence, evidence.sources, findings)


def _check_sums(build: Record, findings: Findings) -> None:
    """build.json against itself."""
    has = build["accounting"]
    files = has["files_used"] + has["files_rejected"] + has["files_duplicate"]
    findings.expect("files used + rejected + duplicate", files, has["files_read"])
    samples = (
        has["rows_written"]
        + has["samples_rejected"]
        + has["samples_duplicate"]
        + has["samples_over_target"]
    )
    findings.expect(
        "rows + samples rejected + duplicate + over target", samples, has["samples_made"]
    )
    findings.expect("input files", build["input"]["files"], has["files_read"])


def _check_tables(evidence: Evidence, findings: Findings) -> None:
    """build.json's accounting against the tables."""
    dataset, has = evidence.dataset, evidence.dataset.build["accounting"]
    rejects, duplicates = (
        row_counts(dataset, table, "level") for table in ("rejects", "duplicates")
    )
    rows = sum(1 for _ in dataset.read("data", "id"))
    used, made = 0, 0
    for file in dataset.read("files", "samples_made"):
        used += 1
        made += file["samples_made"]
    found = {
        "files_used": used,
        "files_rejected": rejects["file"],
        "files_duplicate": duplicates["file"],
        "samples_made": made,
        "samples_rejected": rejects["sample"],
        "samples_duplicate": duplicates["sample"],
        "rows_written": rows,
    }
    for name, value in found.items():
        findings.expect(f"accounting {name}", has[name], value)
    for table, levels in (("rejects", rejects), ("duplicates", duplicates)):
        for level in levels.keys() - {"file", "sample"}:
            findings.fault(f"{table}/ has the level {level!r}")
    findings.count("files", used + rejects["file"] + duplicates["file"])
    findings.count("samples", made)


def _check_counts(evidence: Evidence, findings: Findings) -> None:
    """build.json's counts by language, task, split and reason against the tables."""
    dataset, counts = evidence.dataset, evidence.dataset.build["counts"]
    for table, columns in (("data", ("language", "task", "split")), ("rejects", ("reason",))):
        for column in columns:
            said = {key: value for key, value in counts[column].items() if value}
            findings.expect(f"counts by {column}", said, dict(row_counts(dataset, table, column)))


def _check_samples(evidence: Evidence, findings: Findings) -> None:
    """No sample has two fates, and none more than its file made."""
    fates: collections.Counter[bytes] = collections.Counter()
    left: collections.Counter[FileName] = collections.Counter()
    rows: collections.Counter[FileName] = collections.Counter()
    for table in ("data", "duplicates", "rejects"):
        columns = ("id", *_NAME) if table == "data" else ("level", "id", *_NAME)
        for row in evidence.dataset.read(table, *columns):
            if row.get("level", "sample") != "sample":
                continue
            fates[row["id"].encode()] += 1
            left[file_name(row)] += 1
            if table == "data":
                rows[file_name(row)] += 1
    for sample, times in fates.items():
        if times > 1:
            findings.fault(
                f"sample {sample.decode()} stands {times} times in data, duplicates and rejects"
            )
    for file in evidence.dataset.read("files", *_NAME, "samples_made", "rows_written"):
        name = file_name(file)
        findings.expect(f"rows_written of {show(name)}", file["rows_written"], rows[name])
        if left.pop(name, 0) > file["samples_made"]:
            findings.fault(
                f"{show(name)} made {file['samples_made']} samples, but more are accounted for"
            )
    for name in left:
        findings.fault(f"there are samples of {show(name)}, which is not a used file")


def _check_files(evidence: Evidence, findings: Findings) -> None:
    """No file has two fates; rows name their file's content key."""
    keys: dict[FileName, str] = {}
    fates: collections.Counter[FileName] = collections.Counter()
    for file in evidence.dataset.read("files", "content_key", *_NAME):
        keys[file_name(file)] = file["content_key"]
        fates[file_name(file)] += 1
    for table in ("duplicates", "rejects"):
        fates.update(
            file_name(row)
            for row in evidence.dataset.read(table, "level", *_NAME)
            if row["level"] == "file"
        )
    for name, times in fates.items():
        if times > 1:
            findings.fault(
                f"file {show(name)} stands {times} times in files, duplicates and rejects"
            )
    for row in evidence.dataset.read("data", "id", "content_key", *_NAME):
        if row["content_key"] != keys.get(file_name(row), row["content_key"]):
            findings.fault(f"row {row['id']} names a content key that its file does not have")


def _check_input(evidence: Evidence, sources: Sources, findings: Findings) -> None:
    """The tables against the files that are there, one by one; and the input's figures."""
    dataset = evidence.dataset
    left = sources.listed.copy()
    unread = set()
    for table in ("files", "duplicates", "rejects"):
        for row in dataset.read(table):
            if row.get("level", "file") != "file":
                continue
            name = (row["source"], row["path"])
            left[name] -= 1
            if table == "rejects" and not row["id"]:
                unread.add(name)
            if table == "files":
                _check_used(row, sources, findings)
    for name, times in left.items():
        if times > 0:
            findings.fault(f"{show(name)} of the input is in no table")
        elif times < 0:
            findings.fault(f"{show(name)} is in the tables but not in the input")
    digest, size_bytes = hashlib.blake2b(digest_size=16), 0
    for name in sorted(sources.listed.elements()):
        raw_id, size = ("", 0) if name in unread else sources.raw_id(name)
        digest.update(f"{name[0]}\0{name[1]}\0{raw_id}\n".encode())
        size_bytes += size
    given = dataset.build["input"]
    findings.expect("input bytes", given["bytes"], size_bytes)
    findings.expect("input checksum", given["checksum"], digest.hexdigest())
    findings.count("files of the input listed again", sources.listed.total())


def _check_used(file: Record, sources: Sources, findings: Findings) -> None:
    name = (file["source"], file["path"])
    findings.expect(f"content key of {show(name)}", file["content_key"], sources.content_key(name))
    findings.expect(
        f"size_bytes of {show(name)}", file["size_bytes"], len(sources.text(name) or b"")
    )


CHECK = Check(1, "Nothing is lost", False, _check)
