"""multi_turn: one definition that is written, explained, typed, commented and documented."""

import dataclasses

import pytest

from tests.samples.conversations import CASES, PYTHON, Case
from tests.samples.views import rendered, task, view_of
from transforms.samples.cuts import Cut, SourceView

EACH_LANGUAGE = pytest.mark.parametrize("case", CASES, ids=[case.language for case in CASES])
SEEDS = range(8)
ADDED = "    total = one + other\n    return round(total, 2)\n"


def conversation(view: SourceView) -> Cut:
    """The only conversation of a file."""
    (cut,) = task("multi_turn").cut(view)
    return cut


def answers(case: Case, seed: int) -> list[tuple[str, str, str]]:
    """Each turn's task, code and answer."""
    view = view_of(case.source, case.language, seed=seed)
    return [
        (turn.task, rendered(view, turn.context), rendered(view, turn.target))
        for turn in conversation(view).turns
    ]


@EACH_LANGUAGE
@pytest.mark.parametrize("seed", SEEDS)
def test_each_answer_puts_in_what_was_asked_and_no_more(case: Case, seed: int) -> None:
    turns = answers(case, seed)
    assert 2 <= len(turns) <= 5
    assert [context for _, context, _ in turns[1:]] == [""] * (len(turns) - 1)
    (first, shown, body), *_ = turns
    code = shown + body if first.endswith("_completion") else shown
    missing = set(case.put_in)
    for asked, _, answer in turns:
        assert {each for each in case.put_in if case.put_in[each] not in code} == missing
        if asked in case.put_in:
            missing.remove(asked)
            code = answer
    assert missing == set()


@EACH_LANGUAGE
@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_answer_is_the_definition_as_it_stands(case: Case, seed: int) -> None:
    view = view_of(case.source, case.language, seed=seed)
    cut = conversation(view)
    assert cut.task == "multi_turn"
    assert cut.origin == "derived"
    start, end = cut.span
    assert rendered(view, cut.target) == view.text[start:end].decode()
    assert rendered(view, cut.turns[-1].target) == rendered(view, cut.target)


@EACH_LANGUAGE
@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_explained_before_it_is_documented(case: Case, seed: int) -> None:
    turns = answers(case, seed)
    tasks = [asked for asked, _, _ in turns]
    assert tasks.index("explain") < tasks.index("add_docstring")
    assert turns[tasks.index("explain")][2] == case.says
    before = "".join(context + answer for _, context, answer in turns[: tasks.index("explain")])
    assert case.says not in " ".join(before.split())


@EACH_LANGUAGE
def test_some_begin_with_code_and_some_with_its_header(case: Case) -> None:
    first = {answers(case, seed)[0][0].endswith("_completion") for seed in range(24)}
    # What follows the body of a definition may be no part of it, such as the brace of a class.
    assert first == {False, True}


@EACH_LANGUAGE
def test_the_order_differs(case: Case) -> None:
    orders = {tuple(asked for asked, _, _ in answers(case, seed)) for seed in range(24)}
    assert len(orders) > 2


def test_python_turn_by_turn() -> None:
    source = PYTHON.replace("list[float]", "list").replace(": list", "").replace(": float", "")
    source = source.replace(" -> float", "")
    case = dataclasses.replace(CASES[0], source=source)
    found = {tuple(asked for asked, _, _ in answers(case, seed)): seed for seed in range(24)}
    seed = found["function_completion", "add_comments", "explain", "add_docstring"]
    (_, header, body), (_, _, commented), (_, _, said), (_, _, documented) = answers(case, seed)
    comment = "    # Half of what is left out goes from either end of the values.\n"
    doc = source[source.index('    """') : source.index("    kept = sorted")]
    whole = source[source.index("def") :].rstrip()
    assert header == source[: source.index('    """')]
    assert body == whole.replace(doc, "").replace(comment, "").partition("):\n")[2]
    assert commented == whole.replace(doc, "")
    assert said == case.says
    assert documented == whole


@pytest.mark.parametrize(
    "source",
    [
        f"def add(one, other):\n{ADDED}",
        f'def add(one, other):\n    """Add."""\n{ADDED}',
        "class Sums:\n    # What is added up stands in here, whatever it is.\n    total = 12\n",
    ],
    ids=["bare", "says too little", "class"],
)  # fmt: skip
def test_no_conversation(source: str) -> None:
    assert list(task("multi_turn").cut(view_of(source))) == []


def test_a_window_that_is_too_small_for_its_turns_has_none() -> None:
    view = view_of(PYTHON, max_context_chars=300)
    for cut in task("multi_turn").cut(view):
        said = [rendered(view, cut.turns[0].context)]
        said += [rendered(view, turn.target) for turn in cut.turns[:-1]]
        assert sum(map(len, said)) <= 300


def test_what_leads_up_to_it_does_not_say_what_explains_it() -> None:
    source = f"# {CASES[0].says}\n{PYTHON}"
    for seed in range(24):
        turns = conversations_of(source, seed)
        if turns and turns[0][0] == "function_completion" and "explain" in [t for t, _ in turns]:
            assert CASES[0].says not in turns[0][1]


def conversations_of(source: str, seed: int) -> list[tuple[str, str]]:
    """Each turn's task and code, of all conversations of a Python file."""
    view = view_of(source, seed=seed)
    cuts = task("multi_turn").cut(view)
    return [(turn.task, rendered(view, turn.context)) for cut in cuts for turn in cut.turns]
