"""Which of the samples with one target stay."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Fate = Literal["kept", "exact", "near", "repeated"]


class Verdict(NamedTuple):
    """What becomes of a sample.

    Attributes:
      fate: exact, where a kept one has its prompt too; near, where a kept one has its definition;
        repeated, where enough samples with its target are kept.
      survivor: place of the kept one in the order given; of the best one where it is repeated, its
        own where it is kept.
    """

    fate: Fate
    survivor: int


def choose_survivors(digests: Iterable[tuple[bytes, bytes]], most: int) -> Iterator[Verdict]:
    """Decide on samples with one target, one by one.

    What is kept stays, and only what is kept removes others: there are no chains. Nothing is
    remembered but what is kept, however many samples come.

    Args:
      digests: prompt and definition digest of each sample, in the order of their rank.
      most: at most so many are kept.
    """
    prompts: dict[bytes, int] = {}
    definitions: dict[bytes, int] = {}
    kept: list[int] = []
    for at, (prompt, definition) in enumerate(digests):
        if prompt in prompts:
            yield Verdict("exact", prompts[prompt])
        elif definition in definitions:
            yield Verdict("near", definitions[definition])
        elif len(kept) == most:
            yield Verdict("repeated", kept[0])
        else:
            kept.append(at)
            prompts[prompt] = definitions[definition] = at
            yield Verdict("kept", at)
