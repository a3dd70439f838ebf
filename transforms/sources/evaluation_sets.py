"""Evaluation sets: what a dataset must not hold, read from JSONL or Parquet by its columns."""

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.languages.spec import Language, load_languages
from transforms.outlines.parse import TooDeep, outline
from transforms.similarity.evaluation_index import EvaluationItem

# The first of these that a row has, in this order. HumanEval: prompt, canonical_solution; MBPP:
# text, code; its sanitized half: prompt, code.
_IDS = ("task_id", "id", "question_id", "problem_id", "name")
_PROMPTS = ("prompt", "text", "question", "problem", "description", "instruction", "input")
_SOLUTIONS = (
    *("canonical_solution", "code", "solution", "solutions", "reference", "completion"),
    *("response", "answer", "output"),
)
_LANGUAGES = ("language", "lang", "programming_language")
_CONTINUES = "canonical_solution"  # the rest of the prompt, which is code
_OPTION = "exclude_like"


def read_evaluation_sets(paths: Sequence[str]) -> list[EvaluationItem]:
    """Read the items of all files, in order.

    Raises:
      ValueError: naming the file, if it cannot be read, holds no item, or has no column that can be
        a prompt or a solution.
    """
    names = [os.path.basename(path) for path in paths]
    labels = [
        name if names.count(name) == 1 else path for name, path in zip(names, paths, strict=True)
    ]
    return [
        item
        for path, label in dict(zip(paths, labels, strict=True)).items()
        for item in _read(path, label)
    ]


def _read(path: str, label: str) -> list[EvaluationItem]:
    try:
        rows = list(_rows(path))
    except (OSError, EOFError, zlib.error, ValueError, pa.ArrowException) as error:
        raise ValueError(f"{_OPTION}={path!r}: cannot be read: {error}") from error
    if not rows:
        raise ValueError(f"{_OPTION}={path!r}: there is no item in it")
    columns = {column for row in rows for column in row}
    if not columns.intersection(_PROMPTS + _SOLUTIONS):
        known = ", ".join(_PROMPTS + _SOLUTIONS)
        raise ValueError(
            f"{_OPTION}={path!r}: no column is a prompt or a solution; it has "
            f"{', '.join(sorted(columns))}; known are {known}"
        )
    items = [item for number, row in enumerate(rows) for item in _items(row, number, label)]
    if not items:
        raise ValueError(f"{_OPTION}={path!r}: its prompts and solutions are empty")
    return items


def _rows(path: str) -> Iterator[Mapping[str, Any]]:
    if path.endswith(".parquet"):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from batch.to_pylist()
        return
    with gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ValueError(f"line {number} is no JSON: {error}") from error
            if not isinstance(row, dict):
                raise ValueError(f"line {number} is no JSON object")
            yield row


def _items(row: Mapping[str, Any], number: int, label: str) -> Iterator[EvaluationItem]:
    """A row's item: one for each of its solutions, or one without."""
    item_id = str(next((row[c] for c in _IDS if row.get(c) not in (None, "")), number))
    prompt = next(_texts(row, _PROMPTS), "")
    named = str(next((row[c] for c in _LANGUAGES if row.get(c)), "python")).lower()
    language = _languages().get(named)
    solutions = list(_texts(row, _SOLUTIONS))
    for solution in solutions or ([""] if prompt else []):
        continues = bool(prompt and solution) and row.get(_CONTINUES) == solution
        whole = prompt + solution if continues else ""
        code = _bare(whole or solution, language)
        yield EvaluationItem(label, item_id, prompt, solution, whole, code)


def _texts(row: Mapping[str, Any], columns: Iterable[str]) -> Iterator[str]:
    """The texts in the first of these columns that has any: one, a list, or JSON of a list."""
    for column in columns:
        value = row.get(column)
        if isinstance(value, str) and value.lstrip().startswith("["):
            try:
                value = json.loads(value)
            except ValueError:
                pass
        given = value if isinstance(value, list) else [value]
        texts = [text for text in given if isinstance(text, str) and text.strip()]
        if texts:
            yield from texts
            return


def _languages() -> dict[str, Language]:
    """Languages by what an evaluation set may call them."""
    found: dict[str, Language] = {}
    for language in load_languages().values():
        for name in (*language.extensions, language.fence, language.title, language.name):
            found[name.lower()] = language
    return found


def _bare(code: str, language: Language | None) -> str:
    """Code without docs and comments; as it is where it cannot be parsed."""
    if language is None or not language.grammar:
        return code
    text = code.encode()
    try:
        seen = outline(text, language)
    except TooDeep:
        return code
    docs = [definition.doc for definition in seen.definitions if definition.doc]
    parts, at = [], 0
    for start, end in sorted([*seen.comments, *docs]):
        if start >= at:
            parts.append(text[at:start])
            at = end
    return b" ".join([*parts, text[at:]]).decode(errors="replace")
