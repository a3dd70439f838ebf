"""What a sample must be like to become a draft, whatever its task."""

from typing import NamedTuple

from transforms.rows import Reason, Stage
from transforms.samples.drafts import Rendered
from transforms.samples.layout import LaidOut, SampleFormat, sentinel
from transforms.samples.windows import Window


class Objection(NamedTuple):
    """Why a sample is left out; `found` is for people."""

    stage: Stage
    reason: Reason
    found: str


def too_long(rendered: Rendered, max_context_chars: int, max_target_chars: int) -> Objection | None:
    """Object to a target or to all that stands around it."""
    if len(rendered.target) > max_target_chars:
        found = f"{len(rendered.target)} characters"
        return Objection(Stage.SPLIT, Reason.TARGET_TOO_LONG, found)
    around = sum(map(len, rendered.texts())) - len(rendered.instruction) - len(rendered.target)
    if around > max_context_chars:
        return Objection(Stage.SPLIT, Reason.CONTEXT_TOO_LONG, f"{around} characters")
    return None


def ambiguous(
    sample_format: SampleFormat, task: str, rendered: Rendered, laid: LaidOut
) -> Objection | None:
    """Object to a text that a model would read as a part of the template."""
    found = sentinel(sample_format, task, rendered, laid)
    return Objection(Stage.INSTRUCT, Reason.SENTINEL, found) if found else None


def outside(window: Window, tokens: int) -> Objection | None:
    """Object to a sample that no context makes small enough."""
    if window.holds(tokens):
        return None
    return Objection(Stage.SPLIT, Reason.TOO_MANY_TOKENS, f"{tokens} tokens")
