"""The relation of multi_turn: every answer judged against the code before it."""

import dataclasses
from collections.abc import Callable

import pytest

from pipeline.validate.relations import load_relations
from tests.samples.conversations import CASES, Case
from tests.samples.views import rendered, task, view_of
from tests.validate.corpus import Record
from tests.validate.honest import Made
from tests.validate.settling import settle, write
from tests.validate.spoiling import failing, put
from transforms.samples.cuts import Cut
from transforms.samples.drafts import Rendered, Text, chat

EACH_LANGUAGE = pytest.mark.parametrize("case", CASES, ids=[case.language for case in CASES])
SEEDS = range(12)


class Given:
    """Sources with one file."""

    def __init__(self, text: str) -> None:
        self._text = text.encode()

    def text(self, name: tuple[str, str]) -> bytes:
        """The file's text."""
        return self._text


def rows_of(case: Case) -> list[Record]:
    """Rows of conversations about a case's definition, each as another seed makes it."""
    return [row_of(case, seed) for seed in SEEDS]


def row_of(case: Case, seed: int) -> Record:
    view = view_of(case.source, case.language, seed=seed)
    (cut,) = task("multi_turn").cut(view)
    turns = [
        Rendered(f"Please {turn.task}.", *(rendered(view, text) for text in _texts(turn)))
        for turn in cut.turns
    ]
    last = dataclasses.replace(turns[-1], earlier=tuple(turns[:-1]))
    messages = chat(last, case.language)
    return {
        "task": "multi_turn",
        "origin": cut.origin,
        "language": case.language,
        "turn_tasks": [turn.task for turn in cut.turns],
        "messages": [{"role": each.role, "content": each.content} for each in messages],
        "instruction": last.instruction,
        "context": last.context,
        "suffix": "",
        "target": last.target,
        "source": "input",
        "path": "file",
        "start_byte": cut.span.start,
        "end_byte": cut.span.end,
    }


def _texts(turn: Cut) -> tuple[Text, Text, Text]:
    return turn.context, turn.suffix, turn.target


def offence(row: Record, source: str = "") -> str:
    return load_relations()["multi_turn"].offence(row, Given(source) if source else None)


def answer(row: Record, asked: str) -> Record:
    """The message that answers a turn."""
    return row["messages"][2 * row["turn_tasks"].index(asked) + 1]


def say(row: Record, message: Record, text: str) -> None:
    """Put another text into an answer, and into the target where it is the last."""
    message["content"] = text
    row["target"] = row["messages"][-1]["content"]


def other_code(row: Record) -> None:
    last = row["messages"][-1]
    code = next(word for word in ("return ", "length ", ".iter()") if word in last["content"])
    say(row, last, last["content"].replace(code, f"{code}7 + "))


def other_code_on_the_way(row: Record) -> None:
    asked = next(each for each in row["turn_tasks"][:-1] if each.startswith("add_"))
    message = answer(row, asked)
    say(row, message, message["content"].replace("=", "= 7 +", 1))


def code_left_out(row: Record) -> None:
    last = row["messages"][-1]
    *lines, _ = last["content"].splitlines()
    say(row, last, "\n".join(lines))


def nothing_put_in(row: Record) -> None:
    """The last answer says once more what stood there before it."""
    before = [
        message["content"]
        for asked, message in zip(row["turn_tasks"], row["messages"][1::2], strict=True)
        if asked.startswith("add_")
    ]
    say(row, row["messages"][-1], before[-2])


def a_turn_too_many(row: Record) -> None:
    row["messages"] += [{"role": "user", "content": "Again."}, dict(row["messages"][-1])]
    row["turn_tasks"].append(row["turn_tasks"][-1])


def a_message_too_many(row: Record) -> None:
    row["messages"][2:2] = [{"role": "user", "content": "Hello."}]


def wrong_turn_task(row: Record) -> None:
    others = {"add_docstring": "add_comments", "add_comments": "add_docstring"}
    row["turn_tasks"] = [others.get(each, each) for each in row["turn_tasks"]]


def a_turn_of_no_kind(row: Record) -> None:
    row["turn_tasks"][row["turn_tasks"].index("explain")] = "refactor"


def an_explanation_at_the_end(row: Record) -> None:
    row["messages"] += [{"role": "user", "content": "Why?"}, dict(answer(row, "explain"))]
    row["turn_tasks"].append("explain")
    row["target"] = row["messages"][-1]["content"]


def the_code_says_it(row: Record) -> None:
    said = answer(row, "explain")["content"]
    first = row["messages"][0]
    first["content"] = first["content"].replace("\n```", f"\n{said}\n```", 1)


def the_doc_does_not_say_it(row: Record) -> None:
    message = answer(row, "explain")
    message["content"] = message["content"].replace("the", "every", 1)


def code_is_shown_once_more(row: Record) -> None:
    row["messages"][2]["content"] += "\n\n```\ncode\n```"


def no_code_is_shown(row: Record) -> None:
    row["messages"][0]["content"] = "Please."


SPOILT: list[tuple[Callable[[Record], None], str]] = [
    (other_code, "turn"),
    (other_code_on_the_way, "turn"),
    (code_left_out, "turn"),
    (nothing_put_in, "turn"),
    (a_turn_too_many, ""),
    (a_message_too_many, "messages for the turns"),
    (wrong_turn_task, "turn"),
    (a_turn_of_no_kind, "is not for it"),
    (an_explanation_at_the_end, ""),
    (the_code_says_it, ""),
    (the_doc_does_not_say_it, "where the doc does not"),
    (code_is_shown_once_more, "shows code once more"),
    (no_code_is_shown, "shows no code"),
]


@EACH_LANGUAGE
def test_what_is_made_is_found_right(case: Case) -> None:
    assert [offence(row) for row in rows_of(case)] == [""] * len(SEEDS)
    assert [offence(row, case.source) for row in rows_of(case)] == [""] * len(SEEDS)


@EACH_LANGUAGE
@pytest.mark.parametrize(("spoil", "said"), SPOILT, ids=[spoil.__name__ for spoil, _ in SPOILT])
def test_what_is_spoilt_is_found(case: Case, spoil: Callable[[Record], None], said: str) -> None:
    for row in rows_of(case):
        spoil(row)
        found = offence(row)
        assert found
        assert said in found


@EACH_LANGUAGE
def test_the_last_answer_must_be_the_sources(case: Case) -> None:
    for row in rows_of(case):
        row["start_byte"] += 1
        assert offence(row) == ""
        assert "as it stands in the source" in offence(row, case.source)


def test_a_row_without_the_relation_breaks_promise_4(made: Made) -> None:
    tasks = ["function_completion", "add_docstring"]
    put(made.row("add_docstring"), task="multi_turn", origin="derived", turn_tasks=tasks)
    settle(made)
    write(made)
    assert 4 in failing(made)
