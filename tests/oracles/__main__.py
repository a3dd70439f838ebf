"""Holds outlines against the languages' own parsers: `python -m tests.oracles LANGUAGE|all FOLDER`.

Prints how many of the definitions that the other parser finds are found (recall), and how many of
those found it finds too (precision), by name, line and kind; and how often parameters, last lines
and docs agree. Only files count that both accept. What differs is printed by kind with examples.
Each oracle is a small program that reads file names and prints JSON lines; it is built below
build/oracles on first use.
"""

import collections
import dataclasses
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from transforms.languages.naming import name_language
from transforms.languages.spec import load_languages
from transforms.outlines.outline import Definition
from transforms.outlines.parse import TooDeep, outline
from transforms.sources.decoding import Undecodable, decode

HERE = Path(__file__).parent
BUILD = Path("build/oracles").absolute()
_EXAMPLES = 6
_BLANK_LINE = re.compile(rb"\n[ \t\r]*\n[ \t]*\Z")
_WORD = re.compile(rb"\w+")


@dataclasses.dataclass(frozen=True, slots=True)
class Oracle:
    """A program that prints what another parser sees.

    Attributes:
      tool: the program it needs, to be on the path.
      build: commands that make it, run where its sources were copied to.
      run: the command that runs it there.
    """

    languages: tuple[str, ...]
    folder: str
    tool: str
    build: tuple[tuple[str, ...], ...]
    run: tuple[str, ...]


ORACLES = (
    Oracle(("python",), ".", sys.executable, (), (sys.executable, str(HERE / "python_ast.py"))),
    Oracle(("go",), "go", "go", (("go", "build", "-o", "oracle", "."),), ("./oracle",)),
    Oracle(
        ("javascript", "typescript", "tsx"),
        "typescript",
        "npm",
        (("npm", "install", "--silent", "--no-audit", "--no-fund"),),
        ("node", "--stack-size=4000", "oracle.js"),
    ),
    Oracle(("java",), "java", "javac", (("javac", "Oracle.java"),), ("java", "Oracle")),
    Oracle(
        ("rust",),
        "rust",
        "cargo",
        (("cargo", "build", "--quiet", "--release"),),
        ("target/release/oracle",),
    ),
)


@dataclasses.dataclass(slots=True)
class Tally:
    """What agreed and what did not.

    Attributes:
      agree: for parameters, end_line and doc, [of the definitions both found, those that agree].
      differences: by kind of difference, how many, and examples.
    """

    files: int = 0
    refused: int = 0
    both: int = 0
    ours: int = 0
    theirs: int = 0
    agree: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    differences: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    examples: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    def differ(self, kind: str, example: str) -> None:
        """Count a difference."""
        self.differences[kind] += 1
        self.examples.setdefault(kind, []).append(example)


def files_of(language: str, folders: Sequence[str]) -> Iterator[str]:
    """The files of a language below folders; those of other names are not opened."""
    spec = load_languages()[language]
    endings = tuple(f".{extension}" for extension in spec.extensions)
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.name.endswith(endings) and path.is_file() and not path.is_symlink():
                if path.stat().st_size > 1_000_000:
                    continue
                named = name_language(path.name, path.read_bytes())
                if named is not None and named.name == language:
                    yield str(path)


@functools.cache
def build(folder: str, commands: Sequence[Sequence[str]]) -> Path:
    """Make an oracle's program, once in a process; returns where it is."""
    where = BUILD / folder
    if commands:
        shutil.copytree(HERE / folder, where, dirs_exist_ok=True)
    else:
        where.mkdir(parents=True, exist_ok=True)
    for command in commands:
        subprocess.run(command, cwd=where, check=True)
    return where


