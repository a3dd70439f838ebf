"""Promise 9: one bad file costs one row in rejects."""

import collections

from pipeline.validate.dataset import Record, file_name, show
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings
from pipeline.validate.sources import SourcePath, Sources
from transforms.rows import Reason

_STAGES = frozenset(
    "read screen exact_dedup near_dedup parse split augment instruct sample_dedup render".split()
)
_REASONS = frozenset(reason.value for reason in Reason)


def _check(evidence: Evidence, findings: Findings) -> None:
    rows: collections.Counter[SourcePath] = collections.Counter()
    for row in evidence.dataset.read("rejects"):
        findings.count(f"{row['level']} rejects")
        for offence in _row_offences(row):
            findings.fault(f"{show(file_name(row))}: {offence}")
        if row["level"] != "file":
            continue
        rows[row["source"], row["path"]] += 1
        offence = _id_offence(row, evidence.sources)
        if offence:
            findings.fault(f"{show(file_name(row))}: {offence}")
    if evidence.sources is not None:
        _check_entries(evidence.sources, rows, findings)
    _check_limits(evidence, findings)


def _row_offences(row: Record) -> list[str]:
    offences = []
    if row["stage"] not in _STAGES:
        offences.append(f"rejected at {row['stage']!r}, which is no stage")
    if row["reason"] not in _REASONS:
        offences.append(f"rejected for {row['reason']!r}, which is no reason")
    if row["id"] and (len(row["id"]) != 32 or row["id"].strip("0123456789abcdef")):
        offences.append(f"its id {row['id']!r} is not 32 hex digits")
    if not row["id"] and (row["level"] != "file" or row["stage"] != "read"):
        offences.append(f"rejected at {row['stage']} without an id")
    return offences


def _id_offence(row: Record, sources: Sources | None) -> str:
    """Object unless a file's id is that of its raw bytes, or of its text where it was decoded."""
    if sources is None or not row["id"]:
        return ""
    name = (row["source"], row["path"])
    decoded = row["stage"] not in ("read", "screen")
    if row["id"] == sources.content_key(name) or (
        not decoded and row["id"] == sources.raw_id(name)[0]
    ):
        return ""
    return f"its id {row['id']} is neither of its bytes nor of its text"


def _check_entries(
    sources: Sources, rows: collections.Counter[SourcePath], findings: Findings
) -> None:
    """What is no file that can be read has one row; without an id, so it is of the stage read."""
    for name, entry in sources.entries.items():
        if entry.kind == "file":
            continue
        findings.count("entries that are no files")
        findings.expect(f"rejects of {show(name)} ({entry.kind})", rows[name], sources.listed[name])


def _check_limits(evidence: Evidence, findings: Findings) -> None:
    """A file at which a limit fired is one of the input, for a known reason."""
    for limit in evidence.dataset.build["limits"]:
        if limit["reason"] not in _REASONS:
            findings.fault(
                f"limit at {limit['path']} has the reason {limit['reason']!r}, which is none"
            )
        if (
            evidence.sources is not None
            and (limit["source"], limit["path"]) not in evidence.sources.entries
        ):
            findings.fault(f"limit at {limit['path']}, which is not in the input")


CHECK = Check(9, "One bad file costs one row", True, _check)
