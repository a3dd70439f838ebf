"""class_completion: the prompt names the class, and its end is the target's (told for Python)."""

import ast

from pipeline.validate.dataset import Record
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_MIN_METHODS = 2
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the class is not named, or does not end with the target or leaves it no methods."""
    name = row["symbol"].rpartition(".")[2]
    if name not in row["context"]:
        return f"its prompt does not name {row['symbol']!r}"
    text = None if sources is None else sources.text((row["source"], row["path"]))
    if text is None or row["language"] != "python":
        return ""
    try:
        tree = ast.parse(text.decode())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""  # not this Python's, or a notebook's
    last_line, begin = row["end_line"], row["start_line"]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and (node.name, node.end_lineno) == (name, last_line):
            later = [m for m in ast.walk(node) if isinstance(m, _FUNCTIONS) and m.lineno >= begin]
            return "" if len(later) >= _MIN_METHODS else "its target has too few methods"
    return f"no class {name!r} ends where its target ends"


RELATION = Relation("class_completion", "ends of classes found again", _offence)
