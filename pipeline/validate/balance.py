"""Promise 6: balance and weights are exact."""

import collections
import math

from pipeline.validate.dataset import FileName, Record, file_name
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings

_SUM_TOLERANCE = 1e-9
_WEIGHT_TOLERANCE = 1e-12
_QUALITY_STEPS = 10_000

_Standing = tuple[int, str]  # worse is greater: (-quality in ten-thousandths, id)


def _check(evidence: Evidence, findings: Findings) -> None:
    _check_sums(evidence, findings)
    _check_cutoffs(evidence, findings)
    _check_left_out(evidence, findings)
    _check_weights(evidence, findings)


def _steps(quality: float) -> int:
    """Quality in ten-thousandths."""
    return round(quality * _QUALITY_STEPS)


def _render_rejects(evidence: Evidence) -> set[str]:
    """Ids of samples that were taken and then could not be rendered."""
    rejects = evidence.dataset.read("rejects", "level", "id", "stage")
    return {row["id"] for row in rejects if row["level"] == "sample" and row["stage"] == "render"}


def _check_sums(evidence: Evidence, findings: Findings) -> None:
    """What the balance says of all languages together against the accounting."""
    build = evidence.dataset.build
    has, balance = build["accounting"], build["balance"].values()
    over = sum(each["available"] - min(each["available"], each["target"]) for each in balance)
    findings.expect("accounting samples_over_target", has["samples_over_target"], over)
    lost_before = (
        has["samples_duplicate"] + has["samples_rejected"] - len(_render_rejects(evidence))
    )
    findings.expect(
        "samples available",
        sum(each["available"] for each in balance),
        has["samples_made"] - lost_before,
    )


def _check_cutoffs(evidence: Evidence, findings: Findings) -> None:
    """Each language has its target's number of rows, and none stands after the last one taken."""
    dataset, balance = evidence.dataset, evidence.dataset.build["balance"]
    rows: collections.Counter[str] = collections.Counter()
    worst: dict[str, _Standing] = {}
    for row in dataset.read("data", "id", "language", "quality_score"):
        language = row["language"]
        rows[language] += 1
        worst[language] = max(
            (-_steps(row["quality_score"]), row["id"]),
            worst.get(language, (-_QUALITY_STEPS - 1, "")),
        )
    unrendered = _render_rejects(evidence)
    taken = 0
    for language in sorted(rows.keys() - balance.keys()):
        findings.fault(f"{language} has rows and no balance")
    for language, said in sorted(balance.items()):
        taken += min(said["available"], said["target"])
        findings.expect(
            f"target of {language}", said["target"], dataset.options["target_per_language"]
        )
        findings.expect(f"taken of {language}", said["taken"], rows[language])
        if rows[language] > min(said["available"], said["target"]):
            findings.fault(
                f"{language} has {rows[language]} rows, more than its target or than are available"
            )
        findings.expect(
            f"the last row of {language}",
            _last(said, unrendered, worst.get(language)),
            worst.get(language),
        )
    findings.expect("rows and render rejects", rows.total() + len(unrendered), taken)
    findings.count("languages", len(balance))
    findings.count(
        "languages cut at the target",
        sum(each["available"] > each["target"] for each in balance.values()),
    )


def _last(said: Record, unrendered: set[str], worst: _Standing | None) -> _Standing | None:
    """The last row as the balance says.

    Where that one could not be rendered, it is the last rendered one, if this is better.
    """
    if said["lowest_id"] is None or said["lowest_quality"] is None:
        return None
    last = (-_steps(said["lowest_quality"]), said["lowest_id"])
    return worst if last[1] in unrendered and (worst is None or worst < last) else last


def _check_left_out(evidence: Evidence, findings: Findings) -> None:
    """Survivors of duplicate samples that are no rows: all of them stand after the last one taken.

    They are the only samples over the target that a build leaves traces of.
    """
    dataset = evidence.dataset
    have = {row["id"] for row in dataset.read("data", "id")}
    have |= {
        row["id"] for row in dataset.read("rejects", "level", "id") if row["level"] == "sample"
    }
    languages: dict[FileName, str] = {
        file_name(row): row["language"]
        for row in dataset.read("files", "source", "repo", "path", "language")
    }
    for row in dataset.read("duplicates"):
        if row["level"] != "sample":
            continue
        if _steps(row["survivor_quality"]) < _steps(row["quality"]):
            findings.fault(f"sample {row['id']} was left out for the worse {row['survivor_id']}")
        said = dataset.build["balance"].get(languages.get(file_name(row, "survivor_"), ""))
        if row["survivor_id"] in have or said is None:
            continue
        standing = (-_steps(row["survivor_quality"]), row["survivor_id"])
        if said["lowest_id"] is None or standing <= (
            -_steps(said["lowest_quality"]),
            said["lowest_id"],
        ):
            findings.fault(f"sample {row['survivor_id']} was left out for a worse row")


def _check_weights(evidence: Evidence, findings: Findings) -> None:
    """Weights are exp(k (quality - 0.7)) over their sum in the split, from its histogram."""
    histograms: dict[str, collections.Counter[int]] = collections.defaultdict(collections.Counter)
    for row in evidence.dataset.read("data", "id", "split", "quality_score"):
        steps = _steps(row["quality_score"])
        histograms[row["split"]][steps] += 1
        if not 0 <= steps <= _QUALITY_STEPS or row["quality_score"] != steps / _QUALITY_STEPS:
            findings.fault(
                f"row {row['id']} has the quality {row['quality_score']}, not 4 decimals of 0 to 1"
            )
    k = evidence.dataset.options["weight_k"]
    for split, histogram in sorted(histograms.items()):
        raw = {steps: math.exp(k * (steps / _QUALITY_STEPS - 0.7)) for steps in histogram}
        total = math.fsum(count * raw[steps] for steps, count in sorted(histogram.items()))
        weights = (
            row
            for row in evidence.dataset.read(
                "data", "id", "split", "quality_score", "sample_weight"
            )
        )
        written = []
        for row in weights:
            if row["split"] != split:
                continue
            weight, expected = row["sample_weight"], raw[_steps(row["quality_score"])] / total
            written.append(weight)
            if not math.isclose(weight, expected, rel_tol=_WEIGHT_TOLERANCE):
                findings.fault(f"row {row['id']} has the weight {weight!r}, should be {expected!r}")
        off = abs(math.fsum(written) - 1)
        if not off <= _SUM_TOLERANCE:
            findings.fault(f"the weights of {split} sum to 1 but for {off:.3g}")
        findings.count(f"weights of {split}", len(written))


CHECK = Check(6, "Balance and weights are exact", False, _check)
