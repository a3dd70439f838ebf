"""What share of Python mutants changes what a package's doctests and tests say.

    python -m tests.benchmarks.mutants FOLDER [COUNT] [MORE_PATH]

FOLDER holds one or more packages, as they are installed. Of its functions and methods that have
doctests of their own, or that a few test functions of the folder name, COUNT are drawn by hash, of
those that these run.
Each is mutated as the task `debug` says, in the memory of a process of its own, and its doctests
and tests run; they run without the bug, too. MORE_PATH holds what the packages need.

This executes the packages: choose some that you trust.
"""

import collections
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.samples.views import cuts_of, rendered, view_of
from transforms.samples.drafts import digest

_RUN = Path(__file__).with_name("mutants_run.py")
_MAX_TESTS = 3  # functions that name a mutant's
_TEST_FILE = re.compile(r"test_\w+\.py|\w+_test\.py")
_TEST = re.compile(rb"def test\w*\(\):")
_NAME = re.compile(r"\w{4,}")


class Mutant(NamedTuple):
    """A file with a bug in one definition.

    Attributes:
      tests: (module, function) of what names the definition.
    """

    module: str
    name: str
    mutation: str
    text: str
    tests: list[tuple[str, str]]


def find_mutants(folder: Path) -> list[Mutant]:
    """List the mutants of all that has doctests, or is named in a few tests."""
    naming = _tests_by_name(folder)
    found = []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_bytes()
        if "tests" in path.parts or _TEST_FILE.fullmatch(path.name) or not text.isascii():
            continue
        view = view_of(text)
        for name, cut in cuts_of(view, "debug").items():
            written = rendered(view, cut.target)
            tests = naming.get(name.rpartition(".")[2], [])
            tests = tests if len(tests) <= _MAX_TESTS else []
            if ">>> " in written or tests:
                start, end = cut.span
                mutated = text[:start] + rendered(view, cut.context).encode() + text[end:]
                module = _module(path.relative_to(folder))
                found.append(Mutant(module, name, cut.mutation, mutated.decode(), tests))
    return sorted(found, key=lambda mutant: digest(mutant.module, mutant.name))


def _tests_by_name(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """List the test functions without parameters that hold each name."""
    naming: dict[str, list[tuple[str, str]]] = collections.defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        if not _TEST_FILE.fullmatch(path.name):
            continue
        text = path.read_bytes()
        for definition in view_of(text).outline.definitions:
            if definition.parent is None and _TEST.match(text, definition.span.start):
                body = text[definition.span.start : definition.span.end].decode(errors="replace")
                for name in set(_NAME.findall(body)):
                    naming[name].append((_module(path.relative_to(folder)), definition.name))
    return naming


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def outcomes(
    folder: Path, mutants: list[Mutant], more: str
) -> Iterator[tuple[Mutant, list[str], list[str]]]:
    """Yield for each mutant that is run how all ends without the bug and with it."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(folder.resolve()), more])),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with tempfile.TemporaryDirectory() as scratch:
        jobs = Path(scratch, "jobs")
        jobs.write_text("".join(f"{json.dumps(mutant._asdict())}\n" for mutant in mutants), "utf-8")
        command = [sys.executable, str(_RUN), str(jobs)]
        with subprocess.Popen(
            command,
            cwd=scratch,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as runner:
            for mutant, line in zip(mutants, runner.stdout or (), strict=False):
                ended = json.loads(line)
                if len(ended) == 3 and "passed" in ended[0] and ended[2] != ["no function"]:
                    yield mutant, ended[0], ended[2]
            runner.kill()


def measure(folder: Path, count: int, more: str) -> None:
    """Print how many mutants were run, and how many changed an outcome, by operator."""
    changed: collections.Counter[str] = collections.Counter()
    ran: collections.Counter[str] = collections.Counter()
    found = outcomes(folder, find_mutants(folder)[: 4 * count], more)
    for mutant, before, after in itertools.islice(found, count):
        ran[mutant.mutation] += 1
        changed[mutant.mutation] += before != after
        said = "changed" if before != after else "unchanged"
        print(f"{said}: {mutant.mutation} {mutant.module} {mutant.name}", flush=True)
    for mutation in sorted(ran):
        print(f"{mutation:24}{changed[mutation]:5} of {ran[mutation]:5}")
    print(f"{changed.total()} of {ran.total()} mutants change an outcome")


if __name__ == "__main__":
    folder, *rest = sys.argv[1:]
    measure(Path(folder), int(rest[0]) if rest else 300, rest[1] if rest[1:] else "")
