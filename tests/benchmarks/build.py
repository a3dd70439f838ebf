"""Throughput and memory of a whole build.

    python -m tests.benchmarks.build [FOLDER] [--num_workers N]

Builds the folder (by default the running Python's standard library), then two corpora of as many
files, one with files ten times as long, and prints for each: wall seconds, MB/s, CPU seconds of all
processes, and the peak of their proportional memory together. The speed is also given as a share of
what bare parsing of the same files takes on one core.
"""

import argparse
import os
import resource
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import tree_sitter_language_pack

from transforms.languages.naming import name_language

_SAMPLE_S = 0.25
_FLAT_FILES, _FUNCTIONS = 1_000, 10
_STATEMENTS = 6
_LONGER = 10


class PeakMemory:
    """The peak of the proportional set size of a process and all below it, sampled."""

    def __init__(self, process_id: int) -> None:
        self.peak_bytes = 0
        self._root = psutil.Process(process_id)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Stop watching; returns the peak in bytes."""
        self._stop.set()
        self._thread.join()
        return self.peak_bytes

    def _watch(self) -> None:
        while not self._stop.wait(_SAMPLE_S):
            total = 0
            try:
                for process in (self._root, *self._root.children(recursive=True)):
                    total += process.memory_full_info().pss
            except psutil.Error:
                continue  # one of them has just ended
            self.peak_bytes = max(self.peak_bytes, total)


def measure(corpus: Path, *options: str) -> str:
    """Build a corpus once; returns the figures as a line."""
    size_bytes = sum(path.stat().st_size for path in regular_files(corpus))
    with tempfile.TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        command = [sys.executable, "-m", "pipeline", "build", f"--input={corpus}"]
        process = subprocess.Popen(
            [*command, f"--output={folder}/out", *options], stdout=subprocess.DEVNULL
        )
        memory = PeakMemory(process.pid)
        code = process.wait()
        seconds = time.perf_counter() - started
        peak = memory.stop()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code:
        sys.exit(f"the build of {corpus} failed")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (
        f"{size_bytes / 1e6:8.1f} MB  {seconds:7.1f} s  {size_bytes / 1e6 / seconds:5.2f} MB/s  "
        f"{cpu:7.1f} CPU s  {peak / 1e6:6.0f} MB peak"
    )


def bare_parse_rate(corpus: Path) -> float:
    """MB/s of tree-sitter alone over the corpus' files in languages that are parsed, one core."""
    size_bytes, seconds = 0, 0.0
    for path in regular_files(corpus):
        text = path.read_bytes()
        language = name_language(path.name, text)
        if language is None or not language.grammar:
            continue
        parser = tree_sitter_language_pack.get_parser(language.grammar)  # type: ignore[arg-type]
        started = time.process_time()
        parser.parse(text)
        seconds += time.process_time() - started
        size_bytes += len(text)
    return size_bytes / 1e6 / seconds if seconds else 0.0


def regular_files(corpus: Path) -> Iterator[Path]:
    """Every regular file below a folder."""
    for folder, _, names in os.walk(corpus):
        for name in names:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def write_flat_corpus(root: Path, statements: int) -> Path:
    """As many files and functions as ever, each body with so many different statements."""
    for number in range(_FLAT_FILES):
        path = root / f"repo{number % 40}/module{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_function(number, at, statements) for at in range(_FUNCTIONS)))
    return root


def _function(number: int, at: int, statements: int) -> str:
    name = f"combine_{number}_{at}"
    body = "".join(
        f"    total += scale(first, {number + step}) * {at + 1} - second[{step * 7 + at}]\n"
        for step in range(statements)
    )
    return (
        f"def {name}(first, second):\n"
        f'    """Combine two numbers in the way of {name}."""\n'
        f"    total = first * {number + 3}\n{body}    return total - {at * 7 + number}\n\n\n"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(sysconfig.get_path("stdlib")))
    parser.add_argument("--num_workers", default="2")
    given = parser.parse_args()
    workers = f"--num_workers={given.num_workers}"
    print(f"corpus       {measure(given.folder, workers)}", flush=True)
    print(f"bare parse   {bare_parse_rate(given.folder):.2f} MB/s on one core", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        short = write_flat_corpus(Path(folder, "short"), _STATEMENTS)
        long = write_flat_corpus(Path(folder, "long"), _STATEMENTS * _LONGER)
        print(f"{_FLAT_FILES} files   {measure(short, workers)}", flush=True)
        print(f"{_LONGER}x bodies   {measure(long, workers)}", flush=True)


if __name__ == "__main__":
    main()
