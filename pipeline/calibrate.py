"""Make the table of difficulty from a corpus: `python -m pipeline.calibrate PATH...`.

The quantiles of the scores of all functions and methods that are worth a sample, for each language
with enough of them; of all languages together for the default.
"""

import collections
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from transforms.languages.naming import name_language
from transforms.languages.spec import Language
from transforms.outlines.parse import TooDeep, outline
from transforms.samples.cuts import SourceView
from transforms.samples.difficulty import (
    DEFAULT,
    NUM_STEPS,
    Quantiles,
    score,
    write_difficulty,
)
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, has_substance
from transforms.sources.decoding import Undecodable, decode

MIN_DEFINITIONS = 200
TABLE = Path(__file__).parent.parent / "transforms" / "samples" / "difficulty.toml"

_MAX_FILE_BYTES = 1 << 20


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False))
@click.option("--max_files", default=500, show_default=True, help="Most files of a language.")
@click.option("--output", default=TABLE, type=click.Path(path_type=Path), help="The table's file.")
def main(paths: Sequence[str], max_files: int, output: Path) -> None:
    """Write the table of difficulty that the files below PATHS give."""
    table = make_table(scores_by_language(paths, max_files))
    output.write_text(write_difficulty(table), "utf-8")
    click.echo(f"{output}: {len(table) - 1} languages, {table[DEFAULT].definitions} definitions")


def scores_by_language(paths: Iterable[str], max_files: int) -> dict[str, list[int]]:
    """Score the definitions of at most `max_files` files of each language, each content once.

    The files are those whose content hashes lowest, so that the order of names does not choose.
    """
    scores: dict[str, list[int]] = collections.defaultdict(list)
    files: collections.Counter[str] = collections.Counter()
    for path in _files_by_hash(paths):
        try:
            text = decode(Path(path).read_bytes()).text
        except Undecodable:
            continue
        language = name_language(path, text)
        if language is None or files[language.name] == max_files:
            continue
        files[language.name] += 1
        scores[language.name] += _scores(path, text, language)
    return scores


def _scores(path: str, text: bytes, language: Language) -> list[int]:
    if language.outline is None:
        return []
    try:
        seen = outline(text, language)
    except TooDeep:
        return []
    view = SourceView(
        text=text,
        content_key=b"",
        path=path,
        language=language,
        outline=seen,
        max_context_chars=0,
        max_target_chars=0,
        seed=0,
    )
    return [
        score(
            found.details.complexity, found.details.nesting, found.end_line - found.start_line + 1
        )
        for found in seen.definitions
        if found.kind in FUNCTION_KINDS | METHOD_KINDS and has_substance(view, found)
    ]


def _files_by_hash(paths: Iterable[str]) -> list[str]:
    """Return all regular files in the order of their contents' hashes, each content once."""
    files: dict[bytes, str] = {}
    for path in paths:
        for folder, _, names in os.walk(path):
            for name in sorted(names):
                file = Path(folder, name)
                if not file.is_symlink() and 0 < file.stat().st_size <= _MAX_FILE_BYTES:
                    key = hashlib.blake2b(file.read_bytes(), digest_size=16).digest()
                    files[key] = min(str(file), files.get(key, str(file)))
    return [files[key] for key in sorted(files)]


def make_table(scores: Mapping[str, Sequence[int]]) -> dict[str, Quantiles]:
    """Cut the scores of each language, and of all together, into twentieths."""
    together = [number for numbers in scores.values() for number in numbers]
    if len(together) < MIN_DEFINITIONS:
        raise click.ClickException(
            f"definitions={len(together)} must be at least {MIN_DEFINITIONS}; give more files"
        )
    enough = {
        name: row
        for name, row in scores.items()
        if len(row) >= MIN_DEFINITIONS and len(set(row)) > 1
    }
    return {name: _quantiles(row) for name, row in ({DEFAULT: together} | enough).items()}


def _quantiles(scores: Sequence[int]) -> Quantiles:
    ordered = sorted(scores)
    last = len(ordered) - 1
    cuts = tuple(ordered[last * step // NUM_STEPS] for step in range(NUM_STEPS + 1))
    return Quantiles(scores=cuts, definitions=len(ordered))


if __name__ == "__main__":
    main()
