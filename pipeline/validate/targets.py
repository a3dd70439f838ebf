"""Promise 4: targets are honest. A target is human text or has a relation to it that is checked."""

import re
from collections.abc import Iterator

from pipeline.validate.cuts import COMPLETION_TASKS, prompt_of
from pipeline.validate.dataset import Record
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.leaks import leak
from pipeline.validate.outcome import Findings
from pipeline.validate.sources import Sources

_HUMAN_TASKS = COMPLETION_TASKS | {"add_docstring", "add_comments", "add_type_hints", "write_tests"}
_DERIVED_TASKS = frozenset(("explain", "debug", "refactor"))
_CLOSED_SETS = {
    "task": _HUMAN_TASKS | _DERIVED_TASKS | {"multi_turn"},
    "origin": frozenset(("human", "derived", "synthetic")),
    "difficulty": frozenset(("easy", "medium", "hard")),
    "container": frozenset(("", "notebook")),
}
_COLUMNS = (
    "id task variant origin messages context target symbol code_type difficulty container "
    "source path start_byte end_byte start_line end_line"
).split()
_SPACE = re.compile(r"\s+")
_SAME_BY_CHANCE = 80  # characters
# What docs are made of: strings, comments in brackets, comments to the end of a line.
_DOC_PARTS = tuple(
    re.compile(part, re.DOTALL | re.MULTILINE)
    for part in (
        r"""(?:@\w*doc\s+)?(?:~[sS])?[rRuUbBfF]{0,2}(\"{3}|'{3}|["'])(?:\\.|(?!\1)[^\\])*\1""",
        r"/\*.*?\*/|/\+.*?\+/|\(\*.*?\*\)|\{-.*?-\}|\{.*?\}|<!--.*?-->|<\#.*?\#>",
        r"\#\[.*?\]\#|\#\|.*?\|\#|--\[(=*)\[.*?\]\1\]|^=\w+.*?^=(?:end|cut)\b",
        r"(?://|\#|--|;|%|!|'|\"|^[cC*])[^\n]*",
    )
)


def _check(evidence: Evidence, findings: Findings) -> None:
    synthetic = bool(evidence.dataset.options.get("synthetic_tests"))
    for row in evidence.dataset.read("data", *_COLUMNS, batch_rows=256):
        findings.count(f"{row['origin']} rows")
        for offence in (*_kind_offences(row), *_origin_offences(row, synthetic)):
            findings.fault(f"row {row['id']}: {offence}")
        if row["task"] == "add_docstring":
            findings.count("docs taken out of their targets")
            offence = _doc_offence(row, evidence.sources)
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


def _doc_offence(row: Record, sources: Sources | None) -> str:
    """Object if the target is not the prompt's code and a doc, or if the prompt has the doc."""
    target = row["target"]
    span = doc_span(row["context"], target)
    if span is None:
        return "taking one doc out of its target does not give the code of its prompt"
    text = None if sources is None else sources.text((row["source"], row["path"]))
    if text is None or row["origin"] != "human":
        return ""
    around = (text[: row["start_byte"]], text[row["end_byte"] :])
    elsewhere = (
        *(part.decode(errors="replace") for part in around),
        row["context"],  # the code, put together where the doc was
    )
    run = leak(target[slice(*span)], prompt_of(row), elsewhere)
    return f"its prompt holds {run!r} of the doc" if run else ""


def doc_span(context: str, target: str) -> tuple[int, int] | None:
    """Where the doc stands in a target that is the context's last code with a doc put in.

    White space does not count.
    """
    code, bare = _SPACE.sub("", context), _SPACE.sub("", target)
    places = [at for at, character in enumerate(target) if not character.isspace()]
    pairs = enumerate(zip(reversed(bare), reversed(code), strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(len(bare), len(code)))
    # What follows the doc ends both; by chance the doc's own end may look like it.
    for follows in range(shared, max(shared - _SAME_BY_CHANCE, 0) - 1, -1):
        before, end = code[: len(code) - follows], len(bare) - follows
        for begin in _ends_alike(before, bare[:end]):
            if begin < end and (begin or follows):
                span = places[begin], places[end - 1] + 1
                if _is_doc(target[slice(*span)]):
                    return span
    return None


def _ends_alike(code: str, target: str) -> Iterator[int]:
    """Yield how many of the target's first characters the code ends with, the likely first."""
    if target.startswith(code):
        yield len(code)
    if code:
        yield 0
    for size in range(min(len(code) - 1, len(target)), 0, -1):
        if target[size - 1] == code[-1] and code.endswith(target[:size]):
            yield size


def _is_doc(text: str) -> bool:
    """Whether nothing but strings and comments stand in a text."""
    ends, seen = [0], {0}
    while ends:
        end = ends.pop()
        start = end + len(text[end:]) - len(text[end:].lstrip())
        if start == len(text):
            return True
        found = (part.match(text, start) for part in _DOC_PARTS)
        new = {match.end() for match in found if match} - seen
        seen |= new
        ends += sorted(new)
    return False


CHECK = Check(4, "Targets are honest", False, _check)
