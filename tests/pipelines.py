"""A pipeline for tests: the runner named, pytest's own arguments kept out."""

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.testing.test_pipeline import TestPipeline


def test_pipeline() -> beam.Pipeline:
    """A TestPipeline on FnApiRunner."""
    return TestPipeline(runner="FnApiRunner", options=PipelineOptions([]))


test_pipeline.__test__ = False  # type: ignore[attr-defined]
