"""What drafting costs of files that are made of one thing over and over.

    python -m tests.benchmarks.hostile_drafts [SIZE_BYTES]

Each file is drafted in a child of its own. A line tells its CPU seconds, the peak of its memory,
and how many samples came of it.
"""

import multiprocessing
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.file_keys import draft_rules, text_key
from transforms.samples.drafting import draft_file
from transforms.sources.source import Source


class Hostile(NamedTuple):
    """A file: its language, what it begins with, what is repeated (`@` a number), its end."""

    language: str
    head: str
    unit: str
    tail: str = ""

    def text(self, size_bytes: int) -> bytes:
        """Repeat the unit as often as it fits, at least once."""
        longest = len(self.unit.replace("@", "99999"))
        times = max(1, (size_bytes - len(self.head) - len(self.tail)) // longest)
        units = "".join(self.unit.replace("@", str(number)) for number in range(times))
        return f"{self.head}{units}{self.tail}".encode()


_BRACED = "{\n  int x = a + b * @;\n  if (x > 3) {\n    return x;\n  }\n  return a;\n}\n"
_NESTED = "".join(" " * depth + f"def f@_{depth}(a):\n" for depth in range(95))

CASES: Mapping[str, Hostile] = {
    "comments": Hostile("python", "import os\n", "# some words @\n"),
    "comments of a body": Hostile("lua", "function f()\n", "  -- some words @\n", "end\n"),
    "runs of comments": Hostile("python", "", "# word\n" * 126 + "x = @\n"),
    "functions": Hostile("javascript", "", f"function f@(a, b) {_BRACED.replace('int', 'let')}"),
    "methods": Hostile("java", "class A {\n", f"int m@(int a, int b) {_BRACED}", "}\n"),
    "typed methods": Hostile(
        "typescript",
        "class A {\n",
        "  m@(a: number, b: string): Array<number> {\n    const x: number = a + @;\n"
        "    // say in words what is done here\n    return [x, a];\n  }\n",
        "}\n",
    ),
    "documented methods": Hostile(
        "php",
        "<?php\nclass A {\n",
        "/** Return the sum of the first one and another. */\n"
        "function f@(int $a, ?string $b): int {\n  $result = $a + @;\n  return $result + $a;\n}\n",
        "}\n",
    ),
    "tests": Hostile(
        "python",
        "import unittest\nfrom a import f\n\n\nclass TestA(unittest.TestCase):\n",
        "    def test_m@(self):\n        x = f(@)\n        self.assertEqual(x, @)\n\n",
    ),
    "scripts": Hostile(
        "html", "<html>\n", f"<script>\nfunction f@(a, b) {_BRACED}</script>\n", "</html>\n"
    ),
    "nests": Hostile("python", "", f"{_NESTED}{' ' * 95}return a + 1\n"),
    "one body": Hostile("python", "def f(a, b):\n", "    x@ = a + b * @\n", "    return a\n"),
    "one switch": Hostile(
        "c", "int f(int a) {\n  switch (a) {\n", "  case @:\n    a += @;\n    break;\n", "  }\n}\n"
    ),
    "fields": Hostile("typescript", "class A {\n", "  a@: Map<string, number> = x;\n", "}\n"),
    "a table": Hostile("c", "int table[] = {\n", "  0x10, 0x20, 0x30, @,\n", "};\n"),
    "one line": Hostile("javascript", "", "function f@(a,b){if(a>b*@){return b}return a}"),
}


def cost_of(name: str, size_bytes: int) -> tuple[float, float, int]:
    """Draft a case in this process: CPU seconds, peak memory in MB, samples."""
    case = CASES[name]
    text = case.text(size_bytes)
    before = time.process_time()
    key = text_key(case.language, f"file.{case.language}", text)
    drafted = draft_file(key, Source(text, text, ""), draft_rules(Path("/")))
    cpu_s = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return cpu_s, peak, drafted.file_drafts.samples_made


def main() -> None:
    """Print a line for each case."""
    size_bytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for name in CASES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cpu_s, peak, samples = pool.apply(cost_of, (name, size_bytes))
        print(f"{name:20}{cpu_s:6.2f} s{peak:6.0f} MB{samples:5} samples", flush=True)


if __name__ == "__main__":
    main()
