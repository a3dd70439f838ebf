"""debug: the prompt's code is the source's definition but for one small stretch, or two swapped."""

import ast
import re
import warnings

from pipeline.validate.dataset import Record
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MAX_REPLACED = 8  # tokens on each side
_MAX_LEFT_OUT = 200
_DECORATED = re.compile(r"^([ \t]+)(?:async\s+def|def|class|@)\b", re.MULTILINE)


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the prompt's code is no likely slip away from the target, or the same."""
    context, target = row["context"], row["target"]
    offence = _differing(_TOKEN.findall(context), _TOKEN.findall(target))
    if not offence and row["language"] == "python":
        offence = _python(context, target)
    if offence or sources is None:
        return offence
    text = sources.text((row["source"], row["path"]))
    if text is not None and not row["redactions"]:
        written = text[row["start_byte"] : row["end_byte"]].decode(errors="replace")
        if written != target:
            return "its target is not the source's text where it says that stands"
    return ""


def _differing(prompt: list[str], target: list[str]) -> str:
    """Object if two lists of tokens differ in more than one small stretch, or two swapped."""
    if prompt == target:
        return "its prompt has the tokens of its target"
    short = min(len(prompt), len(target))
    first = next((at for at in range(short) if prompt[at] != target[at]), short)
    rest = short - first
    last = next((at for at in range(rest) if prompt[-1 - at] != target[-1 - at]), rest)
    wrong, right = prompt[first : len(prompt) - last], target[first : len(target) - last]
    small = len(wrong) <= _MAX_REPLACED and len(right) <= _MAX_REPLACED
    left_out = not wrong and len(right) <= _MAX_LEFT_OUT
    if small or left_out or _swapped(wrong, right):
        return ""
    return f"its prompt has {len(wrong)} other tokens where its target has {len(right)}"


def _swapped(wrong: list[str], right: list[str]) -> bool:
    """Whether one list is the other with its beginning and its end in each other's place."""
    if sorted(wrong) != sorted(right):
        return False
    for size in range(1, len(wrong)):
        if wrong[-size:] == right[:size]:
            rest, other = wrong[:-size], right[size:]
            if any(
                rest[:end] == other[len(other) - end :] and rest[end:] == other[: len(other) - end]
                for end in range(1, len(rest) + 1)
            ):
                return True
    return False


def _python(context: str, target: str) -> str:
    """Object if Python cannot read the prompt's code but the target, or reads the same in both."""
    right = _tree(target)
    if right is None:  # of an older Python
        return ""
    wrong = _tree(context)
    if wrong is None:
        return "its prompt is no Python"
    return "" if wrong != right else "its prompt means the same to Python's parser as its target"


def _tree(code: str) -> str | None:
    """Write out a definition's syntax tree, without places; None where there is none."""
    indent = _DECORATED.search(code)
    if code.startswith("@") and indent:
        code = f"if True:\n{indent[1]}{code}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


RELATION = Relation("debug", "bugs held against the source", _offence)
