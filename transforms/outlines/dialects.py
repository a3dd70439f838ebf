"""What a grammar does not know, or takes long for, written as what it knows in as many bytes.

Every place of what is parsed is so a place of the text.
"""

import functools
import re

from transforms.languages.outline_spec import OutlineSpec

_ANY = re.compile(rb"[^\r\n]")
# Tabs stand for the columns before the seventh; a digit after one continues.
_FIXED = re.compile(rb"[cCdD*!#]|[ \d]{0,4}\t|[ \d]{5}|[ \d]{0,4}\s*\Z")
_COMMENT = re.compile(rb"[cCdD*]")
_CONTINUED = re.compile(rb"(?: {5}[^\s0!]|\t[1-9])")
# Some grammars read all comments that follow anew at each of them: 5,000 in a row take 3 s, but all
# runs of 100 in a file of 1 MB take less than one.
_MANY_LINES = 128
_ONE_LINE = bytes.maketrans(b"\r\n", b"  ")


def parsed_text(text: bytes, spec: OutlineSpec, reread: str = "") -> bytes:
    """Write a text as its language's grammar can read it.

    Args:
      reread: pattern of the mark of line comments that are joined where there are many in a row;
        empty for none.
    """
    if reread and text.count(b"\n") >= _MANY_LINES:
        text = _line_comments(reread).sub(_joined, text)
    if spec.fixed_form:
        text = free_form(text)
    blank = [re.compile(pattern.encode(), re.MULTILINE) for pattern in spec.blank]
    if blank and blank[0].search(text):
        for pattern in blank:
            text = pattern.sub(lambda match: _ANY.sub(b" ", match[0]), text)
    return text


@functools.cache
def _line_comments(mark: str) -> re.Pattern[bytes]:
    """Lines that are comments or blank, from one that is a comment."""
    comment = mark.encode() + rb"[^\n]*"
    return re.compile(rb"^[ \t]*%b\n(?:[ \t\r]*(?:%b)?\n)+" % (comment, comment), re.MULTILINE)


def _joined(lines: re.Match[bytes]) -> bytes:
    """Write many lines as one comment; as they are where they are few."""
    text = lines[0]
    if text.count(b"\n") < _MANY_LINES:
        return text
    end = len(text.rstrip())
    return text[:end].translate(_ONE_LINE) + text[end:]


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
