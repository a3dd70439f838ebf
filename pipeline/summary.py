"""The table at the end of a build."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table


def print_summary(build: Mapping[str, Any], output: str, console: Console) -> None:
    """Print what went in, what came out, and what did not, from build.json."""
    console.print(_table("files", _files(build)))
    console.print(_table("samples", _samples(build)))
    console.print(_cross_table(build["details"]["task_language"]))
    for split in ("train", "validation"):
        console.print(
            f"{build['counts']['split'].get(split, 0):,} rows in {split}", highlight=False
        )
    if not build["counts"]["split"].get("validation"):
        console.print("The validation split is empty: no repository fell into it by hash.")
    megabytes, seconds = build["input"]["bytes"] / 1e6, build["seconds"]["total"]
    console.print(
        f"{megabytes:,.1f} MB in {seconds:,.1f} s; the dataset is in {output}",
        highlight=False,
        soft_wrap=True,
    )


def _files(build: Mapping[str, Any]) -> list[tuple[str, int]]:
    accounting = build["accounting"]
    return [
        ("read", accounting["files_read"]),
        ("used", accounting["files_used"]),
        ("duplicate", accounting["files_duplicate"]),
        *_rejected(build, "file "),
    ]


def _samples(build: Mapping[str, Any]) -> list[tuple[str, int]]:
    accounting = build["accounting"]
    return [
        ("made", accounting["samples_made"]),
        ("duplicate", accounting["samples_duplicate"]),
        ("over the target", accounting["samples_over_target"]),
        *_rejected(build, "sample "),
        ("rows written", accounting["rows_written"]),
    ]


def _rejected(build: Mapping[str, Any], level: str) -> list[tuple[str, int]]:
    """The rejects of one level by stage and reason; `level` ends with a space."""
    return [
        (f"rejected: {key.removeprefix(level)}", n)
        for key, n in build["details"]["rejected"].items()
        if key.startswith(level)
    ]


def _table(title: str, rows: Iterable[tuple[str, int]]) -> Table:
    table = Table(title, "count", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for name, count in rows:
        table.add_row(name, f"{count:,}")
    return table


def _cross_table(counts: Mapping[str, int]) -> Table:
    """Rows by language (down) and task (across), the largest languages first."""
    cells = {tuple(key.split(" ", 1)): count for key, count in counts.items()}
    tasks = sorted({task for task, _ in cells})
    totals: dict[str, int] = {}
    for (_, language), count in cells.items():
        totals[language] = totals.get(language, 0) + count
    table = Table(
        "rows", *(task.replace("_", " ") for task in tasks), "all", box=None, pad_edge=False
    )
    for column in table.columns[1:]:
        column.justify = "right"
    for language in sorted(totals, key=lambda name: (-totals[name], name)):
        row = [cells.get((task, language), 0) for task in tasks]
        table.add_row(language, *(f"{n:,}" if n else "" for n in row), f"{totals[language]:,}")
    return table
