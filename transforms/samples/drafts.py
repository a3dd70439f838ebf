"""Drafts: samples as recipes of pieces, which `render` turns into text without a parser."""

import dataclasses
import hashlib
import itertools
import json
import re
import struct
from collections.abc import Iterable, Sequence
from typing import Any

from transforms.rows import Message


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Bytes start to end of the decoded source, with edits applied.

    Attributes:
      edits: (start, end, replacement) in offsets of the source; sorted, disjoint, inside the piece.
    """

    start: int
    end: int
    edits: tuple[tuple[int, int, str], ...] = ()


Text = tuple[str | Piece, ...]  # literals and pieces, in order


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """A sample before it is decided on; its fields become the columns of the same names.

    Attributes:
      quality: sample quality in ten-thousandths.
    """

    draft_id: str
    task: str
    variant: str
    variant_of: str
    origin: str
    symbol: str
    code_type: str
    quality: int
    difficulty: str
    start_byte: int
    end_byte: int
    start_line: int
    end_line: int
    context_path: str
    instruction: Text
    context: Text
    suffix: Text
    target: Text


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """The texts of a row."""

    instruction: str
    context: str
    suffix: str
    target: str


def render_text(source: bytes, text: Text) -> str:
    """Render one text against the decoded source.

    Raises:
      UnicodeDecodeError: if a piece or an edit begins or ends inside a character.
    """
    parts: list[str] = []
    for piece in text:
        if isinstance(piece, str):
            parts.append(piece)
            continue
        at = piece.start
        for start, end, replacement in piece.edits:
            parts += (source[at:start].decode(), replacement)
            at = end
        parts.append(source[at : piece.end].decode())
    return "".join(parts)


def render(source: bytes, draft: Draft) -> Rendered:
    """Render a draft's texts against the decoded source of its file."""
    return Rendered(
        instruction=render_text(source, draft.instruction),
        context=render_text(source, draft.context),
        suffix=render_text(source, draft.suffix),
        target=render_text(source, draft.target),
    )


def chat(rendered: Rendered, fence_name: str) -> list[Message]:
    """Lay a sample out as one user and one assistant turn.

    Code stands in fences longer than any run of backticks inside it; the assistant's turn is the
    target as it is.
    """
    fence = "`" * max(3, 1 + _longest_backticks(rendered.context, rendered.suffix))

    def block(code: str) -> str:
        end = "" if code.endswith("\n") else "\n"
        return f"{fence}{fence_name}\n{code}{end}{fence}"

    if rendered.suffix:
        before, after = block(rendered.context), block(rendered.suffix)
        code = f"Before the gap:\n\n{before}\n\nAfter the gap:\n\n{after}"
    else:
        code = block(rendered.context)
    return [
        Message("user", f"{rendered.instruction}\n\n{code}"),
        Message("assistant", rendered.target),
    ]


def _longest_backticks(*texts: str) -> int:
    return max(
        (len(run) for text in texts if "`" in text for run in re.findall("`+", text)), default=0
    )


def digest(*parts: bytes | str) -> bytes:
    """blake2b, 16 bytes, of the parts.

    Their number and lengths count, so that parts never run into one another.
    """
    encoded = [part.encode() if isinstance(part, str) else part for part in parts]
    lengths = struct.pack(f"<{len(encoded) + 1}Q", len(encoded), *map(len, encoded))
    return hashlib.blake2b(lengths + b"".join(encoded), digest_size=16).digest()


def pack(drafts: Iterable[Draft]) -> bytes:
    """Serialise drafts compactly: JSON arrays, spans as [start, end] pairs."""
    rows = [
        [
            [_packed(piece) for piece in value] if isinstance(value, tuple) else value
            for value in _fields(draft)
        ]
        for draft in drafts
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> list[Draft]:
    """Undo `pack`."""
    return [Draft(*map(_unpacked, row)) for row in json.loads(data)]


def _fields(draft: Draft) -> list[str | int | Text]:
    return [getattr(draft, field.name) for field in dataclasses.fields(draft)]


def _packed(piece: str | Piece) -> str | list[object]:
    if isinstance(piece, str):
        return piece
    return [piece.start, piece.end, *itertools.chain.from_iterable(piece.edits)]


def _unpacked(value: Any) -> Any:
    """A field's value from its JSON, whose type is the field's."""
    return _text(value) if isinstance(value, list) else value


def _text(values: Sequence[str | list]) -> Text:
    return tuple(
        value
        if isinstance(value, str)
        else Piece(
            value[0], value[1], tuple(zip(value[2::3], value[3::3], value[4::3], strict=True))
        )
        for value in values
    )
