"""The judge passes an honest dataset, and says what it sees."""

import os

import pytest
from rich.console import Console

from pipeline.validate.judge import render, run, validate
from pipeline.validate.outcome import NEEDS_INPUT, PASS
from tests.validate import honest, test_spoilt_ledger, test_spoilt_rows
from tests.validate.honest import Made
from tests.validate.settling import settle, write
from tests.validate.spoiling import failing, put, put_text, verdicts


def test_honest_dataset_keeps_every_promise(made: Made) -> None:
    settle(made)
    write(made)
    assert verdicts(made) == dict.fromkeys(range(10), PASS)


def test_without_input_some_promises_are_not_checkable(made: Made) -> None:
    settle(made)
    write(made)
    expected = dict.fromkeys(range(10), PASS) | dict.fromkeys((2, 3, 5, 8, 9), NEEDS_INPUT)
    assert verdicts(made, given=False) == expected


SPOILT = test_spoilt_rows.SPOILT | test_spoilt_ledger.SPOILT
NEEDS_NO_INPUT = (
    "a sample is row and reject",
    "a file is used and rejected",
    "a reject's id is no id",
    "the roles are swapped",
    "a variant is no worse",
    "a doc is left in the prompt",
    "a survivor is removed itself",
    "a survivor's key is made up",
    "quality has 5 decimals",
    "a repository is on both sides",
    "a stage that is none",
    "a target stands too often",
    "survivors of samples are nowhere",
)


@pytest.mark.parametrize("name", NEEDS_NO_INPUT)
def test_what_is_seen_without_input_fails_without_input(made: Made, name: str) -> None:
    broken, spoil = SPOILT[name]
    spoil(made)
    settle(made)
    write(made)
    assert failing(made, given=False) == broken


@pytest.mark.parametrize("lost", [0, 1], ids=["a better row", "the last row"])
def test_row_lost_in_rendering_is_a_reject_and_no_offence(made: Made, lost: int) -> None:
    fresh = honest.sample(
        "top.c",
        "line_completion",
        "return",
        ";",
        "before",
        quality_score=(0.7, 0.6)[lost],
        symbol="",
        code_type="",
    )
    made.rows.append(fresh)
    made.file("top.c")["samples_made"] += 1
    settle(made)
    balance = made.build["balance"]["c"]
    made.rows.remove(fresh)
    reject = made.reject("gamma/tool.py") | {"stage": "render", "reason": "changed"}
    made.rejects.append(reject | {"id": fresh["id"], "path": "top.c", "repo": ""})
    settle(made)
    made.build["balance"]["c"] = balance | {"taken": 1}
    write(made)
    assert failing(made) == set()


def test_language_without_rows_has_no_last_row(made: Made) -> None:
    settle(made)
    none = {"available": 0, "target": 5, "taken": 0, "lowest_quality": None, "lowest_id": None}
    made.build["balance"]["lua"] = none
    write(made)
    assert failing(made) == set()


def test_variant_of_a_sample_that_could_not_be_made_is_honest(made: Made) -> None:
    reject = made.reject("gamma/tool.py")
    put(made.row("function_completion", "renamed_variables"), variant_of=reject["id"])
    settle(made)
    write(made)
    assert failing(made) == set()


def test_samples_beyond_a_targets_share_are_honest(made: Made) -> None:
    test_spoilt_ledger.repeat_target_of_rejected(made)
    settle(made)
    write(made)
    assert failing(made) == set()


@pytest.mark.parametrize("line", ['puts("a\n\n");', "puts(greeting);"], ids=["string", "none"])
def test_white_space_in_a_string_of_several_lines_is_text(made: Made, line: str) -> None:
    first = made.row("line_completion")
    put_text(first, target=line.replace("\n\n", "\n"))
    copy = first | {"id": "f" * 32, "quality_score": 0.6}
    put_text(copy, target=line)
    made.rows.append(copy)
    made.file("top.c")["samples_made"] += 1
    settle(made)
    write(made)
    detail = validate(made.directory, [])[5].detail
    assert ("white space alone" in detail) == ("has the prompt and target" in detail)


def test_check_that_cannot_read_its_dataset_fails(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(made)
    write(made)
    monkeypatch.setattr(
        "pipeline.validate.relations.add_docstring.doc_span", lambda context, target: 1 / 0
    )
    assert failing(made) == {4}


def test_texts_beyond_the_bound_are_sampled(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.validate.evidence._MOST_FILES_JOINED", 3)
    monkeypatch.setattr("pipeline.validate.evidence._BATCH_BYTES", 100)
    settle(made)
    write(made)
    detail = validate(made.directory, [str(made.folder)])[5].detail
    assert "searched exactly in 3 used files of 4" in detail


def test_run_prints_a_plain_line_for_each_promise_and_tells_by_exit_code(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(made)
    write(made)
    assert run(made.directory, [str(made.folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:7] for line in lines] == [f"{promise}  pass" for promise in range(10)]
    (made.directory / "data/train-00000-of-00001.parquet").unlink()
    assert run(made.directory, [str(made.folder)]) == 1
    assert "data/train-00000-of-00001.parquet" in capsys.readouterr().out


def test_run_without_build_json_says_so(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made.directory, []) == 1
    assert "build.json is missing: the dataset is not complete" in capsys.readouterr().out


def test_terminal_gets_colours(made: Made) -> None:
    settle(made)
    write(made)
    console = Console(force_terminal=True, width=120, record=True, file=open(os.devnull, "w"))
    render(validate(made.directory, []), console)
    assert "\x1b[32mpass" in console.export_text(styles=True)


def test_missing_input_is_an_error(made: Made) -> None:
    settle(made)
    write(made)
    with pytest.raises(ValueError, match="no such file or folder"):
        validate(made.directory, [str(made.folder / "none")])


def test_synthetic_rows_that_were_asked_for_are_honest(made: Made) -> None:
    place = {"start_byte": 0, "end_byte": 0, "start_line": 1, "end_line": 1}
    put(made.row("line_completion"), origin="synthetic", **place)
    settle(made)
    put(made.build["options"], synthetic_tests=True)
    write(made)
    assert failing(made) == set()
