"""When two samples are the same: by what they say, or but for white space and comments."""

import bisect
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.outlines.outline import Outline, Span
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Piece, Rendered, Text, digest

# Enough where a digest is only compared within a group of one target.
_SHORT_BYTES = 8
_TAB = 8
_NO_NEWLINE = re.compile(rb"[^\n]")
# White space inside strings, while that outside is changed: control characters in its place.
_HIDDEN = bytes.maketrans(b"\t\n\v\f\r ", b"\x01\x02\x03\x04\x05\x06")


class Digests(NamedTuple):
    """What decides whether samples are the same.

    Attributes:
      prompt: of what comes before the last assistant turn, and the target, 8 bytes.
      definition: of the task, the definition and the target, both without comments and normalised
        in white space, 8 bytes.
      target: of the task and the target, so too, 16 bytes. Samples of one prompt and target, or of
        one definition, have one target digest.
    """

    prompt: bytes
    definition: bytes
    target: bytes


class Sameness:
    """The digests of one file's samples.

    Made once for all of them, since several samples are about one definition.
    """

    def __init__(self, view: SourceView) -> None:
        """List the file's comments and strings."""
        self._view = view
        self._marks = _marks(view.outline) if view.outline else []
        self._layout = view.language.outline.layout if view.language.outline else "columns"
        self._found: dict[tuple[Piece, Span | None], bytes] = {}

    def digests(self, cut: Cut, rendered: Rendered, before: Sequence[str]) -> Digests:
        """Make a sample's digests.

        Args:
          cut: its code. rendered: its texts.
          before: what its row shows before the target.
        """
        prompt = digest(*before)
        target = digest(cut.task, *self._normalised(cut, cut.target))
        return Digests(
            prompt=digest(prompt, rendered.target)[:_SHORT_BYTES],
            definition=digest(target, *self._normalised(cut, cut.identity))[:_SHORT_BYTES],
            target=target,
        )

    def _normalised(self, cut: Cut, text: Text) -> Iterator[bytes]:
        """Yield what each piece of a text says without comments, white space normalised.

        The doc of the cut's definition counts as a comment. Where it is in the target, the sample
        is about it, and its words follow. Without a definition, lines are what they are but for
        the white space around them, since what a parser makes of them may depend on what stands
        far from them.
        """
        doc = cut.definition.doc if cut.definition else None
        for piece in text:
            if isinstance(piece, str):
                yield piece.encode()
            elif cut.definition is None:
                yield _columns(self._edited(piece, piece.start, piece.end))
            else:
                if (piece, doc) not in self._found:
                    self._found[piece, doc] = digest(self._code(piece, doc))
                yield self._found[piece, doc]
        if doc and any(isinstance(p, Piece) and p.start <= doc.start < p.end for p in cut.target):
            yield b" ".join(self._view.text[doc.start : doc.end].split())

    def _code(self, piece: Piece, doc: Span | None) -> bytes:
        """Normalise a piece of a definition."""
        if doc and piece.start <= doc.start <= doc.end <= piece.end:
            before = b"".join(self._written(piece, piece.start, doc.start))
            after = b"".join(self._written(piece, doc.end, piece.end))
            gap = _NO_NEWLINE.sub(b" ", self._view.text[doc.start : doc.end])
            return _LAYOUTS[self._layout](before + gap + after)
        return _LAYOUTS[self._layout](b"".join(self._written(piece, piece.start, piece.end)))

    def _written(self, piece: Piece, start: int, end: int) -> Iterator[bytes]:
        """Yield the code from start to end: spaces for comments, white space in strings hidden."""
        at = start
        first = max(bisect.bisect_left(self._marks, (start,)) - 1, 0)
        for mark in self._marks[first : bisect.bisect_left(self._marks, (end,))]:
            if mark[1] > at:
                begin, after = max(mark[0], at), min(mark[1], end)
                yield self._edited(piece, at, begin)
                text = self._edited(piece, begin, after)
                yield text.translate(_HIDDEN) if mark[2] else _NO_NEWLINE.sub(b" ", text)
                at = after
        yield self._edited(piece, at, end)

    def _edited(self, piece: Piece, start: int, end: int) -> bytes:
        """The source from start to end with the piece's edits there."""
        if not piece.edits:
            return self._view.text[start:end]
        parts: list[bytes] = []
        at = start
        for first, after, replacement in piece.edits:
            if at <= first and after <= end:
                parts += (self._view.text[at:first], replacement.encode())
                at = after
        return b"".join([*parts, self._view.text[at:end]])


def _marks(outline: Outline) -> list[tuple[int, int, bool]]:
    """List comments and strings as (start, end, whether it is a string), none inside another."""
    marks: list[tuple[int, int, bool]] = []
    found = itertools.chain(
        ((span.start, span.end, False) for span in outline.comments),
        ((span.start, span.end, True) for span in outline.find_strings()),
    )
    for mark in sorted(found):
        if not marks or mark[0] >= marks[-1][1]:
            marks.append(mark)
    return marks


def _lines(code: bytes) -> bytes:
    """Leave out indentation, blank lines, and all but one of the spaces in a row."""
    words = (line.split() for line in code.split(b"\n"))
    return b"\n".join(b" ".join(found) for found in words if found)


def _blocks(code: bytes) -> bytes:
    """As `_lines`, but keep how deep lines stand, in steps of their own.

    How deep the first one stands cannot be told.
    """
    first, *rest = code.split(b"\n")
    lines = [(_depth(line), b" ".join(line.split())) for line in rest if line.strip()]
    least = min((depth for depth, _ in lines), default=0)
    step = math.gcd(*(depth - least for depth, _ in lines)) or 1
    deep = [b"%d %s" % ((depth - least) // step, words) for depth, words in lines]
    return b"\n".join([b" ".join(first.split()), *deep])


def _depth(line: bytes) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs(_TAB))


def _columns(code: bytes) -> bytes:
    """Keep white space, but for blank lines, that at line ends, and what begins every line."""
    first, *rest = (line.rstrip() for line in code.split(b"\n"))
    lines = [line for line in rest if line]
    indents = [line[: len(line) - len(line.lstrip())] for line in lines]
    low, high = min(indents, default=b""), max(indents, default=b"")
    common = next((at for at in range(len(low)) if not high.startswith(low[: at + 1])), len(low))
    return b"\n".join([first, *(line[common:] for line in lines)])


_LAYOUTS = {"": _lines, "blocks": _blocks, "columns": _columns}
