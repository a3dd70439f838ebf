"""multi_turn: each answer has to the code before it the relation of its own turn's task.

Of rows without messages, whose earlier answers stand in one text, only the last answer is judged.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.validate.dataset import Record
from pipeline.validate.relations import load_relations
from pipeline.validate.relations.explain import explanation_offence
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_MOST_TURNS = 5
_WRITES_BODY = frozenset(("function_completion", "method_completion"))
_PUTS_IN = frozenset(("add_comments", "add_docstring", "add_type_hints"))
_BLOCK = re.compile(r"(?:\A|\n\n)(`{3,})[^\n]*\n(.*\n)\1\Z", re.DOTALL)
_SPACE = re.compile(r"\s+")
_UNSAID = re.compile(r"\s+|\bvar\b")  # `var` stands where a type is not said


def _offence(row: Record, sources: Sources | None) -> str:
    """Object to turns that are not what they say; an earlier answer is code on the way to it."""
    tasks, messages = row["turn_tasks"], row.get("messages")
    if not 2 <= len(tasks) <= _MOST_TURNS:
        return f"it has the turns {tasks}"
    is_tested = tasks[0] in _WRITES_BODY and tasks[1:] == ["write_tests"]
    if not (is_tested or tasks[-1] in _PUTS_IN) or _stands_otherwise(row, sources):
        return "its last answer is not its definition as it stands in the source"
    return "" if messages is None else _turns_offence(row, tasks, messages, sources)


def _turns_offence(
    row: Record, tasks: list[str], messages: list[Record], sources: Sources | None
) -> str:
    if len(messages) != 2 * len(tasks):
        return f"it has {len(messages)} messages for the turns {tasks}"
    shown = _BLOCK.search(messages[0]["content"])
    if shown is None:
        return "its first turn shows no code"
    if tasks[-1] == "write_tests":
        return _tested_offence(row, shown[2], messages, sources)
    codes, leads_up, offence = [shown[2]], False, ""
    for number, task in enumerate(tasks):
        asked, answer = (message["content"] for message in messages[2 * number : 2 * number + 2])
        if number and _BLOCK.search(asked):
            return f"its turn {number + 1} shows code once more"
        if task in _WRITES_BODY and not number:
            # The newline before the fence's end may be the fence's own.
            codes, leads_up = [shown[2] + answer, shown[2][:-1] + answer], True
        elif task in _PUTS_IN:
            befores = _definitions_in(codes, answer) if leads_up else codes
            offence = _put_in_offence(row, task, befores, answer)
            codes, leads_up = [answer], False
        else:
            offence = (
                _explained_offence(row, codes[0], answer) if task == "explain" else "is not for it"
            )
        if offence:
            return f"its turn {number + 1}, {task}: {offence}"
    return ""


def _tested_offence(
    row: Record, shown: str, messages: list[Record], sources: Sources | None
) -> str:
    """The first answer is the body that its file has, and the last one a test of the whole."""
    body = messages[1]["content"]
    tested = sources.text((row["source"], row["context_path"])) if sources is not None else None
    if tested is not None and body.encode() not in tested:
        return "its first answer is no body of the tested file"
    lead = _BLOCK.search(messages[2]["content"])
    # The newline before the fence's end may be the fence's own.
    codes = [code + body + "\n" + (lead[2] if lead else "") for code in (shown, shown[:-1])]
    offences = [
        load_relations()["write_tests"].offence(row | {"context": c}, sources) for c in codes
    ]
    return "" if "" in offences else offences[0]


def _put_in_offence(row: Record, task: str, befores: Iterable[str], answer: str) -> str:
    """What is wrong with what is put into the code, in one of the forms it may have had."""
    relation, bare = load_relations()[task], _SPACE.sub("", answer)
    offence = "its code is not the end of the code before it"
    for before in befores:
        turn = row | {"task": task, "context": before, "target": answer, "messages": []}
        offence = relation.offence(turn, None)
        if task != "add_type_hints" and len(_SPACE.sub("", before)) >= len(bare):
            offence = "nothing is put in"
        if task == "add_comments" and before.split()[:1] != answer.split()[:1]:
            offence = "what is put before a definition is its doc, not a comment in it"
        if not offence:
            break
    return offence


def _explained_offence(row: Record, code: str, answer: str) -> str:
    """An explanation says what the doc says that is put in later, and the code does not."""
    if " ".join(answer.split()) in " ".join(code.split()):
        return "the code before it says it"
    return explanation_offence(answer, row["target"])


def _stands_otherwise(row: Record, sources: Sources | None) -> bool:
    text = sources.text((row["source"], row["path"])) if sources is not None else None
    if text is None:
        return False
    return text[row["start_byte"] : row["end_byte"]].decode(errors="replace") != row["target"]


def _definitions_in(codes: Iterable[str], answer: str) -> Iterator[str]:
    """Ends of the code, the longest first, that have nothing that the answer has not, in order."""
    whole = _SPACE.sub("", answer)
    first_word = answer.split()[0]
    for code in codes:
        lines = code.splitlines(keepends=True)
        bare_lines = [_UNSAID.sub("", line) for line in lines]
        for first, line in enumerate(lines):
            after = "".join(bare_lines[first + 1 :])
            # A definition may begin inside a line.
            for begin in sorted({0, max(line.find(first_word), 0)}):
                bare = _UNSAID.sub("", line[begin:])
                is_shorter = bare and len(bare) + len(after) < len(whole)
                if is_shorter and _is_within(bare + after, whole):
                    yield "".join([line[begin:], *lines[first + 1 :]])


def _is_within(part: str, whole: str) -> bool:
    """Whether all characters of a part stand in the whole, in order."""
    rest = iter(whole)
    return all(character in rest for character in part)


RELATION = Relation("multi_turn", "conversations derived again", _offence)
