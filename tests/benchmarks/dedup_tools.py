"""What `tests.benchmarks.dedup` measures: one tool, in a process of its own.

    python -m tests.benchmarks.dedup_tools TOOL DOCUMENTS ANSWER

DOCUMENTS is a pickled list of (content key, quality, text), best rank first. ANSWER is JSON: CPU
seconds up to the end of each step, whom each removed document names (null where the tool names
none), and the peak of the process' memory in MB, documents and all.
"""

import importlib.util
import json
import os
import pickle
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.dedup_clock import THRESHOLD, Clock, Document, Removed, batches, texts_of
from tests.benchmarks.dedup_peers import PEERS
from tests.greedy import survivors
from transforms.similarity.minhash import band_keys, banding, signatures
from transforms.similarity.pairs import band_rows, candidate_pairs, distinct, keys_of
from transforms.similarity.shingles import jaccard, shingle_sets

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "near_duplicates.py"


def warpbeam(documents: Sequence[Document], clock: Clock) -> Removed:
    """This project's pure modules, as the graph calls them but for the reading of files again."""
    cut = banding(THRESHOLD)
    sets, signed = [], []
    for batch in batches(texts_of(documents)):
        new = shingle_sets(batch)
        sets += new
        signed.append(signatures(new))
    clock.step("signatures")
    keys = band_keys(np.concatenate(signed), cut).astype("<u8")
    blocks = [
        band_rows(key, quality, bands.tobytes()).tobytes()
        for (key, quality, _), bands in zip(documents, keys, strict=True)
    ]
    pairs = distinct([candidate_pairs(blocks).pairs.tobytes()])
    clock.step("candidates")
    number = {key: at for at, (key, _, _) in enumerate(documents)}
    sides = [keys_of(pairs[f"{side}_high"], pairs[f"{side}_low"]) for side in ("better", "worse")]
    numbers = ((number[a], number[b]) for a, b in zip(*sides, strict=True))
    removed = survivors(_verified(numbers, sets, jaccard), range(len(documents)))
    clock.step("survivors")
    return dict(removed)


def _verified(
    pairs: Iterable[tuple[int, int]], sets: Sequence[Any], similarity_of: Callable[..., float]
) -> dict[int, dict[int, float]]:
    near: dict[int, dict[int, float]] = {}
    for a, b in pairs:
        similarity = similarity_of(sets[a], sets[b])
        if similarity >= THRESHOLD:
            near.setdefault(a, {})[b] = similarity
            near.setdefault(b, {})[a] = similarity
    return near


def reference(documents: Sequence[Document], clock: Clock) -> Removed:
    """The reference that is shared beside a checkout."""
    spec = importlib.util.spec_from_file_location("near_duplicates", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sets, signed = [], []
    for batch in module.batches(texts_of(documents)):
        new = module.shingle_sets(batch)
        sets += new
        signed.append(module.minhash(new))
    clock.step("signatures")
    ranks = list(range(len(documents)))
    pairs = module.candidates(module.band_keys(np.concatenate(signed)), ranks)
    clock.step("candidates")
    removed = module.survivors(_verified(pairs, sets, module.jaccard), ranks)
    clock.step("survivors")
    return dict(removed)


OWN: dict[str, Callable[[Sequence[Document], Clock], Removed]] = {
    "warpbeam": warpbeam,
    "reference": reference,
}


def main(tool: str, documents: str, answer: str) -> None:
    """Run one tool once, on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with open(documents, "rb") as file:
        given = pickle.load(file)
    warm = [(key, quality, text[:2_000]) for key, quality, text in given[:3]]
    run = (OWN | PEERS)[tool]
    run(warm, Clock())  # imports, tables and caches are made once
    clock = Clock()
    removed = run(given, clock)
    found = {"steps": clock.steps, "removed": list(removed.items()), "mb": _peak_mb()}
    Path(answer).write_text(json.dumps(found))


def _peak_mb() -> float:
    """Of this process, or of its largest child.

    Of this process `getrusage` would tell no less than the peak of the one that started it.
    """
    status = Path("/proc/self/status").read_text()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(int(status.partition("VmHWM:")[2].split()[0]), children) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
