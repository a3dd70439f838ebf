"""The counters of the graph: `stage/outcome[_reason]`.

They are for dashboards; results never come from them.
"""

import functools

import apache_beam as beam
from apache_beam.metrics.metric import Metrics


@functools.cache
def counter(name: str) -> Metrics.DelegatingCounter:
    """The counter of this name, made once a process."""
    return beam.metrics.Metrics.counter("warpbeam", name)


def rejected(stage: str, reason: str) -> Metrics.DelegatingCounter:
    """The counter of a stage's rejects for one reason."""
    return counter(f"{stage}/rejected_{reason}")
