"""Promise 3: variants mean the same. A renamed definition is compared with its original."""

import re
from collections.abc import Iterator

from pipeline.validate.cuts import COMPLETION_TASKS, prompt_of, shown_elsewhere
from pipeline.validate.dataset import Record, show
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.leaks import leak
from pipeline.validate.outcome import Findings
from pipeline.validate.renaming import NotARenaming, check_python, is_definition, renamed_words
from pipeline.validate.sources import Sources

_COLUMNS = (
    "id task variant variant_of origin context suffix target language quality_score "
    "source repo path start_byte end_byte"
).split()
_WORD = re.compile(r"(\w+)")
_Quality = dict[str, tuple[float | None, Record | None]]


def _check(evidence: Evidence, findings: Findings) -> None:
    originals = _originals(evidence)
    dataset = evidence.dataset
    for row in dataset.read("data", *_COLUMNS, *dataset.rendering, batch_rows=256):
        if row["variant"] == "original":
            if row["variant_of"]:
                findings.fault(f"row {row['id']} is an original and says that it is a variant")
            continue
        findings.count("variants")
        for offence in _offences(row, originals, evidence.sources):
            findings.fault(f"row {row['id']}: {offence}")


def _originals(evidence: Evidence) -> _Quality:
    """Quality of each sample that a variant names, where known, and its row where it has one."""
    named = {
        row["variant_of"] for row in evidence.dataset.read("data", "variant_of", batch_rows=1 << 16)
    } - {""}
    found: _Quality = {}
    for row in evidence.dataset.read("rejects", "level", "id"):
        if row["level"] == "sample" and row["id"] in named:
            found[row["id"]] = (None, None)
    for row in evidence.dataset.read("duplicates", "level", "id", "quality"):
        if row["level"] == "sample" and row["id"] in named:
            found[row["id"]] = (row["quality"], None)
    columns = "id task variant quality_score source repo path start_byte end_byte".split()
    for row in evidence.dataset.read("data", *columns):
        if row["id"] in named:
            found[row["id"]] = (row["quality_score"], row)
    return found


def _offences(row: Record, originals: _Quality, sources: Sources | None) -> Iterator[str]:
    """What is wrong with one variant."""
    if row["variant_of"] not in originals:
        # A variant is worse than its original: no language target leaves out only the original.
        yield f"its original {row['variant_of'] or '(none)'} is no sample of this build"
        return
    quality, original = originals[row["variant_of"]]
    if quality is not None and row["quality_score"] >= quality:
        yield f"its quality {row['quality_score']} is not below its original's {quality}"
    if original is not None:
        yield from _kinship_offences(row, original)
    if row["variant"] != "renamed_variables" or row["language"] != "python":
        yield f"no check is known for {row['variant']} in {row['language']}"
    elif sources is not None:
        yield from _renaming_offences(row, sources)


def _kinship_offences(row: Record, original: Record) -> Iterator[str]:
    for column in ("task", "source", "repo", "path"):
        if row[column] != original[column]:
            yield f"its {column} is {row[column]!r}, its original's is {original[column]!r}"
    if original["variant"] != "original":
        yield "it is a variant of a variant"
    if not row["start_byte"] <= original["start_byte"] < original["end_byte"] <= row["end_byte"]:
        yield "its definition is not the one that its original was cut from"


def _renaming_offences(row: Record, sources: Sources) -> Iterator[str]:
    name = (row["source"], row["path"])
    text = sources.text(name)
    start, end = row["start_byte"], row["end_byte"]
    if text is None or not 0 <= start < end <= len(text):
        yield f"bytes {start} to {end} are not in {show(name)}"
        return
    try:
        before, original, after = (
            text[:start].decode(),
            text[start:end].decode(),
            text[end:].decode(),
        )
    except UnicodeDecodeError:
        yield f"bytes {start} to {end} cut a character of {show(name)}"
        return
    shown = row["context"] + row["target"] + row["suffix"]
    at, size = _find(original, shown, len(row["context"]), len(row["context"]) + len(row["target"]))
    if at < 0:
        yield "its definition is not the original with other words"
        return
    variant = shown[at : at + size]
    try:
        check_renaming(before, original, variant, after)
    except NotARenaming as error:
        yield str(error)
    if row["task"] in COMPLETION_TASKS:
        cut = len(row["context"])
        above, below = shown[at:cut], shown[cut + len(row["target"]) :]
        elsewhere = (before, after, *shown_elsewhere(above, below))
        run = leak(row["target"], prompt_of(row), elsewhere)
        if run:
            yield f"its prompt holds {run!r} of the target"


def _find(original: str, shown: str, start: int, end: int) -> tuple[int, int]:
    """Where in `shown` a text stands that is the original but for words, and how long it is.

    It has to hold what stands from `start` to `end`; -1 where none does.
    """
    wanted, pieces = _WORD.split(original), _WORD.split(shown)
    gaps, inner = pieces[::2], wanted[2:-1:2]
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    for first in range(len(gaps) - len(inner) - 1):
        last = first + len(inner) + 1
        if gaps[first + 1 : last] != inner:
            continue
        if gaps[first].endswith(wanted[0]) and gaps[last].startswith(wanted[-1]):
            at = offsets[2 * first + 1] - len(wanted[0])
            after = offsets[2 * last] + len(wanted[-1])
            if at <= start and end <= after:
                return at, after - at
    return -1, 0


def check_renaming(before: str, original: str, variant: str, after: str) -> None:
    """Check the definition by itself, or in its file where it does not compile by itself.

    Raises:
      NotARenaming: if it is not a renaming of local names to names fresh in the file.
    """
    names = renamed_words(original, variant)
    stale = [name for name in names.values() if _has_word(before + original + after, name)]
    if stale:
        raise NotARenaming(f"{stale} stand in the file already")
    indent = before.rpartition("\n")[2]
    head = "class _:\n" + indent if indent else ""
    try:
        if indent.strip() or not is_definition(head + original, nested=bool(indent)):
            raise NotARenaming("what it was made from is not one definition")
        try:
            check_python(head + original, head + variant, names)
        except SyntaxError:  # nonlocal needs the function around
            check_python(before + original + after, before + variant + after, names)
    except SyntaxError as error:
        raise NotARenaming(f"it does not compile: {error}") from error


def _has_word(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


CHECK = Check(3, "Variants mean the same", True, _check)
