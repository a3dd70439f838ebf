"""`warpbeam validate`: one check and one line for each promise of the contract."""

import pathlib
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.validate import (
    accounting,
    bad_files,
    balance,
    cuts,
    duplicates,
    repeat,
    splits,
    targets,
    variants,
)
from pipeline.validate.dataset import LayoutError, open_dataset
from pipeline.validate.evidence import Check, Evidence
from pipeline.validate.outcome import FAIL, NEEDS_INPUT, PASS, Findings, Outcome
from pipeline.validate.sources import Sources

CHECKS = (
    accounting.CHECK,
    cuts.CHECK,
    variants.CHECK,
    targets.CHECK,
    duplicates.CHECK,
    balance.CHECK,
    repeat.CHECK,
    splits.CHECK,
    bad_files.CHECK,
)
_LAYOUT_TITLE = "The dataset is complete"
_COLOURS = {PASS: "green", FAIL: "bold red", NEEDS_INPUT: "yellow"}


def validate(directory: pathlib.Path, inputs: Sequence[str]) -> list[Outcome]:
    """Check every promise of a dataset again.

    Args:
      directory: what the build left.
      inputs: the build's inputs, `[LABEL=]PATH`; without them some promises cannot be checked.

    Returns:
      The layout's outcome, then each promise's. Where the layout is broken nothing else can be
      judged, and its outcome stands alone.

    Raises:
      ValueError: if an input does not exist.
    """
    try:
        dataset = open_dataset(directory)
    except LayoutError as error:
        return [Outcome(0, _LAYOUT_TITLE, FAIL, str(error))]
    repo_from = dataset.options.get("repo_from")
    sources = Sources(inputs, "auto" if repo_from is None else str(repo_from)) if inputs else None
    evidence = Evidence(dataset, sources)
    return [Outcome(0, _LAYOUT_TITLE, PASS, ""), *(_judge(check, evidence) for check in CHECKS)]


def _judge(check: Check, evidence: Evidence) -> Outcome:
    findings = Findings()
    try:
        check.run(evidence, findings)
    except Exception as error:  # a dataset that a check cannot even read does not keep the promise
        findings.fault(f"cannot be checked: {type(error).__name__}: {error}")
    complete = evidence.sources is not None or not check.needs_input
    return findings.outcome(check.promise, check.title, complete=complete)


def render(outcomes: Sequence[Outcome], console: Console) -> None:
    """Print one line for each outcome: a coloured table on a terminal, plain lines elsewhere."""
    if not console.is_terminal:
        for outcome in outcomes:
            line = f"{outcome.promise}  {outcome.verdict:<4}  {outcome.title}: {outcome.detail}"
            console.print(Text(line.removesuffix(": ")), soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column("promise", justify="right")
    table.add_column("title", no_wrap=True)
    table.add_column("verdict", max_width=13)
    table.add_column("detail", overflow="fold")
    for outcome in outcomes:
        verdict = Text(outcome.verdict, style=_COLOURS[outcome.verdict])
        table.add_row(str(outcome.promise), outcome.title, verdict, Text(outcome.detail))
    console.print(table)


def run(directory: pathlib.Path, inputs: Sequence[str]) -> int:
    """Check a dataset and print what was found.

    Returns:
      The exit code: 1 where a promise fails, else 0.

    Raises:
      ValueError: if an input does not exist.
    """
    outcomes = validate(directory, inputs)
    render(outcomes, Console(file=sys.stdout))
    return int(any(outcome.verdict == FAIL for outcome in outcomes))
