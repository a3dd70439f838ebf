"""Near dedup where very many documents fall into one bucket: cost must follow their number.

    python -m tests.benchmarks.dedup_hot [--copies 25000 50000 100000] [--bucket 1000000]

Builds folders of so many copies of one file, each with one name of its own, by `python -m pipeline
build`: each pair of copies is near (0.93 and more), and most of them share each band key. Printed
are CPU seconds and peak memory of all processes of the build, and how many files stayed. Then
`candidate_pairs` gets, in a process of its own, blocks of a fourth, a half and all of so many
documents that share one band key, whose keys of another band differ, come in groups, or are equal
as well. Exit code 1 where four times as many take more than five times the CPU time or memory of a
build, or eight times those of a bucket (which is sorted, and outgrows the processor's cache), or
where a build keeps more than one copy.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.validate.dataset import open_dataset
from tests.benchmarks.build import PeakMemory
from transforms.similarity.pairs import BAND, candidate_pairs

_LINES = 40
_FOLDER_FILES = 1_000
_BUILD_GROWTH, _BUCKET_GROWTH = 5 / 4, 8 / 4  # for each time that the size grows
_CHEAP = ("--max_samples_per_file=1", "--num_workers=1")
_NEXT_KEYS = ("different", "groups of 1000", "equal")


def write_copies(folder: Path, copies: int) -> None:
    """Write copies of one file, each with one name of its own, in one of its lines."""
    lines = [
        f"    total_{at} = scale(first, {at + 3}) * {at + 1} - second[{7 * at}]"
        for at in range(_LINES)
    ]
    for number in range(copies):
        path = folder / f"{number // _FOLDER_FILES}" / f"{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        own = lines.copy()
        own[number % _LINES] = own[number % _LINES].replace("scale", f"scale_{number}")
        path.write_text("\n".join(["def combine(first, second):", *own, "    return total_0", ""]))


def measure_build(copies: int) -> tuple[float, float, int]:
    """CPU seconds and peak MB of a build of so many copies, and how many files stayed."""
    with tempfile.TemporaryDirectory() as root:
        write_copies(Path(root, "in"), copies)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "pipeline", "build", f"--input={root}/in"]
        process = subprocess.Popen(
            [*command, f"--output={root}/out", *_CHEAP], stdout=subprocess.DEVNULL
        )
        memory = PeakMemory(process.pid)
        if process.wait():
            sys.exit(f"the build of {copies} copies failed")
        peak = memory.stop()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        stayed = open_dataset(Path(root, "out")).build["accounting"]["files_used"]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, peak / 1e6, stayed


def measure_bucket(documents: int, next_keys: str) -> tuple[float, float, int]:
    """CPU seconds, peak MB and pairs of one bucket, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.dedup_hot", "--one_bucket", next_keys]
    done = subprocess.run(
        [*command, "--bucket", str(documents)], capture_output=True, text=True, check=True
    )
    cpu, peak, pairs = done.stdout.split()
    return float(cpu), float(peak), int(pairs)


def one_bucket(documents: int, next_keys: str) -> None:
    """Find the candidate pairs of documents that share a band key; print what it took."""
    draw = np.random.default_rng(7)
    rows = np.zeros(documents, BAND)
    rows["band"] = 42
    rows["worst"] = draw.integers(0, 10_000, documents)
    rows["high"], rows["low"] = draw.integers(0, 1 << 63, (2, documents), np.uint64)
    if next_keys != "equal":
        groups = documents if next_keys == "different" else documents // 1000
        rows["next"] = draw.integers(0, groups, documents)
    blocks = [part.tobytes() for part in np.array_split(rows, 10)]
    del rows
    started = time.process_time()
    pairs = len(candidate_pairs(blocks).pairs)
    cpu = time.process_time() - started
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(cpu, peak, pairs)


def growth(name: str, sizes: Sequence[int], values: Sequence[float], most: float) -> list[str]:
    """A fault where the values grow more than so many times as fast as the sizes."""
    allowed = most * sizes[-1] / sizes[0]
    if values[-1] <= allowed * values[0]:
        return []
    return [f"{name} grew {values[-1] / values[0]:.1f} times from {sizes[0]} to {sizes[-1]}"]


def main() -> None:
    """Print the figures as Markdown; exit code 1 where one does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--copies", type=int, nargs="*", default=[25_000, 50_000, 100_000])
    parser.add_argument("--bucket", type=int, default=1_000_000)
    parser.add_argument("--one_bucket", choices=_NEXT_KEYS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one_bucket:
        one_bucket(given.bucket, given.one_bucket)
        return
    faults = []
    print("| copies of one file | CPU s | peak MB | stayed |\n|--:|--:|--:|--:|")
    found = []
    for copies in given.copies:
        cpu, peak, stayed = measure_build(copies)
        found.append((cpu, peak))
        faults += [f"{stayed} of {copies} copies stayed"] if stayed != 1 else []
        print(f"| {copies:,} | {cpu:.1f} | {peak:.0f} | {stayed} |", flush=True)
    for name, values in zip(("CPU time", "memory"), zip(*found, strict=True), strict=False):
        faults += growth(f"{name} of a build", given.copies, values, _BUILD_GROWTH)
    print("\n| equal band keys | next keys | CPU s | peak MB | pairs |\n|--:|---|--:|--:|--:|")
    sizes = [given.bucket // 4, given.bucket // 2, given.bucket]
    for next_keys in _NEXT_KEYS:
        buckets = [measure_bucket(size, next_keys) for size in sizes]
        for size, (cpu, peak, pairs) in zip(sizes, buckets, strict=True):
            print(f"| {size:,} | {next_keys} | {cpu:.2f} | {peak:.0f} | {pairs:,} |", flush=True)
        for at, name in enumerate(("CPU time", "memory", "pairs")):
            values = [each[at] for each in buckets]
            faults += growth(f"{name} of a bucket, {next_keys}", sizes, values, _BUCKET_GROWTH)
    print("".join(f"\nFAULT: {fault}" for fault in faults) or "\nall holds")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
