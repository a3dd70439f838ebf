"""write_tests: the target names the symbol, whose code the prompt has from the tested file."""

import re

from pipeline.validate.dataset import Record, show
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the target does not name the symbol, or the prompt's code is not where it says."""
    symbol, context = row["symbol"], row["context"]
    if not symbol:
        return "it does not say what is tested"
    if not has_word(row["target"], symbol):
        return f"its target does not name {symbol!r}"
    if not has_word(context, symbol):
        return f"its context does not show {symbol!r}"
    if not row["context_path"]:
        return "it does not say which file is tested"
    if sources is None:
        return ""
    return _source_offence(row, sources)


def has_word(text: str, word: str) -> bool:
    """Whether a name stands in a text, and not as a part of a longer one."""
    return re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", text) is not None


def _source_offence(row: Record, sources: Sources) -> str:
    """What is wrong with the files that the row names."""
    tested, own = (row["source"], row["context_path"]), (row["source"], row["path"])
    entry = sources.entries.get(tested)
    if entry is None:
        return f"{show(tested)} is not in the input"
    if entry.repo != row["repo"] or (not row["repo"] and tested != own):
        return f"{show(tested)} is not of the repository {row['repo']!r}"
    text, other = ((sources.text(name) or b"").decode(errors="replace") for name in (tested, own))
    if row["origin"] == "human":
        other = _without(other, row)
    paths = {name[1].removeprefix(f"{row['repo']}/") for name in (tested, own)}
    shown = [line for line in row["context"].splitlines() if line.strip()]
    lines = [line for line in shown if not any(line.endswith(f" {path}") for path in paths)]
    tested_lines = set(text.splitlines()) | {line.rstrip() for line in text.splitlines()}
    if not any(line in tested_lines and has_word(line, row["symbol"]) for line in lines):
        return f"the code of its context is not in {show(tested)}"
    known = tested_lines | set(other.splitlines()) | {line.rstrip() for line in other.splitlines()}
    # A definition may begin or end inside a line.
    whole = text + other
    foreign = next((s for s in lines if s not in known and s.strip() not in whole), None)
    return f"its context has {foreign!r}, which neither file has" if foreign is not None else ""


def _without(text: str, row: Record) -> str:
    """The file of the tests up to the test."""
    return text.encode()[: row["start_byte"]].decode(errors="replace")


RELATION = Relation("write_tests", "tests held against the code they are of", _offence)
