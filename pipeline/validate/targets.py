"""Promise 4: targets are honest. A target is human text or has a relation to it that is checked."""

from pipeline.validate.curriculum import curriculum_offences
from pipeline.validate.cuts import COMPLETION_TASKS
from pipeline.validate.dataset import Record
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import Findings
from pipeline.validate.relations import load_relations

_HUMAN_TASKS = COMPLETION_TASKS | {"add_docstring", "add_comments", "add_type_hints", "write_tests"}
_DERIVED_TASKS = frozenset(("explain", "debug", "refactor"))
_CLOSED_SETS = {
    "task": _HUMAN_TASKS | _DERIVED_TASKS | {"multi_turn"},
    "origin": frozenset(("human", "derived", "synthetic")),
    "difficulty": frozenset(("easy", "medium", "hard")),
    "container": frozenset(("", "notebook")),
}

_HOLES = ("statement", "block", "expression", "arguments", "body", "random")


def _check(evidence: Evidence, findings: Findings) -> None:
    synthetic = bool(evidence.dataset.options.get("synthetic_tests"))
    for row in evidence.dataset.read("data", batch_rows=256):
        findings.count(f"{row['origin']} rows")
        offences = (*_kind_offences(row), *_origin_offences(row, synthetic))
        for offence in (*offences, *curriculum_offences(row)):
            findings.fault(f"row {row['id']}: {offence}")
        relation = load_relations().get(row["task"])
        if relation is not None:
            findings.count(relation.title)
            offence = relation.offence(row, evidence.sources)
            if offence:
                findings.fault(f"row {row['id']}: {offence}")


def _kind_offences(row: Record) -> list[str]:
    """Values outside the contract's closed sets."""
    offences = [
        f"{name} {row[name]!r} is none"
        for name, values in _CLOSED_SETS.items()
        if row[name] not in values
    ]
    if row["task"] == "line_completion" and (row["symbol"] or row["code_type"]):
        offences.append("line_completion names a definition")
    hole = row.get("hole", "block" if row["task"] == "fill_in_middle" else "")
    if hole not in (_HOLES if row["task"] == "fill_in_middle" else ("",)):
        offences.append(f"{row['task']} has the hole {hole!r}")
    if (row["container"] == "notebook") != row["path"].lower().endswith(".ipynb"):
        offences.append(f"container {row['container']!r} is not that of {row['path']}")
    return offences


def _origin_offences(row: Record, synthetic: bool) -> list[str]:
    """An origin that the task or variant cannot have."""
    task, origin = row["task"], row["origin"]
    offences = []
    if origin == "synthetic":
        if not synthetic:
            offences.append("its origin is synthetic, which was not asked for")
        place = tuple(row[name] for name in ("start_byte", "end_byte", "start_line", "end_line"))
        if place != (0, 0, 1, 1):
            offences.append(f"it is synthetic and stands at {place}")
    elif task == "multi_turn":
        pass  # it has the weakest origin of its turns
    elif row["variant"] != "original" or task in _DERIVED_TASKS:
        if origin != "derived":
            offences.append(f"{row['variant']} {task} is derived, its origin says {origin}")
    elif origin != "human":
        offences.append(f"{task} is human, its origin says {origin}")
    return offences


CHECK = Check(4, "Targets are honest", False, _check)
