"""File dedup of a whole build against the exact truth.

    python -m tests.benchmarks.dedup_truth FOLDER [--wide] [--near_threshold T] [--num_workers N]

Builds the folder together with edited copies of its files (`edits.py`: eight kinds of edits at all
similarities from 0.6 to 1, chains, clusters) by `python -m pipeline build`, and reads what dedup
did in its tables. What it should have done is known from an exact join on prefixes over all files
that reached dedup, itself held against brute force on a thousand of them. Files that were rejected
at read or screen never reach it and do not count; the copies of one content are one document, since
exact dedup leaves one of them. `--wide` adds clusters of 100 to 400 copies whose similarities lie
around the threshold: in buckets that are too large not all of their pairs are candidates, which the
bands' curve knows nothing of.

It prints the figures of `truth.Scores`, and ends with exit code 1 unless

    recall     >= 0.995
    precision  1
    orphans    0
    best       1: every removed document names the best that stayed and is near it
    leaks      no more than the bands' curve says: its expectation and three standard deviations
    exact      of each content one copy stays, or none where the content was removed as near
"""

import argparse
import collections
import dataclasses
import itertools
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.validate.dataset import Dataset, open_dataset
from pipeline.validate.sources import Sources
from tests.benchmarks import truth
from tests.benchmarks.edits import Copy, similarity_histogram, write_edits
from transforms.similarity.minhash import banding
from transforms.similarity.shingles import Hashes, jaccard, shingle_sets

_LEAST_RECALL = 0.995
_BEFORE_DEDUP = ("read", "screen")
# As little as possible after dedup.
_CHEAP = ("--max_samples_per_file=1", "--target_per_language=1")


@dataclasses.dataclass(slots=True)
class Documents:
    """The distinct contents that reached dedup, and what became of them.

    Attributes:
      keys: content keys, hex; a document's number is its place here.
      sets: shingles of each.
      ranks: rank of the best copy of each.
      removed: whom each document removed as near names.
      faults: what is wrong with exact dedup.
    """

    keys: list[str]
    sets: list[Hashes]
    ranks: list[Any]
    removed: dict[int, int | None]
    faults: list[str]


def build(inputs: Sequence[str], output: Path, options: Sequence[str]) -> Dataset:
    """Build a dataset from inputs with little drafting."""
    command = [sys.executable, "-m", "pipeline", "build", f"--output={output}", *_CHEAP, *options]
    command += [f"--input={each}" for each in inputs]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
        sys.exit("the build failed")
    return open_dataset(output)


def read_documents(dataset: Dataset, sources: Sources) -> Documents:
    """Read from a build's tables what reached dedup, and what it did."""
    kept: collections.Counter[str] = collections.Counter()
    copies: dict[str, list[Any]] = collections.defaultdict(list)
    survivors: dict[str, set[str]] = collections.defaultdict(set)
    faults = []
    for row in dataset.read("rejects"):
        if row["level"] == "file" and row["stage"] not in _BEFORE_DEDUP:
            sys.exit(f"{row['path']} was rejected after dedup, and its quality is not known")
    for row in dataset.read("files"):
        kept[row["content_key"]] += 1
        copies[row["content_key"]].append(_rank(row, row["content_key"], row["file_quality"]))
    for row in dataset.read("duplicates"):
        if row["level"] != "file":
            continue
        copies[row["id"]].append(_rank(row, row["id"], row["quality"]))
        if row["kind"] == "near":
            survivors[row["id"]].add(row["survivor_id"])
        elif row["id"] != row["survivor_id"]:
            faults.append(f"{row['path']} is no exact copy of {row['survivor_path']}")
    faults += [
        f"of the content {key} {kept[key]} stayed and {len(survivors[key])} survivors are named"
        for key in copies
        if (kept[key], len(survivors[key])) not in ((1, 0), (0, 1))
    ]
    keys = sorted(copies)
    number = {key: at for at, key in enumerate(keys)}
    texts = [sources.text((min(copies[key])[2], min(copies[key])[4])) or b"" for key in keys]
    return Documents(
        keys=keys,
        sets=[shingles for text in texts for shingles in shingle_sets([text])],
        ranks=[min(copies[key]) for key in keys],
        removed={number[key]: number.get(min(survivors[key])) for key in keys if survivors[key]},
        faults=faults,
    )


def _rank(row: dict[str, Any], key: str, quality: float) -> Any:
    return -quality, key, row["source"], row["repo"], row["path"]


