"""Promise 6: balance and weights are exact."""

import collections
import math
from collections.abc import Iterator, Mapping

from pipeline.validate.dataset import FileName, Record, file_name
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings

_SUM_TOLERANCE = 1e-9
_WEIGHT_TOLERANCE = 1e-12
_QUALITY_STEPS = 10_000

_Group = tuple[str, str]  # language and task; no task for the whole language
_Standing = tuple[int, str]  # worse is greater: (-quality in ten-thousandths, id)
_BEST: _Standing = (-_QUALITY_STEPS - 1, "")  # before all rows


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
    """Each language has its target's number of rows, and none stands after the last one taken.

    So for each of its tasks, where a mix of tasks is set.
    """
    dataset, balance = evidence.dataset, evidence.dataset.build["balance"]
    rows: collections.Counter[_Group] = collections.Counter()
    worst: dict[_Group, _Standing] = {}
    for row in dataset.read("data", "id", "language", "task", "quality_score"):
        standing = (-_steps(row["quality_score"]), row["id"])
        for group in ((row["language"], ""), (row["language"], row["task"])):
            rows[group] += 1
            worst[group] = max(standing, worst.get(group, _BEST))
    unrendered = _render_rejects(evidence)
    taken = 0
    for language in sorted({language for language, _ in rows} - balance.keys()):
        findings.fault(f"{language} has rows and no balance")
    for language, said in sorted(balance.items()):
        taken += min(said["available"], said["target"])
        findings.expect(
            f"target of {language}", said["target"], dataset.options["target_per_language"]
        )
        tasks = said.get("tasks", {})
        for task, of_task in [("", said), *sorted(tasks.items())]:
            group = (language, task)
            _check_end(group, of_task, rows[group], worst.get(group), unrendered, findings)
        if tasks or dataset.options.get("task_mix"):
            _check_mix(language, said, evidence, findings)
    findings.expect("rows and render rejects", _rows(rows) + len(unrendered), taken)
    findings.count("languages", len(balance))
    findings.count(
        "languages cut at the target",
        sum(each["available"] > each["target"] for each in balance.values()),
    )


def _rows(rows: Mapping[_Group, int]) -> int:
    return sum(count for (_, task), count in rows.items() if not task)


def _check_end(
    group: _Group,
    said: Record,
    rows: int,
    worst: _Standing | None,
    unrendered: set[str],
    findings: Findings,
) -> None:
    """The rows of a language or of its task are as many as it says, and end where it says."""
    name = " ".join(group).strip()
    findings.expect(f"taken of {name}", said["taken"], rows)
    if rows > min(said["available"], said["target"]):
        findings.fault(f"{name} has {rows} rows, more than its target or than are available")
    findings.expect(f"the last row of {name}", _last(said, unrendered, worst), worst)


def _check_mix(language: str, said: Record, evidence: Evidence, findings: Findings) -> None:
    """A language's tasks divide its target in the proportions of the mix.

    Those that were cut have rooms in proportion to their shares, to the nearest row; the others
    have no more samples than that.
    """
    tasks = said.get("tasks", {})
    mix = dict(given.split("=") for given in evidence.dataset.options["task_mix"])
    shares = {task: float(mix.get(task, 1)) for task in tasks}
    findings.expect(
        f"targets of the tasks of {language}",
        sum(task["target"] for task in tasks.values()),
        min(said["available"], said["target"]),
    )
    cut = [task for task, each in tasks.items() if each["target"] < each["available"]]
    for task, each in tasks.items():
        for other in cut:
            fair = tasks[other]["target"] / shares[other] * shares[task]
            off = 1 + shares[task] / shares[other]  # each is rounded by less than one row
            over, under = each["target"] > fair + off, each["target"] < fair - off
            if over or (under and task in cut):
                findings.fault(
                    f"{language} has room for {each['target']} of {task} and for "
                    f"{tasks[other]['target']} of {other}, which is not the mix"
                )
                return


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
        # Of which task it was is not told: it stands after the last row of one that was cut.
        if all(standing <= last for last in _ends(said)):
            findings.fault(f"sample {row['survivor_id']} was left out for a worse row")


def _ends(said: Record) -> Iterator[_Standing]:
    """The last row taken of a language or, with a mix, of each of its tasks, that was cut."""
    for each in said.get("tasks", {"": said}).values():
        if each["target"] < each["available"]:
            none = each["lowest_id"] is None
            yield _BEST if none else (-_steps(each["lowest_quality"]), each["lowest_id"])


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
