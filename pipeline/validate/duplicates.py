"""Promise 5: no two used files are near duplicates, and each removed copy names who stays."""

import hashlib
import heapq
from typing import Any

from pipeline.validate.dataset import Dataset, FileName, Record, file_name, show
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings
from pipeline.validate.samples import check_samples

_MOST_SIMILARITIES = 5_000
_SIMILARITY_TOLERANCE = 1e-9
_MISSED_RATIO = 0.005  # what bands may miss
_BEFORE_DEDUP = ("read", "screen", "near_dedup")  # at the last, what is like an evaluation set
_IDS = ("level", "id", "survivor_id", "quality", "survivor_quality")
_NAMES = ("source", "repo", "path", "survivor_source", "survivor_repo", "survivor_path")


def _check(evidence: Evidence, findings: Findings) -> None:
    _check_survivors(evidence.dataset, findings)
    _check_kinds(evidence.dataset, findings)
    check_samples(evidence.dataset, findings)
    if evidence.sources is not None:
        _check_similarities(evidence, findings)
        _check_missed(evidence, findings)


def _rank(key: str, name: FileName, quality: float) -> tuple[Any, ...]:
    """Rank among duplicates: smaller is better."""
    return (-quality, key, name)


def _check_survivors(dataset: Dataset, findings: Findings) -> None:
    """Each removed file names one that dedup kept, better in rank, by its key and quality."""
    kept: dict[FileName, tuple[str, float | None]] = {}
    for row in dataset.read("rejects", "level", "id", "source", "repo", "path", "stage"):
        if row["level"] == "file" and row["stage"] not in _BEFORE_DEDUP:
            kept[file_name(row)] = (row["id"], None)
    for row in dataset.read("files", "content_key", "source", "repo", "path", "file_quality"):
        kept[file_name(row)] = (row["content_key"], row["file_quality"])
    for row in dataset.read("duplicates", *_IDS, *_NAMES):
        if row["level"] != "file":
            continue
        findings.count("removed files")
        name, survivor = file_name(row), file_name(row, "survivor_")
        if survivor not in kept:
            findings.fault(f"{show(name)} names {show(survivor)}, which dedup did not keep")
            continue
        key, quality = kept[survivor]
        findings.expect(f"the key of the survivor of {show(name)}", row["survivor_id"], key)
        if quality is not None:
            findings.expect(
                f"the quality of the survivor of {show(name)}", row["survivor_quality"], quality
            )
        better = _rank(row["survivor_id"], survivor, row["survivor_quality"])
        if better >= _rank(row["id"], name, row["quality"]):
            findings.fault(f"{show(name)} comes before its survivor {show(survivor)} in rank")


def _check_kinds(dataset: Dataset, findings: Findings) -> None:
    """Each copy is exact or near, and an exact one not less than that."""
    for row in dataset.read("duplicates", "level", "kind", "id", "similarity"):
        if row["kind"] not in ("exact", "near"):
            findings.fault(f"{row['level']} {row['id']} is a duplicate of the kind {row['kind']!r}")
        if row["kind"] == "exact" and row["similarity"] != 1.0:
            findings.fault(
                f"{row['level']} {row['id']} is an exact copy of similarity {row['similarity']}"
            )


def _check_similarities(evidence: Evidence, findings: Findings) -> None:
    """Similarities and keys of removed files, from their texts; of 5,000 where there are more."""
    rows = (row for row in evidence.dataset.read("duplicates") if row["level"] == "file")
    for row in heapq.nsmallest(_MOST_SIMILARITIES, rows, key=_drawn):
        findings.count("similarities computed again")
        for offence in _similarity_offences(row, evidence):
            findings.fault(f"{show(file_name(row))}: {offence}")


def _drawn(row: Record) -> bytes:
    return hashlib.blake2b("\0".join(file_name(row)).encode(), digest_size=16).digest()


def _similarity_offences(row: Record, evidence: Evidence) -> list[str]:
    if evidence.sources is None:
        return []
    name, survivor = file_name(row), file_name(row, "survivor_")
    offences = []
    keys = [evidence.sources.content_key((each[0], each[2])) for each in (name, survivor)]
    if keys != [row["id"], row["survivor_id"]]:
        offences.append(f"content keys are {keys}, should be {[row['id'], row['survivor_id']]}")
    if row["kind"] == "exact":
        return (
            offences if keys[0] == keys[1] else [*offences, "is not an exact copy of its survivor"]
        )
    similarity = evidence.similarity(name, survivor)
    if abs(similarity - row["similarity"]) > _SIMILARITY_TOLERANCE:
        offences.append(f"its similarity is {similarity}, not {row['similarity']}")
    if similarity < evidence.dataset.options["near_threshold"]:
        offences.append(f"its similarity to its survivor is {similarity}, below the threshold")
    return offences


def _check_missed(evidence: Evidence, findings: Findings) -> None:
    """Near duplicates that both stayed, found by exact search: at most what bands may miss."""
    search = evidence.near_pairs
    removed = sum(
        row["level"] == "file" and row["kind"] == "near"
        for row in evidence.dataset.read("duplicates", "level", "kind")
    )
    missed = len(search.pairs)
    if missed > _MISSED_RATIO * (removed + missed):
        for pair in search.pairs:
            both = f"{show(pair.first)} and {show(pair.second)}"
            findings.fault(f"{both} both stayed, similarity {pair.similarity:.4f}")
    findings.count("near pairs missed by dedup", missed)
    sampled = (
        ""
        if search.searched == search.used
        else f" of {search.used:,}, those with the smallest content keys"
    )
    findings.note(f"searched exactly in {search.searched:,} used files{sampled}")


CHECK = Check(5, "No two used files are near duplicates", True, _check)
