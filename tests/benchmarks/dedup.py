"""Speed and answers of near-duplicate detection, outside Beam, against its peers in one run.

    python -m tests.benchmarks.dedup FOLDER [--megabytes 40] [--rounds 3] [TOOL...]

Takes files of a folder in the order of their names' hashes until they are so many megabytes, and
edited copies of them (`edits.py`); what screening accepts of both is
given to every tool, each content once, best rank first (`dedup_tools.py`, `dedup_peers.py`).

A tool runs in a process of its own, bound to one core. Of several rounds, in which all take their
turns, the fastest counts; a tool that takes more than 20 seconds runs once. Time is CPU time of
the process with its threads and children, without imports and without reading the documents:

    signatures  MB/s of text up to all signatures; shingles are made on the way
    candidates  up to all candidate pairs; of a peer, up to its answer: which documents go
    survivors   up to verified pairs and survivors; no peer verifies a pair exactly

Answers are held against the exact truth of the same documents (`truth.py`): removed, recall,
precision, and the shares of the removed that are orphans and that name the best. A peer that names
no survivor is given the benefit of the doubt: its precision is the share of what it removed that
is near any document.

Peers are installed below build/peers/dedup at the versions named here, and skipped where they
cannot be; the reference is skipped where it is not shared beside the checkout. Exit code 1 where
this project is at less than 0.9 of the reference's speed up to survivors, or behind a peer up to
its answer; a peer that is fed with this project's own hashes is shown and not judged, since what is
timed then is mostly this project.
"""

import argparse
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import truth
from tests.benchmarks.build import regular_files
from tests.benchmarks.dedup_clock import BANDS, ROWS, THRESHOLD, Document, batches, texts_of
from tests.benchmarks.dedup_peers import PEERS
from tests.benchmarks.dedup_tools import OWN, REFERENCE
from tests.benchmarks.edits import write_edits
from transforms.records import Entry, Place
from transforms.similarity.minhash import Banding
from transforms.similarity.shingles import shingle_sets
from transforms.sources.inputs import Input
from transforms.sources.reading import read_source
from transforms.sources.screening import ScreenRules, screen

_NUMPY = "numpy>=2,<3"  # which shingles are made with
_PACKAGES = {
    "datasketch": ("datasketch==2.0.0",),
    "rensa": ("rensa==0.5.0",),
    "gaoya": ("gaoya==0.2.2",),
    "datatrove": ("datatrove[io,processing]==0.10.1", "spacy==3.8.18"),
}
_ENVIRONMENT = Path("build/peers/dedup").absolute()
_PATIENCE_S = 900
_ONCE_S = 20
_ALL_EDITS_BYTES = 160e6  # of so much text all edits of `edits.py` are made; of less, fewer
_OF_REFERENCE = 0.9
_ONE_THREAD = dict.fromkeys(
    ("RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TQDM_DISABLE"), "1"
)
_STEPS = ("signatures", "candidates", "survivors")
_HEAD = (
    "tool signatures candidates survivors memory_MB removed recall precision orphans best".split()
)

Answer = dict[str, Any]


def documents_of(folder: Path, size_bytes: int) -> list[Document]:
    """What screening accepts of so much of a folder and of edited copies, best rank first."""
    with tempfile.TemporaryDirectory() as root:
        for path in _some_files(folder, size_bytes):
            copy = Path(root, "files", path.relative_to(folder))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
        write_edits(
            Path(root, "files"), Path(root, "edits"), round(_ALL_EDITS_BYTES / size_bytes) or 1
        )
        rules = ScreenRules((Input("in", os.fsencode(root)),), 1_000_000, Banding(BANDS, ROWS))
        found = {}
        for path in sorted(regular_files(Path(root))):
            name = str(path.relative_to(root))
            place = Place(0, os.fsencode(name))
            entry = Entry(place, "in", "", name, path.stat().st_size, "", "")
            for file in screen([entry], rules).files:
                if file.bands:  # else it has no token
                    text = read_source(rules.inputs, file, rules.max_file_bytes).text
                    found[file.content_key] = (file.content_key, file.quality, text)
    return sorted(found.values(), key=lambda document: (-document[1], document[0]))


def _some_files(folder: Path, size_bytes: int) -> Iterator[Path]:
    def order(path: Path) -> bytes:
        return hashlib.blake2b(bytes(path.relative_to(folder)), digest_size=8).digest()

    for path in sorted(regular_files(folder), key=order):
        if size_bytes > 0:
            yield path
            size_bytes -= path.stat().st_size


