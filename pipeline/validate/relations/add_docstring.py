"""add_docstring: the target is the prompt's code with a doc put in that the prompt has not."""

import re
from collections.abc import Iterator

from pipeline.validate.cuts import prompt_of
from pipeline.validate.dataset import Record
from pipeline.validate.leaks import leak
from pipeline.validate.relations.relation import Relation
from pipeline.validate.sources import Sources

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


def _offence(row: Record, sources: Sources | None) -> str:
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


RELATION = Relation("add_docstring", "docs taken out of their targets", _offence)
