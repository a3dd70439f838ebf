"""multi_turn: each answer has to the code before it the relation of its own turn's task."""

import re

from pipeline.validate.dataset import Record
from pipeline.validate.relations import load_relations
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_MOST_TURNS = 5
_WRITES_BODY = frozenset(("function_completion", "method_completion"))
_PUTS_IN = frozenset(("add_comments", "add_docstring", "add_type_hints"))
_BLOCK = re.compile(r"(?:\A|\n\n)(`{3,})[^\n]*\n(.*\n)\1\Z", re.DOTALL)
_SPACE = re.compile(r"\s+")


def _offence(row: Record, sources: Sources | None) -> str:
    """Object to turns that are not what they say; an earlier answer is code on the way to it."""
    tasks = row["turn_tasks"]
    messages = row["messages"]
    if not 2 <= len(tasks) <= _MOST_TURNS or len(messages) != 2 * len(tasks):
        return f"it has {len(messages)} messages for the turns {tasks}"
    if tasks[-1] not in _PUTS_IN or _stands_otherwise(row, sources):
        return "its last answer is not its definition as it stands in the source"
    shown = _BLOCK.search(messages[0]["content"])
    if shown is None:
        return "its first turn shows no code"
    code = shown[2]
    for number, task in enumerate(tasks):
        asked, answer = (message["content"] for message in messages[2 * number : 2 * number + 2])
        if number and _BLOCK.search(asked):
            return f"its turn {number + 1} shows code once more"
        if task in _WRITES_BODY:
            if number:
                return f"its turn {number + 1} writes a body that is there"
            code += answer
            continue
        if task in _PUTS_IN:
            code = _definition_in(code, answer)
        turn = row | {"task": task, "context": code, "target": answer, "messages": [messages[0]]}
        offence = load_relations()[task].offence(turn, None if task in _PUTS_IN else sources)
        if offence:
            return f"turn {number + 1}, {task}: {offence}"
        code = answer if task in _PUTS_IN else code
    return ""


def _stands_otherwise(row: Record, sources: Sources | None) -> bool:
    text = sources.text((row["source"], row["path"])) if sources is not None else None
    if text is None:
        return False
    return text[row["start_byte"] : row["end_byte"]].decode(errors="replace") != row["target"]


def _definition_in(code: str, answer: str) -> str:
    """The last lines of the code, as many as have all that they have in the answer, in order."""
    whole = _SPACE.sub("", answer)
    lines = code.splitlines(keepends=True)
    bare_lines = [_SPACE.sub("", line) for line in lines]
    for first in range(len(lines)):
        bare = "".join(bare_lines[first:])
        if len(bare) < len(whole) and _is_within(bare, whole):
            return "".join(lines[first:])
    return code


def _is_within(part: str, whole: str) -> bool:
    """Whether all characters of a part stand in the whole, in order."""
    rest = iter(whole)
    return all(character in rest for character in part)


RELATION = Relation("multi_turn", "conversations derived again", _offence)
