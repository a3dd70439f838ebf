"""Every grammar under hostile files: no hung job, no dead job, no file out of the ledger.

    python -m tests.benchmarks.torture [--only PASS] [--grammar NAME]... [FOLDER_OF_FILES...]

The files are those of `tests.benchmarks.hostile`, the adversarial set of the shared corpus where it
is there, and those of the folders given: each for every one of the parser's grammars, as a file of
that language. They go through

- DraftSamples, all of them, for gates would keep most of them from the parser. Each must come out
  drafted or as a reject, within the limits of CPU, time and memory; no process and no open file may
  be left.
- a whole build, which must end, publish, and pass `warpbeam validate`.

Prints a table by grammar; exits with 1 if anything did not hold.
"""

import argparse
import collections
import json
import multiprocessing
import os
import sys
import tempfile
import time
import typing
from collections.abc import Sequence
from pathlib import Path

import tree_sitter_language_pack

from tests.benchmarks.hostile import adversarial_folder, foreign_texts, made_texts, texts_of
from tests.benchmarks.torture_build import torture_build
from tests.benchmarks.torture_draft import LIMITS, Cost, torture_drafts
from transforms.languages.spec import load_languages
from transforms.rows import Reason

# Beyond its limits a file may cost: the start of a child, the second for which CPU time is rounded
# up, and, where it ends a child that had served others, the same again in a fresh one.
_MOST_CPU_S = 2 * (LIMITS.cpu_s + 2.5)
_MOST_WALL_S = 2 * (10 * LIMITS.cpu_s + 5)
_MOST_MEMORY_MB = LIMITS.memory_mb + 64  # what a child has before its first call
_MOST_PARENT_S = 2.0
_MOST_NOISE_BYTES = 10_000  # for all files of a grammar
_REASONS = (Reason.PARSER_TIMEOUT, Reason.PARSER_CRASH, Reason.PARSER_MEMORY)


def main(folders: list[Path], only: str = "", grammars: Sequence[str] = ()) -> int:
    """Run both passes, or one; with all grammars, or some. Returns the exit code."""
    started = time.time()
    languages = languages_by_grammar()
    faults = missing_grammars(set(languages))
    languages = {one: languages[one] for one in grammars or languages}
    with tempfile.TemporaryDirectory() as scratch:
        adversarial = adversarial_folder(Path(scratch, "adversarial"))
        texts = made_texts() | dict(foreign_texts())
        for folder in (*folders, *([adversarial] if adversarial else [])):
            texts |= dict(texts_of(folder))
        print(f"{len(languages)} grammars x {len(texts)} files", flush=True)
        if only != "build":
            faults += _drafts(languages, texts, Path(scratch, "drafts"))
            print(f"drafts: {time.time() - started:.0f} s", flush=True)
        if only != "drafts":
            faults += torture_build(languages, texts, adversarial, Path(scratch, "build"), LIMITS)
    print(f"{time.time() - started:.0f} s in all, on {os.cpu_count()} cores")
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


def languages_by_grammar() -> dict[str, str]:
    """For each grammar that a data file names the language; the one of its own name if it can."""
    found: dict[str, str] = {}
    for name, language in load_languages().items():
        if language.grammar and (name == language.grammar or language.grammar not in found):
            found[language.grammar] = name
    return found


def missing_grammars(named: set[str]) -> list[str]:
    """What the data files leave out of the parser's grammars."""
    offered = set(typing.get_args(tree_sitter_language_pack.SupportedLanguage))
    return [f"grammar {name}: no language has it" for name in sorted(offered - named)]


def _drafts(languages: dict[str, str], texts: dict[str, bytes], folder: Path) -> list[str]:
    """Draft all files of all languages, some languages at a time; prints the table."""
    for name, text in texts.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(text)
    faults, everything = [], []
    print("grammar files drafted timeout crash memory other worst_CPU_s worst_s worst_MiB noise")
    with multiprocessing.get_context("spawn").Pool(maxtasksperchild=20) as pool:
        tasks = [(grammar, language, str(folder)) for grammar, language in languages.items()]
        for grammar, costs, left, noise in pool.imap_unordered(torture_drafts, tasks):
            everything += costs
            faults += [f"{grammar}: {one}" for one in (*left, *_broken(costs, len(texts)))]
            if len(noise) > _MOST_NOISE_BYTES:
                faults.append(f"{grammar}: {len(noise)} bytes printed: {noise[:500]}")
            print(grammar, _row(costs), len(noise), flush=True)
    print("all", _row(everything))
    return faults


def _row(costs: list[Cost]) -> str:
    outcomes = collections.Counter(cost.outcome for cost in costs)
    known = [outcomes.pop("drafted", 0), *(outcomes.pop(reason, 0) for reason in _REASONS)]
    other = json.dumps(outcomes).replace(" ", "") if outcomes else "-"
    return (
        f"{len(costs)} {' '.join(map(str, known))} {other}"
        f" {max(cost.cpu_s for cost in costs):.1f} {max(cost.wall_s for cost in costs):.1f}"
        f" {max(cost.memory_mb for cost in costs):.0f}"
    )


def _broken(costs: list[Cost], count: int) -> list[str]:
    """Which of the promises do not hold for the files of a language."""
    broken = [] if len(costs) == count else [f"{len(costs)} of {count} files came out"]
    for cost in costs:
        if cost.outcome not in ("drafted", Reason.CHANGED, *_REASONS):
            broken.append(f"{cost.path}: {cost.outcome}: {cost.detail}")
        for what, used, most in (
            ("s of CPU", cost.cpu_s, _MOST_CPU_S),
            ("s", cost.wall_s, _MOST_WALL_S),
            ("MiB", cost.memory_mb, _MOST_MEMORY_MB),
            ("s of CPU in the parent", cost.parent_s, _MOST_PARENT_S),
        ):
            if used > most:
                broken.append(f"{cost.path}: {used:.1f} {what}, and {most:.1f} are allowed")
    return broken


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.torture")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER_OF_FILES")
    parser.add_argument("--only", choices=("drafts", "build"), default="")
    parser.add_argument("--grammar", action="append", default=[], metavar="NAME")
    given = parser.parse_args()
    sys.exit(main(given.folders, given.only, given.grammar))
