"""What drafts of train and of validation are asked for with, and how hard they say they are."""

import dataclasses
from pathlib import Path

import pytest

from pipeline.validate.curriculum import curriculum_offences
from tests.file_keys import draft_rules, text_key
from transforms.rows import Row
from transforms.samples.drafting import draft_file
from transforms.samples.drafts import unpack
from transforms.samples.phrasings import held_out, load_templates
from transforms.samples.rendering import row_of
from transforms.sources.source import Source

DEFINITION = '''
def clamp_{n}(value, low, high):
    """Return the value, or the bound number {n} that is nearest to it."""
    if value < low:
        return low + {n}
    while value > high + {n}:
        value -= {n}  # step down, never below the bound
    return value
'''
SPLITS = ("train", "validation")
TEXT = "".join(DEFINITION.format(n=n) for n in range(3, 15)).encode()


def rows(split: str, instruction_split: float) -> list[Row]:
    """The rows of one file in a split."""
    rules = dataclasses.replace(
        draft_rules(Path("unread")),
        validation_ratio=float(split == "validation"),
        instruction_split=instruction_split,
    )
    file = text_key("python", "bounds.py", TEXT)
    drafted = draft_file(file, Source(TEXT, TEXT, ""), rules)
    assert {key.split for key in drafted.keys} == {split}
    drafts = unpack(drafted.file_drafts.drafts)
    return [row_of(draft, file, TEXT, split, rules.sample_format) for draft in drafts]


@pytest.mark.parametrize("ratio", [0.2, 0.6, 1.0])
def test_splits_share_no_phrasing(ratio: float) -> None:
    held = {
        name
        for templates in load_templates().values()
        for later in (False, True)
        if (asked := [template for template in templates if template.later == later])
        for name in held_out(asked, ratio)
    }
    train, validation = (
        {r.instruction_id for r in rows(s, ratio)} for s in ("train", "validation")
    )
    assert train
    assert validation
    assert validation <= held
    assert not train & held


def test_without_a_share_the_split_does_not_matter() -> None:
    said = [[(r.id, r.instruction_id) for r in rows(s, 0.0)] for s in SPLITS]
    assert said[0] == said[1]


def test_an_id_is_that_of_the_instruction() -> None:
    texts = {each.template_id: each.text for row in load_templates().values() for each in row}
    plain = [row for row in rows("train", 0.2) if "{" not in texts[row.instruction_id]]
    assert plain
    for row in plain:
        assert row.instruction == texts[row.instruction_id]
        assert row.instruction_id.split("/")[0] == row.turn_tasks[-1]


def test_rows_say_how_hard_they_are() -> None:
    found = rows("train", 0.2)
    assert {row.task for row in found} >= {"function_completion", "add_docstring", "fill_in_middle"}
    assert {(r.complexity, r.nesting, r.definition_lines) for r in found if r.symbol} == {(3, 1, 7)}
    assert len({row.curriculum_rank for row in found if row.symbol}) == 1
    for row in found:
        assert list(curriculum_offences(dataclasses.asdict(row))) == []
