"""What share of Python mutants changes what a package's doctests and tests say.

    python -m tests.benchmarks.mutants FOLDER [COUNT] [MORE_PATH]

FOLDER holds one or more packages, as they are installed. Of its functions and methods that have
doctests of their own, or that a test function of the folder names, COUNT are drawn by hash. Each is
mutated as the task `debug` says, in a copy of the folder, and its doctests and tests run in a
process of their own; they are run without the bug, too. MORE_PATH holds what the packages need.

This executes the packages: choose some that you trust.
"""

import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.samples.views import cuts_of, rendered, view_of
from transforms.samples.drafts import digest

_RUN = Path(__file__).with_name("mutants_run.py")
_TIMEOUT_S = 60
_MAX_TESTS = 6  # functions that name a mutant's
_TEST_FILE = re.compile(r"test_\w+\.py|\w+_test\.py")
_TEST = re.compile(rb"def test\w*\(\):")
_NAME = re.compile(r"\w{4,}")


class Mutant(NamedTuple):
    """A file with a bug in one definition.

    Attributes:
      tests: (module, function) of what names the definition.
    """

    path: Path
    name: str
    mutation: str
    text: bytes
    tests: list[tuple[str, str]]


def find_mutants(folder: Path) -> list[Mutant]:
    """List the mutants of all that has doctests, or is named in tests."""
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
            if ">>> " in written or 0 < len(tests) <= _MAX_TESTS:
                start, end = cut.span
                mutated = text[:start] + rendered(view, cut.context).encode() + text[end:]
                place = path.relative_to(folder)
                found.append(Mutant(place, name, cut.mutation, mutated, tests[:_MAX_TESTS]))
    return sorted(found, key=lambda mutant: digest(str(mutant.path), mutant.name))


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


def outcome(folder: Path, mutant: Mutant, more: str) -> list[str]:
    """Run what tells of a mutant in a process of its own: a word for each example and test."""
    asked = json.dumps([_module(mutant.path), mutant.name, mutant.tests])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(folder), more])),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, str(_RUN), asked]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, timeout=_TIMEOUT_S, capture_output=True
        )
        return list(json.loads(done.stdout.splitlines()[-1]))
    except subprocess.TimeoutExpired:
        return ["timeout"]
    except (ValueError, IndexError):
        return ["crash"]


def measure(folder: Path, count: int, more: str) -> None:
    """Print how many mutants were run, and how many changed an outcome, by operator."""
    changed: collections.Counter[str] = collections.Counter()
    ran: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "copy")
        shutil.copytree(folder, copy)
        for mutant in find_mutants(copy):
            if ran.total() == count:
                break
            path = copy / mutant.path
            original = path.read_bytes()
            before = outcome(copy, mutant, more)
            if "passed" not in before:
                continue
            path.write_bytes(mutant.text)
            after = outcome(copy, mutant, more)
            path.write_bytes(original)
            ran[mutant.mutation] += 1
            changed[mutant.mutation] += before != after
            if before == after:
                print(f"unchanged: {mutant.mutation} {mutant.path} {mutant.name}", flush=True)
    for mutation in sorted(ran):
        print(f"{mutation:24}{changed[mutation]:5} of {ran[mutation]:5}")
    print(f"{changed.total()} of {ran.total()} mutants change an outcome")


if __name__ == "__main__":
    folder, *rest = sys.argv[1:]
    measure(Path(folder), int(rest[0]) if rest else 300, rest[1] if rest[1:] else "")
