"""Whether a prompt gives its target away: the rule of 40 characters."""

import itertools
from collections.abc import Iterator

RUN_CHARS = 40
_BLOCK = RUN_CHARS // 2


def leak(target: str, prompt: str, elsewhere: tuple[str, ...]) -> str:
    """A run of 40 characters of target and prompt that no text of `elsewhere` has; or empty."""
    for stretch in _shared_stretches(target, prompt):
        if any(stretch in text for text in elsewhere):
            continue
        for at in range(len(stretch) - RUN_CHARS + 1):
            run = stretch[at : at + RUN_CHARS]
            if not any(run in text for text in elsewhere):
                return run
    return ""


def _shared_stretches(target: str, prompt: str) -> Iterator[str]:
    """The longest stretches of the prompt of which every run of 40 characters is in the target."""
    pieces = _pieces(target, _BLOCK)
    # Whatever run of 40 is shared, it holds one of the prompt's consecutive blocks of 20 whole.
    blocks = range(0, len(prompt) - _BLOCK + 1, _BLOCK)
    shared = [at for at in blocks if prompt[at : at + _BLOCK] in pieces]
    if not shared:
        return
    runs = _pieces(target, RUN_CHARS)
    near = sorted({start for at in shared for start in range(max(0, at - _BLOCK), at + 1)})
    hits = [start for start in near if prompt[start : start + RUN_CHARS] in runs]
    for _, group in itertools.groupby(enumerate(hits), key=lambda pair: pair[1] - pair[0]):
        stretch = [start for _, start in group]
        yield prompt[stretch[0] : stretch[-1] + RUN_CHARS]


def _pieces(text: str, length: int) -> set[str]:
    return {text[at : at + length] for at in range(len(text) - length + 1)}
