"""Dialects that a grammar does not know, written as what it knows in as many bytes.

Every place of what is parsed is so a place of the text.
"""

import re

from transforms.languages.outline_spec import OutlineSpec

_ANY = re.compile(rb"[^\r\n]")
# Tabs stand for the columns before the seventh; a digit after one continues.
_FIXED = re.compile(rb"[cCdD*!#]|[ \d]{0,4}\t|[ \d]{5}|[ \d]{0,4}\s*\Z")
_COMMENT = re.compile(rb"[cCdD*]")
_CONTINUED = re.compile(rb"(?: {5}[^\s0!]|\t[1-9])")


def parsed_text(text: bytes, spec: OutlineSpec) -> bytes:
    """Write a text as its language's grammar can read it."""
    if spec.fixed_form:
        text = free_form(text)
    blank = [re.compile(pattern.encode(), re.MULTILINE) for pattern in spec.blank]
    if blank and blank[0].search(text):
        for pattern in blank:
            text = pattern.sub(lambda match: _ANY.sub(b" ", match[0]), text)
    return text


def free_form(text: bytes) -> bytes:
    """Write Fortran's fixed form as its free form.

    Fortran 77, and much that is written still, is as on punched cards: a comment has its mark in
    the first column, a statement begins in the seventh, and a mark in the sixth continues that of
    the line before. Marks of comments become `!`, those of continued lines and the line ends before
    them spaces. A line end after a comment must stay.

    Returns:
      the text itself where a line is of no fixed form.
    """
    lines = text.splitlines(keepends=True)
    if not all(_FIXED.match(line) for line in lines):
        return text
    free: list[bytes] = []
    for line in lines:
        if _COMMENT.match(line):
            free.append(b"!" + line[1:])
        elif mark := _CONTINUED.match(line):
            if free and b"!" not in free[-1]:
                free[-1] = free[-1].rstrip(b"\r\n").ljust(len(free[-1]))
            free.append(line[: mark.end() - 1] + b" " + line[mark.end() :])
        else:
            free.append(line)
    return b"".join(free)
