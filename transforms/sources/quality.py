"""File quality from text signals alone.

Dedup ranks copies by it, and it is a part of every sample's quality.

Each signal is a ramp from 0 to 1, chosen so that good hand-written files differ in it: a score that
saturates ranks nothing. The score is their weighted mean, in ten-thousandths.
"""

import re
from collections.abc import Sequence

SCALE = 10_000

_HEAD_BYTES = 65_536  # what the costlier signals look at
_WIDE_LINE_BYTES = 100
_COMMENT_LINE = re.compile(rb"^[ \t]*(?:#|//|/\*|\*|--|;|%|\"\"\"|'''|\(\*|\{-|<!--)", re.MULTILINE)
_HEADER = re.compile(
    rb"\A(?:[ \t]*(?:#|//|--|;|%)[^\n]*\n|[ \t]*\n|[ \t]*/\*.*?\*/[ \t]*\n)+", re.DOTALL
)
_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
_TASK_NOTE = re.compile(rb"\b(?:TODO|FIXME|XXX|HACK)\b")
_STALE_CODE = re.compile(rb"^[ \t]*(?:#|//)[ \t]*[\w.()\[\]=+\- ]*[;{}]\s*$", re.MULTILINE)


def file_quality(text: bytes, lines: Sequence[bytes]) -> int:
    """Score a decoded source, 0 to 10,000.

    Args:
      text: the decoded source; not empty.
      lines: its lines, without their ends.
    """
    header = _HEADER.match(text)
    if header and header.end() < len(text):  # a licence says nothing about the code below it
        text, lines = text[header.end() :], lines[header[0].count(b"\n") :]
    solid = [line.strip() for line in lines if not line.isspace() and line]
    if not solid:
        return 0
    head = text[:_HEAD_BYTES]
    head_lines = head.count(b"\n") + 1
    words = _WORD.findall(head)
    comments = len(_COMMENT_LINE.findall(head)) / head_lines
    notes = (len(_TASK_NOTE.findall(head)) + len(_STALE_CODE.findall(head))) / head_lines
    telling = [line for line in solid if len(line) > 8]
    unique = len(set(telling)) / max(1, len(telling))
    wide = sum(map(_WIDE_LINE_BYTES.__lt__, map(len, lines))) / len(lines)
    score = (
        0.20 * hump(comments, 0.0, 0.12, 0.40, 0.80)
        + 0.20 * ramp(unique, 0.40, 0.98)
        + 0.15 * hump(len(solid), 3, 60, 600, 6_000)
        + 0.15 * hump(sum(map(len, words)) / max(1, len(words)), 2.5, 5.5, 8.0, 14.0)
        + 0.10 * ramp(len(set(words)) / max(1.0, len(words) ** 0.75), 0.4, 1.6)
        + 0.10 * (1 - ramp(wide, 0.0, 0.15))
        + 0.05 * (1 - ramp(notes, 0.0, 0.03))
        + 0.05 * hump(sum(map(len, solid)) / len(solid), 8, 25, 45, 90)
    )
    return round(SCALE * score)


def ramp(x: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on, straight between."""
    return min(1.0, max(0.0, (x - low) / (high - low)))


def hump(x: float, low: float, rise: float, fall: float, high: float) -> float:
    """0 outside (low, high), 1 between `rise` and `fall`, straight between."""
    return min(ramp(x, low, rise), 1 - ramp(x, fall, high))
