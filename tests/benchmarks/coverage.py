"""How much of a corpus the outlines see: files and definitions by language.

`python -m tests.benchmarks.coverage FOLDER [LANGUAGE...]` prints, for each structured language:
files, definitions, definitions a file, the shares of files without any, of definitions with a
syntax error inside, of bytes in errors and of definitions with a doc, the kinds; and, for the
languages named, some files without definitions to look at. On each file it checks what holds of
every outline: spans nest, do not overlap, and slice the source. A file for which that fails is
printed at once, and makes the exit code 1.
"""

import collections
import dataclasses
import sys
from pathlib import Path

from tests.outlines.test_parse import check_promises
from transforms.languages.naming import name_language
from transforms.languages.spec import load_languages
from transforms.outlines.parse import TooDeep, outline
from transforms.sources.decoding import Undecodable, decode

_MAX_BYTES = 300_000


@dataclasses.dataclass
class _Seen:
    files: int = 0
    definitions: int = 0
    empty: int = 0
    with_error: int = 0
    documented: int = 0
    size: int = 0
    error_bytes: float = 0.0
    kinds: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    samples: list[str] = dataclasses.field(default_factory=list)


def main(folder: str, names: list[str]) -> int:
    """Print the table of the languages named, or of all; returns how many files break a promise."""
    seen: dict[str, _Seen] = collections.defaultdict(_Seen)
    broken = 0
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size < _MAX_BYTES:
            broken += _look(path, set(names), seen)
    print("language files definitions a_file none error_definitions error_bytes documented kinds")
    for name, row in sorted(seen.items()):
        found = max(row.definitions, 1)
        print(
            f"{name} {row.files} {row.definitions} {row.definitions / row.files:.1f}"
            f" {row.empty / row.files:.1%} {row.with_error / found:.1%}"
            f" {row.error_bytes / max(row.size, 1):.1%} {row.documented / found:.1%}"
            f" {dict(row.kinds.most_common(8))}"
        )
        for sample in row.samples[:5] if names else ():
            print("    none in", sample)
    return broken


def _look(path: Path, names: set[str], seen: dict[str, _Seen]) -> bool:
    """Count a file in; returns whether its outline breaks a promise."""
    extensions = {e for name in names for e in load_languages()[name].extensions}
    if names and path.suffix and path.suffix.lower().lstrip(".") not in extensions:
        return False
    try:
        text = decode(path.read_bytes()).text
    except Undecodable:
        return False
    language = name_language(str(path), text)
    if language is None or language.outline is None or (names and language.name not in names):
        return False
    row = seen[language.name]
    try:
        found = outline(text, language)
    except TooDeep:
        return False
    is_broken = False
    try:
        check_promises(text, found)
    except AssertionError as error:
        is_broken = True
        print("BROKEN", path, error)
    row.files += 1
    row.size += len(text)
    row.error_bytes += found.error_ratio * len(text)
    row.definitions += len(found.definitions)
    row.with_error += sum(definition.has_error for definition in found.definitions)
    row.documented += sum(definition.doc is not None for definition in found.definitions)
    row.kinds.update(definition.kind for definition in found.definitions)
    if not found.definitions:
        row.empty += 1
        row.samples.append(str(path))
    return is_broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]) > 0)