def ask(oracle: Oracle, paths: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What the oracle sees in each file; it is built first."""
    where = build(oracle.folder, oracle.build)
    with tempfile.TemporaryFile() as names, tempfile.TemporaryFile() as seen:
        names.write("".join(f"{os.path.abspath(path)}\n" for path in paths).encode())
        names.seek(0)
        subprocess.run(oracle.run, cwd=where, stdin=names, stdout=seen, check=True)
        seen.seek(0)
        for line in seen:
            yield json.loads(line)


def compare(language: str, seen: dict[str, Any], tally: Tally) -> None:
    """Hold one file's outline against what an oracle saw in it."""
    raw = Path(seen["path"]).read_bytes()
    try:
        text = decode(raw).text
        found = outline(text, load_languages()[language])
    except (Undecodable, TooDeep):
        tally.refused += 1
        return
    if "error" in seen or found.root.has_error:
        tally.refused += 1
        return
    tally.files += 1
    ours: dict[tuple[str, int, str], list[Definition]] = {}
    for definition in found.definitions:
        key = (definition.name, definition.start_line, definition.kind)
        ours.setdefault(key, []).append(definition)
    theirs = seen.get("definitions") or []
    for other in theirs:
        other["parameters"] = [" ".join(name.split()) for name in other["parameters"]]
    tally.ours += len(found.definitions)
    tally.theirs += len(theirs)
    for other in theirs:
        key = (other["name"], other["line"], other["kind"])
        if not ours.get(key):
            tally.differ(
                f"missed {other['kind']}", f"{seen['path']}:{other['line']} {other['name']}"
            )
            continue
        tally.both += 1
        # In a minified line many have one name.
        same = [one for one in ours[key] if _parameters(one) == other["parameters"]]
        nearest = (same or ours[key])[0]
        ours[key].remove(nearest)
        _compare_details(text, nearest, other, seen["path"], tally)
    for definition in (one for left in ours.values() for one in left):
        where = f"{seen['path']}:{definition.start_line} {definition.name}"
        tally.differ(f"added {definition.kind}", where)


def _compare_details(
    text: bytes, ours: Definition, other: dict[str, Any], path: str, tally: Tally
) -> None:
    doc = text[ours.doc.start : ours.doc.end] if ours.doc else None
    if doc is None and other["doc"] and _BLANK_LINE.search(text, 0, ours.span.start):
        tally.differ(
            "doc before a blank line, which may be about anything", f"{path}:{ours.start_line}"
        )
        other["doc"] = None
    details = {
        "parameters": (_parameters(ours), other["parameters"]),
        "end_line": (ours.end_line, other["end_line"]),
        "doc": (_words(doc), _words(other["doc"].encode() if other["doc"] else None)),
    }
    for name, (one, two) in details.items():
        tally.agree[name] += one == two
        if one != two:
            where = f"{path}:{ours.start_line} {ours.name}: {str(one)[:60]} / {str(two)[:60]}"
            tally.differ(name, where)


def _parameters(definition: Definition) -> list[str]:
    return [parameter.name for parameter in definition.details.parameters]


def _words(doc: bytes | None) -> list[bytes] | None:
    return None if doc is None else _WORD.findall(doc)


def report(language: str, tally: Tally) -> str:
    """Figures of one language, and what differs."""
    both = max(tally.both, 1)
    lines = [
        f"{language}: {tally.files} files ({tally.refused} not accepted by both), "
        f"{tally.theirs} definitions, recall {tally.both / max(tally.theirs, 1):.5f}, "
        f"precision {tally.both / max(tally.ours, 1):.5f}, "
        + ", ".join(
            f"{name} {tally.agree[name] / both:.5f}" for name in ("parameters", "end_line", "doc")
        )
    ]
    return "\n".join(lines + differences(tally))


def differences(tally: Tally) -> list[str]:
    """What differs, most frequent kinds first, with examples from all over the files."""
    lines = []
    for kind, count in tally.differences.most_common():
        lines.append(f"  {kind}: {count}")
        step = max(1, count // _EXAMPLES)
        lines += [f"    {example}" for example in tally.examples[kind][::step][:_EXAMPLES]]
    return lines


def main(language: str, folders: Sequence[str]) -> None:
    """Compare one language, or all that have an oracle."""
    for oracle in ORACLES:
        wanted = [name for name in oracle.languages if language in (name, "all")]
        if wanted and shutil.which(oracle.tool) is None:
            print(f"SKIPPED {', '.join(wanted)}: there is no {oracle.tool} here")
            continue
        for name in wanted:
            tally = Tally()
            for seen in ask(oracle, list(files_of(name, folders))):
                compare(name, seen, tally)
            print(report(name, tally), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
