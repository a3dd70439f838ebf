"""Promise 4: targets are honest. A target is human text or has a relation to it that is checked."""

import itertools
import re

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
# What a doc can be: a string, a comment in brackets or a run of these, or a run of line comments
# with one mark.
_DOCS = (
    re.compile(
        r"""(?:@\w*doc\s+)?(?:~[sS])?[rRuUbBfF]{0,2}(\"{3}|'{3}|["'])(?:\\.|(?!\1).)*\1""",
        re.DOTALL,
    ),
    re.compile(
        r"/\*.*?\*/(?:\s*/\*.*?\*/)*|\(\*.*?\*\)|\{-.*?-\}|<\#.*?\#>|<!--.*?-->|^=\w+.*?^=(?:end|cut)\b",
        re.DOTALL | re.MULTILINE,
    ),
    re.compile(r"^[ \t]*(//|#|--|;|%|!|')[^\n]*(?:\n[ \t]*\1[^\n]*)*", re.MULTILINE),
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
        target[: span[0]],
        target[span[1] :],
    )
    run = leak(target[slice(*span)], prompt_of(row), elsewhere)
    return f"its prompt holds {run!r} of the doc" if run else ""


def doc_span(context: str, target: str) -> tuple[int, int] | None:
    """Where the doc stands in a target that is the context's last code with a doc put in.

    White space does not count.
    """
    code, bare = _SPACE.sub("", context), _SPACE.sub("", target)
    # How many characters but white space stand before each place: a doc is then cut out by slices.
    before = [0, *itertools.accumulate(not character.isspace() for character in target)]
    # Where prompt and target part, the doc has begun: as a rule few matches are to be tried.
    pairs = enumerate(zip(bare, code, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(len(bare), len(code)))
    return _doc_among(target, code, bare, before, shared) or _doc_among(
        target, code, bare, before, len(bare)
    )


def _doc_among(
    target: str, code: str, bare: str, before: list[int], last: int
) -> tuple[int, int] | None:
    """Find the doc that begins after at most `last` characters other than white space."""
    for doc in _DOCS:
        found = doc.search(target)
        while found and before[found.start()] <= last:
            start, end = before[found.start()], before[found.end()]
            rest = bare[:start] + bare[end:]
            if rest and code.endswith(rest):
                return found.span()
            found = doc.search(target, found.start() + 1)
    return None


CHECK = Check(4, "Targets are honest", False, _check)
