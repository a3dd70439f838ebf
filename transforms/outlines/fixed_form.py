"""Fortran in fixed form, as on punched cards, made what a parser of free form reads alike.

Fortran 77, and much that is written still: a comment has its mark in the first column, a statement
begins in the seventh, and a mark in the sixth continues the statement of the line before.
"""

import re

# Tabs stand for the columns before the seventh; a digit after one continues.
_FIXED = re.compile(rb"[cCdD*!#]|[ \d]{0,4}\t|[ \d]{5}|[ \d]{0,4}\s*\Z")
_COMMENT = re.compile(rb"[cCdD*]")
_CONTINUED = re.compile(rb"(?: {5}[^\s0!]|\t[1-9])")


def free_form(text: bytes) -> bytes:
    """Write fixed form as free form, in as many bytes: every place stays where it is.

    Marks of comments become `!`, those of continued lines and the line ends before them spaces. A
    line end after a comment must stay.

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