def environment(tool: str) -> Path | None:
    """The Python that has a tool's packages; None, and a word of why, where there is none."""
    if tool in OWN:
        if tool == "reference" and not REFERENCE.is_file():
            print("SKIPPED reference: it is not shared beside this checkout", flush=True)
            return None
        return Path(sys.executable)
    python = _ENVIRONMENT / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_ENVIRONMENT)], check=True)
    packages = _PACKAGES[tool.partition("_")[0]]
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*install, _NUMPY, *packages], capture_output=True, text=True)
    if done.returncode:
        print(f"SKIPPED {tool}: {' '.join(packages)} cannot be installed", flush=True)
        print(done.stderr[-500:], flush=True)
        return None
    return python


def run_tool(tool: str, python: Path, documents: Path) -> Answer | None:
    """A tool's answer; None, and a word of why, where it fails."""
    answer = documents.with_name("answer")
    command = [str(python), "-m", "tests.benchmarks.dedup_tools", tool, str(documents), str(answer)]
    try:
        done = subprocess.run(
            command,
            env=os.environ | _ONE_THREAD,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        print(f"SKIPPED {tool}: it did not end in {_PATIENCE_S} s", flush=True)
        return None
    if done.returncode:
        print(f"SKIPPED {tool}: {done.stderr.strip()[-500:]}", flush=True)
        return None
    return dict(json.loads(answer.read_text()))


def run_rounds(tools: Iterable[str], documents: Path, rounds: int) -> dict[str, Answer]:
    """Each tool's answer, with the fastest of its steps."""
    pythons = {tool: python for tool in tools if (python := environment(tool)) is not None}
    answers: dict[str, Answer] = {}
    for number in range(rounds):
        for tool, python in pythons.items():
            best = answers.get(tool)
            if number and (best is None or max(best["steps"].values()) > _ONCE_S):
                continue
            answer = run_tool(tool, python, documents)
            if answer is not None:
                steps = (best or answer)["steps"]
                answer["steps"] = {
                    name: min(seconds, steps[name]) for name, seconds in answer["steps"].items()
                }
                answers[tool] = answer
    return answers


def row(tool: str, answer: Answer, size_bytes: int, scores: truth.Scores) -> list[str]:
    """A tool's line of the table."""
    speeds = [
        f"{size_bytes / 1e6 / answer['steps'][step]:.1f}" if step in answer["steps"] else "-"
        for step in _STEPS
    ]
    return [
        tool.replace("_", ", "),
        *speeds,
        f"{answer['mb']:.0f}",
        str(scores.removed),
        f"{scores.recall:.3f}",
        f"{scores.precision:.3f}",
        f"{scores.orphan_ratio:.3f}",
        "-" if scores.best_survivors is None else f"{scores.best_ratio:.3f}",
    ]


def verdict(answers: dict[str, Answer]) -> list[str]:
    """What does not hold of the speeds."""
    own = answers["warpbeam"]["steps"]["survivors"]
    faults = []
    for tool, answer in answers.items():
        seconds = max(answer["steps"].values())
        if tool == "reference" and own * _OF_REFERENCE > seconds:
            faults.append(f"at {seconds / own:.2f} of the reference's speed")
        elif tool in PEERS and not tool.endswith("_hashes") and own > seconds:
            faults.append(f"behind {tool}: {own:.2f} s, not {seconds:.2f} s")
    return faults


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("tools", nargs="*", metavar="TOOL")
    parser.add_argument("--megabytes", type=float, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    documents = documents_of(given.folder, int(given.megabytes * 1e6))
    texts = texts_of(documents)
    size_bytes = sum(map(len, texts))
    sets = [shingles for batch in batches(texts) for shingles in shingle_sets(batch)]
    ranks = range(len(documents))
    edges = truth.exact_edges(sets, THRESHOLD)
    pairs = sum(map(len, edges.values())) // 2
    print(f"{len(documents):,} documents, {size_bytes / 1e6:.1f} MB, {pairs:,} pairs", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "documents")
        path.write_bytes(pickle.dumps(documents))
        tools = given.tools or [*OWN, *PEERS]
        answers = run_rounds(dict.fromkeys(["warpbeam", *tools]), path, given.rounds)
    print("\n| " + " | ".join(_HEAD) + " |\n|---|" + "--:|" * (len(_HEAD) - 1))
    for tool in sorted(answers, key=[*OWN, *PEERS].index):
        scores = truth.score(edges, ranks, dict(answers[tool]["removed"]))
        print("| " + " | ".join(row(tool, answers[tool], size_bytes, scores)) + " |")
    faults = verdict(answers)
    print("".join(f"\nFAULT: {fault}" for fault in faults) or "\nall holds")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
