"""Whether each row has as many tokens as it says, and no more than it may."""

import importlib.util
import os
from collections.abc import Callable, Iterable, Iterator

from pipeline.validate.dataset import Dataset, Record
from pipeline.validate.outcome import Findings

_Count = Callable[[str], int]


def check_windows(dataset: Dataset, findings: Findings) -> None:
    """Count again where the tokenizer is at hand, else believe the column."""
    path, most = (dataset.options.get(name) for name in ("tokenizer", "max_tokens"))
    if not path:
        return
    count = _counter(str(path))
    if count is None:
        findings.note("tokens not counted again: the tokenizer or its package is not here")
    for row in dataset.read("data", "id", "tokens", *dataset.rendering, batch_rows=256):
        findings.count("rows with tokens")
        if row["tokens"] < 1 or (most and row["tokens"] > most):
            findings.fault(f"row {row['id']} has {row['tokens']} tokens, at most {most}")
        if count is not None:
            findings.expect(f"tokens of row {row['id']}", row["tokens"], _total(row, count))


def _total(row: Record, count: _Count) -> int:
    return sum(count(text) for text in _texts(row))


def _texts(row: Record) -> Iterator[str]:
    if "messages" in row:
        return (message["content"] for message in row["messages"])
    columns: Iterable[str] = ("prompt", "completion") if "prompt" in row else ("text",)
    return (row[column] for column in columns)


def _counter(path: str) -> _Count | None:
    """What counts a text's tokens; None where the tokenizer cannot be had."""
    if importlib.util.find_spec("tokenizers") is None or not os.path.isfile(path):
        return None
    from tokenizers import Tokenizer  # an extra

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)