def some_documents(edges: truth.Edges, documents: int, count: int = 1_000) -> list[int]:
    """Documents to compare one by one: half of them with near duplicates, half of all."""
    near = sorted(edges)
    return sorted(
        {
            *near[:: max(1, 2 * len(near) // count)],
            *range(0, documents, max(1, 2 * documents // count)),
        }
    )


def show_edits(copies: Sequence[Copy]) -> None:
    """Print how similar the edited copies are to what they were edited from."""
    print("| edit | copies | <.6 | .6 | .65 | .7 | .75 | .8 | .85 | .9 | .95-1 |")
    print("|---|" + "--:|" * 10)
    found: dict[str, list[float]] = collections.defaultdict(list)
    for copy in copies:
        pair = shingle_sets([copy.source.read_bytes(), copy.path.read_bytes()])
        found[copy.kind].append(jaccard(*pair))
    found["all"] = [each for similarities in found.values() for each in similarities]
    for kind, similarities in found.items():
        cells = [kind, len(similarities), *similarity_histogram(similarities)]
        print("| " + " | ".join(map(str, cells)) + " |")


def show_scores(scores: truth.Scores, expected_leaks: float, most_leaks: int) -> None:
    """Print what dedup did against what it should have."""
    print("| pairs | removed | recall | precision | leaks | orphans | best | unlike the greedy |")
    print("|" + "--:|" * 8)
    print(
        f"| {scores.pairs} | {scores.removed} | {scores.recall:.5f} | {scores.precision:.5f} |"
        f" {scores.leaks} | {scores.orphans} | {scores.best_ratio:.5f} | {scores.differ} |"
    )
    print(f"\nThe bands' curve expects {expected_leaks:.2f} leaks; {most_leaks} are allowed.")


def show_leaks(edges: truth.Edges, documents: Documents, most: int = 10) -> None:
    """Print pairs of which both stayed."""
    for a, b in itertools.islice(truth.leaks(edges, documents.removed), most):
        names = (documents.ranks[a][-1], documents.ranks[b][-1])
        print(f"LEAK {edges[a][b]:.4f} {' and '.join(names)}")


def offences(documents: Documents, scores: truth.Scores, most_leaks: int) -> list[str]:
    """What does not hold."""
    held = {
        f"recall {scores.recall:.5f} is below {_LEAST_RECALL}": scores.recall >= _LEAST_RECALL,
        f"precision is {scores.precision:.5f}": scores.true_survivors == scores.removed,
        f"{scores.leaks} leaks are more than {most_leaks}": scores.leaks <= most_leaks,
        f"{scores.orphans} orphans": not scores.orphans,
        f"best survivors are {scores.best_ratio:.5f}": scores.best_survivors == scores.removed,
        "nothing was removed": bool(scores.removed),
    }
    return [*documents.faults[:10], *(offence for offence, holds in held.items() if not holds)]


def main() -> None:
    """Print the figures; exit code 1 where one does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--near_threshold", type=float, default=0.85)
    parser.add_argument("--num_workers", default="2")
    given = parser.parse_args()
    threshold, started = given.near_threshold, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        edited = Path(folder, "edits")
        copies = write_edits(given.folder, edited, with_wide=given.wide)
        show_edits(copies)
        inputs = [f"corpus={given.folder}", f"edits={edited}"]
        options = [f"--near_threshold={threshold}", f"--num_workers={given.num_workers}"]
        dataset = build(inputs, Path(folder, "out"), options)
        print(f"\nbuilt after {time.perf_counter() - started:.0f} s", flush=True)
        documents = read_documents(dataset, Sources(inputs))
    edges = truth.exact_edges(documents.sets, threshold)
    checked = some_documents(edges, len(documents.keys))
    wrong = truth.differs_from_brute_force(edges, documents.sets, checked, threshold)
    print(
        f"{len(documents.keys):,} documents joined after {time.perf_counter() - started:.0f} s;"
        f" {len(checked):,} of them compared one by one: {len(wrong)} pairs differ\n"
    )
    scores = truth.score(edges, documents.ranks, documents.removed)
    expected = truth.expected_leaks(edges, documents.ranks, banding(threshold))
    most = math.floor(expected + 3 * math.sqrt(expected))
    show_scores(scores, expected, most)
    show_leaks(edges, documents)
    faults = [f"the join differs from brute force: {wrong[:5]}"] if wrong else []
    faults += offences(documents, scores, most)
    print("".join(f"\nFAULT: {fault}" for fault in faults) or "\nall holds")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
