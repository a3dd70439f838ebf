"""Weights: exp(k (quality - 0.7)), normalised in each split."""

import math
from collections.abc import Mapping

PIVOT = 0.7


def weight(quality: float, k: float) -> float:
    """The weight of a sample before normalisation."""
    return math.exp(k * (quality - PIVOT))


def total_weight(histogram: Mapping[int, int], k: float) -> float:
    """The sum of the weights of {quality in ten-thousandths: samples}.

    It is the same whatever order they came in.
    """
    return math.fsum(
        count * weight(quality / 10_000, k) for quality, count in sorted(histogram.items())
    )
