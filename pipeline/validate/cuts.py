"""Promise 2: cuts are real. A human target is the source's own text, and no part of its prompt."""

import dataclasses
from collections.abc import Callable

from pipeline.validate.dataset import Record, show
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.leaks import leak
from pipeline.validate.outcome import Findings
from pipeline.validate.renderings import prompt_of, rendering_offences
from pipeline.validate.sources import Sources
from pipeline.validate.windows import check_windows

COMPLETION_TASKS = frozenset(
    (
        "function_completion",
        "method_completion",
        "class_completion",
        "line_completion",
        "fill_in_middle",
        "implement_from_spec",
    )
)
_COLUMNS = (
    "id task origin instruction context suffix target source path "
    "start_byte end_byte start_line end_line turn_tasks"
).split()
_JOIN_CHARS = 20  # a prompt's text meets its target for at least so many characters


@dataclasses.dataclass(frozen=True, slots=True)
class _Cut:
    """A source, cut where a row says."""

    before: str
    inside: str
    after: str


def _check(evidence: Evidence, findings: Findings) -> None:
    dataset = evidence.dataset
    check_windows(dataset, findings)
    for row in dataset.read("data", *_COLUMNS, *dataset.rendering, batch_rows=256):
        for offence in (*_part_offences(row), *rendering_offences(row, dataset.options)):
            findings.fault(f"row {row['id']}: {offence}")
        if evidence.sources is None or row["origin"] == "synthetic":
            continue
        findings.count("rows compared with their source")
        for offence in _source_offences(row, evidence.sources):
            findings.fault(f"row {row['id']}: {offence}")


def shown_elsewhere(before: str, after: str) -> tuple[str, str]:
    """The source outside a target, as a prompt may show it: each part between ends of lines."""
    return f"\n{before}\n", f"\n{after}\n"


def _part_offences(row: Record) -> list[str]:
    """What is wrong with the parts, whatever is made of them."""
    offences = [] if row["target"].strip() else ["its target is empty"]
    if row["suffix"] and row["task"] not in ("fill_in_middle", "multi_turn"):
        offences.append(f"{row['task']} has a suffix")
    return offences


def _source_offences(row: Record, sources: Sources) -> list[str]:
    """What is wrong with where the row says it stands."""
    name = (row["source"], row["path"])
    text = sources.text(name)
    if text is None:
        return [f"{show(name)} is not in the input"]
    start, end = row["start_byte"], row["end_byte"]
    if not 0 <= start < end <= len(text):
        return [f"bytes {start} to {end} are not in {show(name)}, which has {len(text)}"]
    offences = []
    lines = (1 + text.count(b"\n", 0, start), 1 + text.count(b"\n", 0, end - 1))
    if (row["start_line"], row["end_line"]) != lines:
        offences.append(f"its lines are {row['start_line']} to {row['end_line']}, not {lines}")
    try:
        cut = _Cut(text[:start].decode(), text[start:end].decode(), text[end:].decode())
    except UnicodeDecodeError:
        return [*offences, f"bytes {start} to {end} cut a character of {show(name)}"]
    if row["origin"] == "human":
        offences += _human_offences(row, cut)
    return offences


def _human_offences(row: Record, cut: _Cut) -> list[str]:
    if row["target"] != cut.inside:
        return ["its target is not the source's bytes from start_byte to end_byte"]
    if row["task"] not in COMPLETION_TASKS:
        return []
    # What follows a method in its class may be shown before it.
    later = cut.after if row["task"] == "method_completion" else ""
    offences = [
        *_context_offences(row["context"], cut.before, later),
        *_suffix_offences(row, cut.after),
    ]
    run = leak(row["target"], prompt_of(row), shown_elsewhere(cut.before, cut.after))
    if run:
        offences.append(f"its prompt holds {run!r} of the target")
    return offences


def _context_offences(context: str, before: str, later: str) -> list[str]:
    """The context ends where the target begins, and every line of it stands outside the target.

    It stands before the target where nothing is given of what comes later.
    """
    shared = _longest(len(context), lambda size: before.endswith(context[len(context) - size :]))
    last_line = context.rpartition("\n")[2]
    if shared < max(len(last_line), min(len(context), _JOIN_CHARS)):
        return ["its context does not end where its target begins"]
    rest = context[: len(context) - shared]
    foreign = _foreign_line(rest, before)
    if foreign and later:
        foreign = _foreign_line(rest, f"{before}\n{later}")
    where = "outside" if later else "before"
    return (
        [f"its context has {foreign!r}, which does not stand {where} the target"] if foreign else []
    )


def _suffix_offences(row: Record, after: str) -> list[str]:
    """The suffix begins where the target ends, and every line of it stands after the target."""
    suffix = row["suffix"]
    if row["task"] != "fill_in_middle":
        return []
    shared = _longest(len(suffix), lambda size: after.startswith(suffix[:size]))
    first_line = suffix.partition("\n")[0]
    if shared < max(len(first_line), min(len(suffix), _JOIN_CHARS)):
        return ["its suffix does not begin where its target ends"]
    foreign = _foreign_line(suffix[shared:], after)
    return [f"its suffix has {foreign!r}, which does not stand after the target"] if foreign else []


def _foreign_line(text: str, source: str) -> str:
    """The first line of `text` that does not stand in `source`; empty if all do."""
    if not text.strip():
        return ""
    whole = set(source.split("\n"))
    return next(
        (line for line in text.split("\n") if line not in whole and line.strip() not in source), ""
    )


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The largest size up to `most` for which a property holds that smaller sizes have as well."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


CHECK = Check(2, "Cuts are real", True, _check)
