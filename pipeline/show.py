"""Samples of a dataset in the terminal."""

import heapq
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rich.console import Console
from rich.panel import Panel
from rich.syntax import Syntax

from transforms.languages.spec import load_languages
from transforms.samples.choice import unit_interval

_COLUMNS = ("id", "task", "language", "path")


def show_samples(directory: Path, wanted: Mapping[str, str | None], count: int, seed: int) -> int:
    """Print `count` samples, chosen by hash among those that fit.

    Args:
      wanted: what task and language must be, what path must contain, and what id must begin with.

    Returns:
      how many were printed.

    Raises:
      ValueError: if the folder holds no dataset.
    """
    shards = sorted(directory.glob("data/*.parquet"))
    if not shards:
        raise ValueError(f"directory={str(directory)!r}: holds no data/*.parquet")
    fitting = (
        (unit_interval(seed, row["id"]), shard, at)
        for shard, at, row in _keys(shards)
        if _fits(row, wanted)
    )
    chosen = heapq.nsmallest(count, fitting)
    console = Console()
    for _, shard, at in chosen:
        _print(console, pq.read_table(shard).slice(at, 1).to_pylist()[0])
    return len(chosen)


def _keys(shards: list[Path]) -> Iterator[tuple[Path, int, dict[str, Any]]]:
    for shard in shards:
        rows = pq.read_table(shard, columns=list(_COLUMNS)).to_pylist()
        for at, row in enumerate(rows):
            yield shard, at, row


def _fits(row: Mapping[str, str], wanted: Mapping[str, str | None]) -> bool:
    return (
        wanted.get("task") in (None, row["task"])
        and wanted.get("language") in (None, row["language"])
        and (wanted.get("path") or "") in row["path"]
        and row["id"].startswith(wanted.get("id") or "")
    )


def _print(console: Console, row: Mapping[str, Any]) -> None:
    title = f"{row['task']} · {row['language']} · {row['symbol'] or row['path']}"
    facts = (
        f"{row['path']}:{row['start_line']}-{row['end_line']}  "
        f"{row['variant']}, {row['origin']}, {row['difficulty']}, "
        f"{'hole: ' + row['hole'] + ', ' if row.get('hole') else ''}"
        f"quality {row['quality_score']}, {row['split']}\nid {row['id']}"
    )
    console.rule(title)
    console.print(facts, style="dim", highlight=False, markup=False)
    fence = load_languages()[row["language"]].fence
    *before, (role, answer) = _parts(row)
    for title, text in before:
        console.print(Panel(text.replace("[", r"\["), title=title, title_align="left"))
    code = Syntax(answer, fence, word_wrap=True, background_color="default")
    console.print(Panel(code, title=role, title_align="left"))


def _parts(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the model sees and what it learns to write, in order, with a title each."""
    if "messages" in row:
        return [(message["role"], message["content"]) for message in row["messages"]]
    columns = ("prompt", "completion") if "prompt" in row else ("text",)
    return [(column, row[column]) for column in columns]
