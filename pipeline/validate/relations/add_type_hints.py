"""add_type_hints: the target is the prompt's code with types put in that the prompt has not."""

import re
from collections.abc import Iterator

from pipeline.validate.dataset import Record
from pipeline.validate.relations.missing import Option, missing
from pipeline.validate.relations.python_code import untyped, written
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

_MAX_CHARS = 1500
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
# What leads to a type, and what is none: that a statement ends, or a value begins.
_SIGN = re.compile(r"::?|->|>>")
_WORD_START = re.compile(r"(?<![\w$.\\])(?:[?\\\[(*\]]|\d\])*[A-Za-z_]")
_NO_TYPE = re.compile(r"(?<!\[)\b(?:return|if|else|for|while|do|begin|end|throw)\b")
# Languages with types before names or right after them, without a sign.
_BARE = frozenset(("php", "dart", "powershell", "puppet", "go"))
_VARIABLE = {"dart": "var"}  # what stands where a type is left out
_BRACKETED = frozenset(("ocaml",))  # where a type needs brackets around it and its name


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the target is not the prompt's code and types, or if the prompt has some left."""
    context, target = row["context"], row["target"]
    if row["language"] == "python":
        code = written(context)
        if code is not None:
            if untyped(context) != code:
                return "its prompt has annotations"
            if untyped(target) != code:
                return "its target without annotations is other code than its prompt"
            return "" if written(target) != code else "its target has no annotation"
    hints = hints_put_in(context, target, row["language"])
    if hints is None:
        return "taking types out of its target does not give the code of its prompt"
    return "" if hints else "its target has no type that its prompt has not"


def hints_put_in(context: str, target: str, language: str) -> list[str] | None:
    """The types that a target has and its prompt's code has not; None if it is other code."""

    def options(text: str, at: int) -> Iterator[Option]:
        if language in _BRACKETED and text[at] in "()":
            yield Option(at + 1)
        sign = _SIGN.match(text, at)
        if sign is not None:
            yield from (Option(end) for end in _type_ends(text, sign.end()))
        elif language in _BARE and _WORD_START.match(text, at):
            instead = _VARIABLE.get(language)
            for end in _type_ends(text, at):
                yield Option(end)
                if instead:
                    yield Option(end, instead)

    places = [
        at
        for at in range(len(target))
        if _SIGN.match(target, at)
        or (language in _BARE and _WORD_START.match(target, at))
        or (language in _BRACKETED and target[at] in "()")
    ]
    hints = missing(target, context, places, options)
    if hints is None or hints.count("(") != hints.count(")"):
        return None
    return [hint for hint in hints if hint not in "()"]


def _type_ends(text: str, start: int) -> list[int]:
    """Where a type that begins here may end, the nearest last: outside of all its brackets."""
    ends: list[int] = []
    open_brackets: list[str] = []
    for at in range(start, min(len(text), start + _MAX_CHARS)):
        character = text[at]
        before = text[at - 1 : at]
        if character in "([{" or (character == "<" and before not in " ["):
            open_brackets.append(_PAIRS[character])
        elif character == ">" and before in "-=":
            pass  # the head of an arrow
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
        elif not open_brackets and _is_after_type(text, at):
            break
        if not open_brackets and not character.isspace():
            ends.append(at + 1)
    return [end for end in reversed(ends) if not _NO_TYPE.search(text[start:end])]


def _is_after_type(text: str, at: int) -> bool:
    """Whether a sign outside of brackets cannot belong to a type."""
    if text[at] == "=":
        return text[at + 1 : at + 2] != ">"
    return text[at] in ")]};,"


RELATION = Relation("add_type_hints", "types taken out of their targets", _offence)
