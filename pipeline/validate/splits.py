"""Promise 8: splits do not leak."""

from pipeline.validate.dataset import Dataset, FileName, file_name, read_shard, show
from pipeline.validate.evaluation import check_evaluation_sets
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings
from pipeline.validate.sources import Sources

_SPLITS = ("train", "validation")


def _check(evidence: Evidence, findings: Findings) -> None:
    files = _splits_of_files(evidence.dataset, findings)
    _check_rows(evidence.dataset, files, findings)
    _check_phrasings(evidence.dataset, findings)
    check_evaluation_sets(evidence.dataset, findings)
    if evidence.sources is None:
        return
    _check_repositories(evidence.dataset, evidence.sources, findings)
    for pair in evidence.near_pairs.pairs:
        if files[pair.first] != files[pair.second]:
            both = f"{show(pair.first)} and {show(pair.second)}"
            findings.fault(f"{both} are near duplicates in different splits")
    findings.count("near pairs looked at", len(evidence.near_pairs.pairs))


def _splits_of_files(dataset: Dataset, findings: Findings) -> dict[FileName, str]:
    """The split of each used file; faults where one repository, or one text without, has two."""
    files: dict[FileName, str] = {}
    sides: dict[tuple[str, str], str] = {}
    for row in dataset.read("files", "content_key", "source", "repo", "path", "split"):
        if row["split"] not in _SPLITS:
            findings.fault(f"{show(file_name(row))} is in the split {row['split']!r}")
        files[file_name(row)] = row["split"]
        group = ("repository", row["repo"]) if row["repo"] else ("content key", row["content_key"])
        if sides.setdefault(group, row["split"]) != row["split"]:
            findings.fault(f"the {group[0]} {group[1]} is on both sides")
    findings.count("repositories", sum(kind == "repository" for kind, _ in sides))
    findings.count("files without a repository", sum(kind == "content key" for kind, _ in sides))
    return files


def _check_rows(dataset: Dataset, files: dict[FileName, str], findings: Findings) -> None:
    """A row is in its file's split, and in a shard of it."""
    for shard in dataset.shards("data"):
        for row in read_shard(shard, "id", "source", "repo", "path", "split"):
            findings.count("rows")
            split = files.get(file_name(row))
            if row["split"] != split:
                findings.fault(f"row {row['id']} is in {row['split']}, its file in {split}")
            if shard.name.split("-")[0] != row["split"]:
                findings.fault(f"row {row['id']} of {row['split']} stands in {shard.name}")


def _check_phrasings(dataset: Dataset, findings: Findings) -> None:
    """No phrasing of an instruction is in both splits, where some were to be held out.

    A row that is rendered without an instruction has none.
    """
    if not dataset.options.get("instruction_split"):
        return
    sides: dict[str, str] = {}
    for row in dataset.read("data", "id", "instruction_id", "split", batch_rows=1 << 16):
        name, split = row["instruction_id"], row["split"]
        if name and sides.setdefault(name, split) != split:
            findings.fault(f"row {row['id']} of {split} has the phrasing {name!r} of {sides[name]}")
    for split in _SPLITS:
        findings.count(f"phrasings of {split}", sum(side == split for side in sides.values()))


def _check_repositories(dataset: Dataset, sources: Sources, findings: Findings) -> None:
    """Every used file belongs to the repository that its place in the input gives it."""
    for row in dataset.read("files", "source", "repo", "path"):
        entry = sources.entries.get((row["source"], row["path"]))
        if entry is not None:
            findings.expect(f"the repository of {show(file_name(row))}", row["repo"], entry.repo)


CHECK = Check(8, "Splits do not leak", True, _check)
