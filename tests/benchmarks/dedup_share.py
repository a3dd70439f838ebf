"""What share of a build goes to dedup, in Beam on FnApiRunner, and how much memory a build takes.

    python -m tests.benchmarks.dedup_share FOLDER [FOLDER...]

Builds the folders with default options in one process, and adds up by stage what Beam itself says
of its steps: the execution time that its workers sample (`total_msecs`), spills and groupings
included. A single worker waits for nothing but the disposable parser, whose time is that of the
step that asks it, so its time is CPU time as long as the machine has a core to spare. Screening
also makes the fingerprints that dedup compares; their CPU time is measured apart, on the texts of
the files that reached dedup, and counted as dedup's. Memory is the peak of all processes together,
each page counted once.
"""

import collections
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import apache_beam as beam
from apache_beam.metrics.monitoring_infos import extract_counter_value

from pipeline.build import run_build
from pipeline.options import BuildOptions
from pipeline.validate.dataset import Dataset, open_dataset
from pipeline.validate.sources import Sources
from tests.benchmarks.build import PeakMemory
from tests.benchmarks.dedup_clock import batches
from transforms.similarity.minhash import band_keys, banding, signatures
from transforms.similarity.shingles import shingle_sets

_EXECUTION_TIME = "total_msecs"
_BETWEEN = "ref_"  # what the runner put in has no name of ours
_OF_DEDUP = ("Dedup", "Duplicates")


def stage_seconds(inputs: list[str], output: Path) -> dict[str, float]:
    """Build, and add up the execution time of each stage of the graph."""
    results = []
    run = beam.Pipeline.run

    def run_and_note(self: beam.Pipeline, *args: object, **options: object) -> object:
        results.append(run(self, *args, **options))
        return results[-1]

    with mock.patch.object(beam.Pipeline, "run", run_and_note):
        run_build(BuildOptions(input=tuple(inputs), output=str(output), num_workers=1), [])
    seconds: collections.Counter[str] = collections.Counter()
    for info in results[0].monitoring_infos():
        if _EXECUTION_TIME in info.urn:
            stage = info.labels["PTRANSFORM"].partition("/")[0]
            stage = "between stages" if stage.startswith(_BETWEEN) else stage
            seconds[stage] += extract_counter_value(info) / 1000
    return seconds


def fingerprint_seconds(dataset: Dataset, inputs: list[str]) -> float:
    """CPU seconds that band keys of all files that reached dedup take."""
    cut = banding(float(dataset.options["near_threshold"]))
    seconds = 0.0
    for batch in batches(_texts(dataset, Sources(inputs))):
        started = time.process_time()
        sets = [shingles for shingles in shingle_sets(batch) if len(shingles)]
        if sets:
            band_keys(signatures(sets), cut)
        seconds += time.process_time() - started
    return seconds


def _texts(dataset: Dataset, sources: Sources) -> Iterator[bytes]:
    for table in ("files", "duplicates"):
        for row in dataset.read(table):
            if row.get("level", "file") == "file":
                yield sources.text((row["source"], row["path"])) or b""


def cpu_seconds() -> float:
    """Of this process and the children that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main(inputs: list[str]) -> None:
    """Print the table as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        memory, before, started = PeakMemory(os.getpid()), cpu_seconds(), time.perf_counter()
        stages = stage_seconds(inputs, Path(folder, "out"))
        cpu, wall, peak = cpu_seconds() - before, time.perf_counter() - started, memory.stop()
        fingerprints = fingerprint_seconds(open_dataset(Path(folder, "out")), inputs)
    total = sum(stages.values())
    print("| stage | s | share |\n|---|--:|--:|")
    for stage, seconds in sorted(stages.items(), key=lambda each: -each[1]):
        print(f"| {stage} | {seconds:.1f} | {seconds / total:.1%} |")
    named = [stage for stage in stages if any(word in stage for word in _OF_DEDUP)]
    share = sum(stages[stage] for stage in named) / total + fingerprints / cpu
    print(
        f"| of Screen: fingerprints, of all CPU | {fingerprints:.1f} | {fingerprints / cpu:.1%} |"
    )
    print(f"| dedup of files and samples, fingerprints included | | {share:.1%} |")
    print(f"\n{total:.1f} s in steps, {cpu:.1f} s of CPU, {wall:.1f} s by the clock,", end=" ")
    print(f"{peak / 1e6:.0f} MB at the peak")


if __name__ == "__main__":
    main(sys.argv[1:])
