"""Choices that look random and are functions of content: the same on every run and worker."""

from collections.abc import Sequence
from typing import TypeVar

from transforms.samples.drafts import digest

_MANTISSA_BITS = 53

T = TypeVar("T")


def unit_interval(seed: int, *parts: bytes | str) -> float:
    """Return a number in [0, 1) that depends on the seed and the parts alone."""
    drawn = int.from_bytes(digest(str(seed), *parts)[:8], "little")
    return (drawn >> (64 - _MANTISSA_BITS)) / (1 << _MANTISSA_BITS)


def pick(seed: int, options: Sequence[T], *parts: bytes | str) -> T:
    """Return one of the options, which must not be empty."""
    return options[int(unit_interval(seed, *parts) * len(options))]
