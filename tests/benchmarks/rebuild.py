"""Rebuilds with a dedup index against full builds of the same input.

    python -m tests.benchmarks.rebuild FOLDER [SHARE]

Copies the folder, builds it with a new index, then three times changes a share of its files (by
default 1 in 100): one in three gets a line more, one in three is removed, one in three comes again
under another name with a line more. After each change a full build and a rebuild with the index are
made. Prints wall and CPU seconds of both; exits with 1 where any Parquet file differs.
"""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STEPS = 3


def main(corpus: Path, share: float) -> int:
    """Print the table; the exit code."""
    print("| build | files changed | full: wall, CPU s | with index: wall, CPU s | equal |")
    print("|---|---|---|---|---|")
    is_equal = True
    with tempfile.TemporaryDirectory() as scratch:
        folder, index = Path(scratch, "corpus"), Path(scratch, "index")
        shutil.copytree(corpus, folder, symlinks=True, copy_function=os.link)
        for step in range(STEPS + 1):
            changed = change(folder, share, step) if step else 0
            full, expected = build(folder, Path(scratch, "full"))
            again, found = build(folder, Path(scratch, "again"), f"--dedup_index={index}")
            is_equal &= found == expected
            name = f"change {step}" if step else "first"
            print(f"| {name} | {changed} | {full} | {again} | {found == expected} |", flush=True)
        size_bytes = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        source_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"\nthe index holds {size_bytes / source_bytes:.2f} of the bytes of its files")
    return 0 if is_equal else 1


def change(folder: Path, share: float, step: int) -> int:
    """Change a share of a folder's files, chosen by hash; how many."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    chosen = [path for path in paths if _drawn(path.relative_to(folder), step) < share]
    for number, path in enumerate(chosen):
        text = path.read_bytes()
        path.unlink()  # a link to the corpus, which stays as it is
        if number % 3 != 1:
            new = path.with_name(f"again{step}_{path.name}") if number % 3 else path
            new.write_bytes(text + b"\n")
        if number % 3 == 2:
            path.write_bytes(text)
    return len(chosen)


def build(folder: Path, output: Path, *options: str) -> tuple[str, dict[str, str]]:
    """Build once: its times, and the sha256 of every Parquet file."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "build", f"--input=corpus={folder}"]
    command += [f"--output={output}", *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after, seconds = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - started
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    digests = {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in output.rglob("*.parquet")
    }
    return f"{seconds:.0f}, {cpu:.0f}", digests


def _drawn(path: Path, step: int) -> float:
    digest = hashlib.blake2b(f"{step} {path}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.01))
