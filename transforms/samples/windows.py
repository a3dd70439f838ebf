"""Samples in windows: as their rows show them, cut at syntax to a number of tokens."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import NamedTuple

from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Piece, Rendered, Text, Turn, render_turns
from transforms.samples.layout import LaidOut, SampleFormat, lay_out
from transforms.samples.tokens import count_tokens

_TRIES = 8
_MIN_CONTEXT_CHARS = 24
_MIN_LEAD_CHARS = 24  # directly before a target, after what was left out


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """How many tokens a sample may have.

    Attributes:
      tokenizer: the file of a tokenizer; empty where tokens are not counted.
      max_tokens: 0 for any number.
    """

    tokenizer: str = ""
    max_tokens: int = 0

    def holds(self, tokens: int) -> bool:
        """Whether a sample of so many tokens fits."""
        return not self.max_tokens or tokens <= self.max_tokens


class Shown(NamedTuple):
    """A cut, its texts, how its row shows them, and the tokens of that; 0 where not counted."""

    cut: Cut
    turns: Sequence[Turn]
    rendered: Rendered
    laid: LaidOut
    tokens: int


def show(
    view: SourceView,
    window: Window,
    sample_format: SampleFormat,
    cut: Cut,
    turns_of: Callable[[Cut], Sequence[Turn]],
) -> Shown:
    """Render a cut, with as much around it as fits into the window.

    How many characters of context fit is estimated by the sample's own characters a token, chosen
    at syntax, counted, and estimated again. What comes back may still not fit.
    """
    shown = _shown(view, window, sample_format, cut, turns_of)
    for _ in range(_TRIES):
        if window.holds(shown.tokens):
            break
        chars = sum(map(len, shown.rendered.texts()))
        surplus = shown.tokens - window.max_tokens
        shorter = _shorter(view, shown.cut, surplus * chars // shown.tokens + 1)
        if shorter is None:
            break
        shown = _shown(view, window, sample_format, shorter, turns_of)
    return shown


def _shown(
    view: SourceView,
    window: Window,
    sample_format: SampleFormat,
    cut: Cut,
    turns_of: Callable[[Cut], Sequence[Turn]],
) -> Shown:
    turns = turns_of(cut)
    rendered = render_turns(view.text, turns)
    laid = lay_out(sample_format, cut.task, rendered, view.language.fence)
    tokens = count_tokens(window.tokenizer, laid.contents()) if window.tokenizer else 0
    return Shown(cut, turns, rendered, laid, tokens)


def _shorter(view: SourceView, cut: Cut, surplus_chars: int) -> Cut | None:
    """Return the cut with so many characters less around it; None where it cannot have less.

    In a conversation the turn that shows most is cut.
    """
    turns = cut.turns or (cut,)
    at = max(range(len(turns)), key=lambda at: _chars(view, turns[at].context))
    room = _chars(view, turns[at].context) + _chars(view, turns[at].suffix) - surplus_chars
    shortened = _with_room(view, turns[at], room) if room >= _MIN_CONTEXT_CHARS else None
    if shortened is None or not cut.turns:
        return shortened
    shorter = (*turns[:at], shortened, *turns[at + 1 :])
    return dataclasses.replace(shorter[-1], task=cut.task, turns=shorter)


def _with_room(view: SourceView, turn: Cut, room: int) -> Cut | None:
    """Give two thirds of the room to what precedes; each side has what the other leaves."""
    surroundings = view.surroundings
    rest = _chars(view, turn.suffix)
    context = surroundings.shortened(turn.context, room - min(rest, room // 3))
    if context is None and turn.definition is None:
        context = _last_lines(view, turn.context, room)
    if context is None or (len(context) > 1 and _chars(view, context[-1:]) < _MIN_LEAD_CHARS):
        return None
    suffix = turn.suffix
    if rest:
        after = surroundings.shortened(suffix, room - _chars(view, context))
        if not after or not any(view.text[p.start : p.end].strip() for p in _pieces(after)):
            return None
        suffix = after
    return dataclasses.replace(turn, context=context, suffix=suffix)


def _last_lines(view: SourceView, context: Text, room: int) -> Text | None:
    """Return the last lines of what is one piece."""
    pieces = _pieces(context)
    if len(pieces) != 1 or len(context) != 1 or pieces[0].edits:
        return None
    piece = pieces[0]
    kept = view.text[piece.start : piece.end].decode()[-room:]
    start = kept.find("\n") + 1
    size = len(kept[start:].encode())
    return (Piece(piece.end - size, piece.end),) if kept[start:].strip() else None


def _chars(view: SourceView, text: Text) -> int:
    chars = view.surroundings.chars
    return sum(len(p) if isinstance(p, str) else chars(p.start, p.end) for p in text)


def _pieces(text: Text) -> list[Piece]:
    return [piece for piece in text if isinstance(piece, Piece)]
