"""Caps: which cuts of a definition and of a file are kept."""

import collections
import dataclasses
import functools

import pytest

from tests.samples.views import view_of
from transforms.outlines.outline import Span
from transforms.samples.caps import Caps, Rooms, keep
from transforms.samples.context import Surroundings
from transforms.samples.cuts import Candidate, Cut, SourceView
from transforms.samples.drafts import Piece
from transforms.samples.tasks import load_tasks

BODY = "\n    total = {n} + a\n    return total * {n}\n"


def file_of(functions: int) -> SourceView:
    return view_of("\n\n".join(f"def f{n}(a):{BODY.format(n=n)}" for n in range(functions)))


def cut_of(view: SourceView, index: int, task: str, target: Span | None = None) -> Cut:
    definition = view.outline.definitions[index]
    piece = Piece(*(target or definition.body))
    return Cut(
        task=task,
        definition=definition,
        context=(Piece(0, piece.start),),
        suffix=(),
        target=(piece,),
        identity=(piece,),
        span=Span(piece.start, piece.end),
    )


def caps(**changes: object) -> Caps:
    return dataclasses.replace(Caps(per_definition=2, per_file=100, mix={}), **changes)


def test_different_targets_come_first() -> None:
    view = file_of(40)
    cuts = []
    for index, definition in enumerate(view.outline.definitions):
        whole = definition.span
        cuts += [cut_of(view, index, task, whole) for task in ("debug", "refactor", "add_comments")]
        cuts.append(cut_of(view, index, "function_completion"))
    kept = keep(view, cuts, caps())
    assert len(kept) == 80
    assert sum(cut.task == "function_completion" for cut in kept) == 40
    assert len({cut.task for cut in kept}) == 4


def test_a_larger_share_is_drawn_more_often() -> None:
    view = file_of(300)
    cuts = [
        cut_of(view, index, task)
        for index in range(300)
        for task in ("debug", "refactor", "explain")
    ]
    mix = {"debug": 6.0, "explain": 0.0}
    kept = keep(view, cuts, caps(per_definition=1, per_file=1000, mix=mix))
    times = collections.Counter(cut.task for cut in kept)
    assert times.total() == 300
    assert set(times) == {"debug", "refactor"}
    assert 230 <= times["debug"] <= 280  # 257 expected, deviation 6


def test_copies_of_a_definition_have_the_same_tasks_drawn() -> None:
    def tasks_of(view: SourceView, index: int) -> list[str]:
        cuts = [
            cut_of(view, index, task) for task in ("debug", "refactor", "explain", "add_comments")
        ]
        return [cut.task for cut in keep(view, cuts, caps())]

    first = file_of(30)
    second = view_of(f"import os\n\n{first.text.decode()}")
    assert [tasks_of(first, n) for n in range(30)] == [tasks_of(second, n) for n in range(30)]
    assert len({tuple(tasks_of(first, n)) for n in range(30)}) > 2


def test_a_file_keeps_each_target_before_any_twice() -> None:
    view = file_of(10)
    cuts = [cut_of(view, n, task) for n in range(10) for task in ("debug", "refactor")]
    kept = keep(view, cuts, caps(per_file=10))
    assert {cut.definition.name for cut in kept} == {f"f{n}" for n in range(10)}


def test_lines_are_each_their_own() -> None:
    view = file_of(3)
    spans = [Span(n, n + 20) for n in (0, 21, 42)]
    cuts = [
        dataclasses.replace(cut_of(view, 0, "line_completion", span), definition=None)
        for span in spans
    ]
    assert len(keep(view, cuts, caps(per_definition=1))) == 3


@pytest.mark.parametrize(
    ("per_definition", "per_file", "left"),
    [
        pytest.param(3, 10, 2, id="definition"),
        pytest.param(3, 2, 1, id="file"),
        pytest.param(1, 10, 0, id="none"),
    ],
)
def test_variants_take_the_room_that_is_left(per_definition: int, per_file: int, left: int) -> None:
    view = file_of(1)
    definition = view.outline.definitions[0]
    rooms = Rooms(
        [cut_of(view, 0, "debug")], caps(per_definition=per_definition, per_file=per_file)
    )
    assert rooms.left(definition) == left
    for expected in range(left - 1, -1, -1):
        rooms.take(definition)
        assert rooms.left(definition) == expected


def test_candidates_are_kept_as_the_cuts_that_they_make() -> None:
    view = file_of(60)
    cuts = []
    for index, definition in enumerate(view.outline.definitions):
        whole = definition.span
        cuts += [cut_of(view, index, task, whole) for task in ("debug", "refactor", "add_comments")]
        cuts.append(cut_of(view, index, "function_completion"))
    failing = {id(cut) for cut in cuts if hash(cut.span) % 3 == 0}
    candidates = [
        Candidate(
            cut.task,
            cut.definition,
            cut.target if number % 2 else (),
            functools.partial(lambda cut: None if id(cut) in failing else cut, cut),
        )
        for number, cut in enumerate(cuts)
    ]
    left = [cut for cut in cuts if id(cut) not in failing]
    for few in (1, 2, 3):
        for rules in (caps(per_definition=few), caps(per_definition=few, per_file=70)):
            assert keep(view, candidates, rules) == keep(view, left, rules)


def test_no_more_candidates_are_made_than_are_kept() -> None:
    view = file_of(300)
    made = []

    def make(cut: Cut) -> Cut:
        made.append(cut)
        return cut

    candidates = [
        Candidate(task, cut.definition, cut.target, functools.partial(make, cut))
        for task in ("debug", "refactor", "add_comments")
        for cut in (cut_of(view, index, task) for index in range(300))
    ]
    kept = keep(view, candidates, caps(per_file=50))
    assert len(kept) == len(made) == 50


def test_a_file_of_many_functions_has_few_cuts_made(monkeypatch: pytest.MonkeyPatch) -> None:
    view = file_of(400)
    times = collections.Counter()
    real = Surroundings.before

    def before(self: Surroundings, *args: object) -> object:
        times["before"] += 1
        return real(self, *args)

    monkeypatch.setattr(Surroundings, "before", before)
    found = [each for spec in load_tasks() for each in spec.find(view)]
    assert len(found) > 1000
    assert len(keep(view, found, caps(per_definition=4))) == 100
    assert times["before"] <= 300


def test_some_definitions_keep_room_for_a_variant() -> None:
    view = file_of(200)
    cuts = [
        cut_of(view, index, task)
        for index in range(200)
        for task in ("debug", "refactor", "explain")
    ]
    kept = keep(view, cuts, caps(per_definition=3, per_file=1000), varied=True)
    times = collections.Counter(collections.Counter(id(cut.definition) for cut in kept).values())
    assert set(times) == {2, 3}
    assert 30 <= times[2] <= 70  # 50 expected, deviation 6
    assert len(keep(view, cuts, caps(per_definition=3, per_file=1000))) == 600
    assert len(keep(view, cuts, caps(per_definition=1, per_file=1000), varied=True)) == 200
