"""Holds outlines against grammars' tags: `python -m tests.oracles.tags LANGUAGE|all FOLDER`.

The wheels of sixteen grammars ship a query, tags.scm, for what is worth a jump to, definitions
among it. Prints how many of these are found (recall), by name and place, in files that both
grammars parse without error, and in all. What is missed is printed by kind with examples. Tags that
are no definitions in an outline's sense are left out by kind, for the reasons in wheels/excluded.
"""

import functools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.oracles.__main__ import Oracle, Tally, ask, differences, files_of
from transforms.languages.spec import load_languages
from transforms.outlines.outline import Definition
from transforms.outlines.parse import TooDeep, outline
from transforms.sources.decoding import Undecodable, decode

LANGUAGES = (
    "c", "cpp", "csharp", "elixir", "go", "java", "javascript", "lua", "ocaml", "ocaml_interface",
    "php", "python", "ruby", "rust", "scala", "swift", "tsx", "typescript",
)  # fmt: skip
_PYTHON = "venv/bin/python"


def oracle_of(language: str) -> Oracle:
    """The program that reads a language's tags; its wheels are installed apart from ours."""
    commands = (
        (sys.executable, "-m", "venv", "venv"),
        (_PYTHON, "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"),
    )
    run = (_PYTHON, "oracle.py", language)
    return Oracle((language,), "wheels", sys.executable, commands, run)


def compare(language: str, seen: dict[str, Any], accepted: Tally, everything: Tally) -> None:
    """Hold one file's outline against its tags; count it as accepted where both parsed it."""
    raw = Path(seen["path"]).read_bytes()
    try:
        text = decode(raw).text
        found = outline(text, load_languages()[language])
    except (Undecodable, TooDeep):
        accepted.refused += 1
        return
    if not raw.endswith(text):  # in another encoding, so that places differ
        accepted.refused += 1
        return
    mark = len(raw) - len(text)
    tallies = [everything]
    if seen["has_error"] or found.root.has_error:
        accepted.refused += 1
    else:
        tallies.append(accepted)
    ours: dict[str, list[Definition]] = {}
    for definition in found.definitions:
        ours.setdefault(definition.name, []).append(definition)
    whole = has_clauses(language)
    for tally in tallies:
        tally.files += 1
        for tag in seen["definitions"]:
            where = f"{seen['path']}:{tag['line']} {tag['name']}"
            if tag["excluded"]:
                tally.agree[tag["excluded"]] += 1
                continue
            tally.theirs += 1
            candidates = ours.get(" ".join(tag["name"].split()), ())
            if any(_names(one, tag["name_start"] - mark, whole) for one in candidates):
                tally.both += 1
            else:
                tally.differ(f"missed {tag['kind']}", where)


def _names(definition: Definition, name_start: int, whole: bool) -> bool:
    """Whether a definition's name stands there: in it, and outside its body.

    Args:
      whole: whether its body may repeat the name, as the clauses of a function do.
    """
    if not definition.span.start <= name_start < definition.span.end:
        return False
    body = definition.body
    return whole or body is None or not body.start <= name_start < body.end


@functools.cache
def has_clauses(language: str) -> bool:
    """Whether definitions of the language may have several clauses."""
    spec = load_languages()[language].outline
    return spec is not None and any(definition.clauses for definition in spec.definitions)


def report(language: str, accepted: Tally, everything: Tally) -> str:
    """Figures of one language, and what is missed in the files that both accept."""
    excluded = ", ".join(f"{kind} {count}" for kind, count in accepted.agree.most_common())
    lines = [
        f"{language}: {accepted.files} files ({accepted.refused} not accepted by both), "
        f"{accepted.theirs} definitions, recall {_recall(accepted):.5f}; "
        f"in all files {everything.theirs} definitions, recall {_recall(everything):.5f}"
    ]
    lines += [f"  left out: {excluded}"] if excluded else []
    return "\n".join(lines + differences(accepted))


def _recall(tally: Tally) -> float:
    return tally.both / max(tally.theirs, 1)


def main(language: str, folders: Sequence[str]) -> None:
    """Compare one language, or all that have tags."""
    for name in LANGUAGES:
        if language in (name, "all"):
            accepted, everything = Tally(), Tally()
            for seen in ask(oracle_of(name), list(files_of(name, folders))):
                compare(name, seen, accepted, everything)
            print(report(name, accepted, everything), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
