"""Drafts: samples as recipes of pieces, which `render` turns into text without a parser."""

import dataclasses
import hashlib
import itertools
import json
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from transforms.rows import Message

Edit = tuple[int, int, str]  # start, end, replacement; in offsets of the decoded source
Edits = tuple[Edit, ...]  # sorted and disjoint


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Bytes start to end of the decoded source, with edits applied.

    Attributes:
      edits: sorted, disjoint, inside the piece.
    """

    start: int
    end: int
    edits: tuple[Edit, ...] = ()


Text = tuple[str | Piece, ...]  # literals and pieces, in order
Turn = tuple[Text, Text, Text, Text]  # instruction, context, suffix, target


@dataclasses.dataclass(frozen=True, slots=True)
class Draft:
    """A sample before it is decided on; its fields become the columns of the same names.

    Attributes:
      quality: sample quality in ten-thousandths.
      turn_tasks: the task of each turn, in order.
      complexity: of the definition, as nesting and definition_lines; 0 for none.
      curriculum_rank: in ten-thousandths.
      instruction_id: of the template that the last turn's instruction was made from.
      earlier: the turns before the last one; none but in multi_turn.
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
    turn_tasks: tuple[str, ...]
    complexity: int
    nesting: int
    definition_lines: int
    curriculum_rank: int
    instruction_id: str
    hole: str
    tokens: int
    instruction: Text
    context: Text
    suffix: Text
    target: Text
    earlier: tuple[Turn, ...] = ()
    mutation: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """The texts of a row, and those of the turns before its last one."""

    instruction: str
    context: str
    suffix: str
    target: str
    earlier: tuple["Rendered", ...] = ()

    def texts(self) -> Iterator[str]:
        """Yield each text of each turn."""
        for turn in self.earlier:
            yield from turn.texts()
        yield from (self.instruction, self.context, self.suffix, self.target)


def with_edits(text: Text, edits: Sequence[Edit]) -> Text:
    """Apply edits, sorted and disjoint, to the pieces that hold their places.

    What is deleted may reach beyond a piece.
    """
    return tuple(
        dataclasses.replace(piece, edits=tuple(_inside(piece, edits)))
        if isinstance(piece, Piece)
        else piece
        for piece in text
    )


def _inside(piece: Piece, edits: Sequence[Edit]) -> Iterator[Edit]:
    for start, end, replacement in edits:
        within = piece.start <= start and end <= piece.end
        if within:
            yield start, end, replacement
        elif not replacement and max(start, piece.start) < min(end, piece.end):
            yield max(start, piece.start), min(end, piece.end), ""


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
    last = draft.instruction, draft.context, draft.suffix, draft.target
    return render_turns(source, [*draft.earlier, last])


def render_turns(source: bytes, turns: Sequence[Turn]) -> Rendered:
    """Render turns, at least one, against the decoded source of their file."""
    *earlier, last = turns
    instruction, context, suffix, target = (render_text(source, text) for text in last)
    before = tuple(render_turns(source, [turn]) for turn in earlier)
    return Rendered(instruction, context, suffix, target, before)


def chat(rendered: Rendered, fence_name: str) -> list[Message]:
    """Lay a sample out as a user's and an assistant's turn for each of its turns.

    Code stands in fences longer than any run of backticks inside it; the assistant's turn is the
    target as it is.
    """
    turns = (*rendered.earlier, rendered)
    return [message for turn in turns for message in _exchange(turn, fence_name)]


def _exchange(rendered: Rendered, fence_name: str) -> list[Message]:
    code = code_shown(rendered, fence_name)
    asked = f"{rendered.instruction}\n\n{code}" if code else rendered.instruction
    return [Message("user", asked), Message("assistant", rendered.target)]


def code_shown(rendered: Rendered, fence_name: str) -> str:
    """The context and what follows the gap, in fences; empty where there is neither."""
    fence = "`" * max(3, 1 + _longest_backticks(rendered.context, rendered.suffix))

    def block(code: str) -> str:
        end = "" if code.endswith("\n") else "\n"
        return f"{fence}{fence_name}\n{code}{end}{fence}"

    if rendered.suffix:
        before, after = block(rendered.context), block(rendered.suffix)
        return f"Before the gap:\n\n{before}\n\nAfter the gap:\n\n{after}"
    return block(rendered.context) if rendered.context else ""


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
    rows = [[_packed(getattr(draft, name)) for name in _FIELDS] for draft in drafts]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> list[Draft]:
    """Undo `pack`."""
    return [Draft(*(_unpacked(value) for value in row)) for row in json.loads(data)]


_FIELDS = tuple(field.name for field in dataclasses.fields(Draft))


def _packed(value: Any) -> Any:
    """A field's value, or a part of one, as JSON has it: a piece begins with a number."""
    if isinstance(value, Piece):
        return [value.start, value.end, *itertools.chain.from_iterable(value.edits)]
    return [_packed(part) for part in value] if isinstance(value, tuple) else value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], int):
        start, end, *edits = value
        return Piece(start, end, tuple(zip(edits[::3], edits[1::3], edits[2::3], strict=True)))
    return tuple(_unpacked(part) for part in value)
