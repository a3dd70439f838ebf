"""What decontamination finds, what it takes by mistake and what it costs.

`python -m tests.benchmarks.decontaminate FOLDER [SET...]` plants the solutions of HumanEval in
several ways and counts those found. Then it screens FOLDER, which should hold none of them, nor of
the further sets, and prints every file and every sample that would be left out, to be looked at.
Times are CPU time of one process.
"""

import collections
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.evaluation_items import WAYS, human_eval, inside
from tests.file_keys import draft_rules
from transforms.rows import Reason, Reject
from transforms.samples.drafting import draft_file
from transforms.samples.exclusion import without_evaluation
from transforms.similarity.evaluation import Exclusion, likenesses
from transforms.similarity.evaluation_index import (
    EvaluationIndex,
    EvaluationItem,
    make_index,
)
from transforms.similarity.minhash import banding
from transforms.similarity.shingles import token_hashes
from transforms.sources.evaluation_sets import read_evaluation_sets
from transforms.sources.inputs import Input
from transforms.sources.listing import batches, list_entries
from transforms.sources.reading import read_source
from transforms.sources.screening import Screened, ScreenRules, screen

NEAR = 0.85
MAX_FILE_BYTES = 1_000_000
HOST_BYTES = (20_000, 100_000)


def main(folder: str, sets: Sequence[str]) -> None:
    """Print what was planted and found, and what of the folder is left out."""
    items = human_eval()
    index = make_index(items)
    print(f"{len(items)} items, parts too short to tell:", _too_short(index))
    root = Path(folder).resolve()
    _print_planted(items, index, _hosts(root))
    if sets:
        index = make_index([*items, *read_evaluation_sets(sets)])
        print("\nwith further sets:", index.counts())
    _print_corpus(root, index)


def _too_short(index: EvaluationIndex) -> dict[str, int]:
    return dict(collections.Counter(part.name for part in index.parts if not part.is_long))


def _hosts(root: Path) -> list[str]:
    """Some large Python files that solutions are put into."""
    low, high = HOST_BYTES
    found = (path for path in sorted(root.rglob("*.py")) if low <= path.stat().st_size <= high)
    return [path.read_text("utf-8", "replace") for path, _ in zip(found, range(50), strict=False)]


def _print_planted(
    items: Sequence[EvaluationItem], index: EvaluationIndex, hosts: Sequence[str]
) -> None:
    print("\nway | found | by the item's own parts | missed | of these, samples are left out")
    for name, change in WAYS.items():
        texts = [change(item.whole) for item in items]
        _print_way(name, texts, items, index)
        within = [inside(text, hosts[n % len(hosts)]) for n, text in enumerate(texts)]
        _print_way(f"{name}, inside a larger file", within, items, index)


def _print_way(
    name: str, texts: Sequence[str], items: Sequence[EvaluationItem], index: EvaluationIndex
) -> None:
    found, own, nearly, missed = 0, 0, 0, []
    for number, text in enumerate(texts):
        (likeness,) = likenesses(index, token_hashes([text.encode()]), NEAR)
        if likeness is not None and likeness.contains(NEAR):
            found += 1
            own += likeness.part.item == number
        else:
            nearly += likeness is not None and likeness.nearly_contains(NEAR)
            missed.append(items[number].item_id.rpartition("/")[2])
    print(f"{name} | {found} | {own} | {' '.join(missed) or '-'} | {nearly}")


def _print_corpus(root: Path, index: EvaluationIndex) -> None:
    given = Input("in", bytes(root))
    entries = list_entries(0, given, "auto")
    read = [batch for _, batch in batches(entries, MAX_FILE_BYTES, lambda _: 0)]
    plain = ScreenRules((given,), MAX_FILE_BYTES, banding(NEAR))
    rules = ScreenRules((given,), MAX_FILE_BYTES, banding(NEAR), exclusion=Exclusion("", NEAR))
    screen(read[0].entries, plain)  # what is loaded once
    spent = {"without": 0.0, "with": 0.0}
    results = []
    for batch in read:
        spent["without"] += _cpu_time(lambda batch=batch: screen(batch.entries, plain))
        spent["with"] += _cpu_time(
            lambda batch=batch: results.append(screen(batch.entries, rules, evaluation=index))
        )
    size_bytes = sum(read.size_bytes for result in results for read in result.reads)
    files = sum(len(result.files) for result in results)
    print(f"\n{files} files kept of {size_bytes / 1e6:.0f} MB read")
    for name, seconds in spent.items():
        print(f"screening {name} evaluation sets: {seconds:.1f} s of CPU")
    print(f"that is {spent['with'] / spent['without'] - 1:.1%} more")
    rejects = [r for result in results for r in result.rejects if r.reason == Reason.EVALUATION]
    print(f"\n{len(rejects)} files left out")
    _print_rejects(rejects)
    samples = list(_samples(root, results, index))
    print(f"{len(samples)} samples left out")
    _print_rejects(samples)


def _cpu_time(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def _samples(root: Path, results: Sequence[Screened], index: EvaluationIndex) -> Iterator[Reject]:
    rules = draft_rules(root)
    suspects = [file for result in results for file in result.files if file.suspect]
    made = 0
    for file in suspects:
        source = read_source(rules.inputs, file, MAX_FILE_BYTES)
        drafted = draft_file(file, source, rules)
        made += len(drafted.keys)
        kept = without_evaluation(drafted, source.text, index, NEAR)
        yield from kept.rejects[len(drafted.rejects) :]
    print(f"{len(suspects)} files looked at again, of {made} samples")


def _print_rejects(rejects: Sequence[Reject]) -> None:
    counts = collections.Counter(
        (r.path, found["item"], found["part"], found["containment"])
        for r in rejects
        for found in [json.loads(r.detail)]
    )
    for (path, item, part, containment), count in sorted(counts.items()):
        print(f"  {count} {path} {item} {part} {containment}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
