"""Places in a text that are next to a place: across white space, or at the ends of its line.

None of these copies the text, which would make each step as slow as the file is long.
"""

import re

SPACES = b" \t"
BLANKS = b" \t\r\n\f\v"
_REST = re.compile(rb"[ \t\r\f\v]*(?=\n|\Z)")


def back(text: bytes, at: int, signs: bytes) -> int:
    """Go back over signs that end at a place."""
    while at and text[at - 1] in signs:
        at -= 1
    return at


def on(text: bytes, at: int, signs: bytes) -> int:
    """Go on over signs that begin at a place."""
    while at < len(text) and text[at] in signs:
        at += 1
    return at


def line_start(text: bytes, at: int) -> int:
    """Where the line of a place begins."""
    return text.rfind(b"\n", 0, at) + 1


def next_line(text: bytes, at: int) -> int:
    """Where the line after that of a place begins; the text's end where there is none."""
    end = text.find(b"\n", at)
    return end + 1 if end >= 0 else len(text)


def begins_line(text: bytes, at: int) -> bool:
    """Whether only white space stands before a place on its line."""
    start = back(text, at, BLANKS[:3] + BLANKS[4:])
    return start == 0 or text[start - 1] in b"\n"


def rest_of_blank(text: bytes, at: int) -> int | None:
    """Where a line ends on which only white space follows a place; None where more does."""
    match = _REST.match(text, at)
    return match.end() if match else None


def depth(text: bytes, at: int) -> int:
    """How deep the line of a place stands, in bytes of white space."""
    start = line_start(text, at)
    return on(text, start, SPACES) - start
