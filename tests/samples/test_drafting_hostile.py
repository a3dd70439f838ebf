"""Files of one thing over and over: what is done for them grows as they do, not faster."""

import sys
from typing import Any

import pytest

from tests.benchmarks.hostile_drafts import CASES, cost_of
from tests.samples.views import view_of

# So many times as large, a file takes as many times as much, and 16 times where that is squared.
TIMES = 4
MOST_TIMES = 8
SIZE_BYTES = 40_000


@pytest.mark.parametrize("name", CASES)
def test_calls_grow_no_faster_than_a_file(name: str) -> None:
    cost_of(name, SIZE_BYTES)  # what a process makes once
    small, large = (calls_of(name, times * SIZE_BYTES) for times in (1, TIMES))
    assert large <= MOST_TIMES * small


def test_lines_of_a_page_are_listed_once() -> None:
    view = view_of(CASES["scripts"].text(SIZE_BYTES), "html")
    assert len(view.outline.embedded) > 100
    assert len({id(definition.reader.lines) for definition in view.outline.definitions}) == 1


def calls_of(name: str, size_bytes: int) -> int:
    """Count the calls of Python functions that drafting a case takes."""
    count = 0

    def note(frame: Any, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        cost_of(name, size_bytes)
    finally:
        sys.setprofile(None)
    return count
