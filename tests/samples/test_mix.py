"""The mix of tasks: what is given, and how a target is divided by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.samples.mix import TASKS, parse_mix, rooms
from transforms.samples.tasks import load_tasks


def test_every_task_may_be_mixed() -> None:
    assert {task.name for task in load_tasks()} <= set(TASKS)


def test_a_mix_is_read() -> None:
    assert parse_mix(["debug=0", "explain=2.5"]) == {"debug": 0.0, "explain": 2.5}


@pytest.mark.parametrize(
    "given_mix",
    [
        pytest.param(["debugging=1"], id="no-task"),
        pytest.param(["debug"], id="no-share"),
        pytest.param(["debug=-1"], id="negative"),
        pytest.param(["debug=nan"], id="no-number"),
        pytest.param(["debug=1", "debug=2"], id="twice"),
        pytest.param([f"{task}=0" for task in TASKS], id="nothing-left"),
    ],
)
def test_a_wrong_mix_is_named(given_mix: list[str]) -> None:
    with pytest.raises(ValueError, match="task_mix="):
        parse_mix(given_mix)


@pytest.mark.parametrize(
    ("available", "mix", "target", "expected"),
    [
        pytest.param({"a": 50, "b": 50}, {"a": 3.0}, 40, {"a": 30, "b": 10}, id="in-proportion"),
        pytest.param({"a": 5, "b": 50}, {"a": 3.0}, 40, {"a": 5, "b": 35}, id="one-is-short"),
        pytest.param({"a": 5, "b": 5}, {}, 40, {"a": 5, "b": 5}, id="all-fit"),
        pytest.param({"a": 9, "b": 9, "c": 9}, {}, 10, {"a": 4, "b": 3, "c": 3}, id="rounded"),
        pytest.param({"a": 9, "b": 9}, {"a": 0.0}, 20, {"a": 0, "b": 9}, id="left-out"),
        pytest.param({"a": 9, "b": 9}, {}, 1, {"a": 1, "b": 0}, id="one"),
        pytest.param({}, {}, 1, {}, id="none"),
    ],
)
def test_rooms(
    available: dict[str, int], mix: dict[str, float], target: int, expected: dict[str, int]
) -> None:
    assert rooms(available, mix, target) == expected


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 100), min_size=1),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 100)),
    st.integers(1, 500),
)
def test_rooms_are_filled_and_fair(
    available: dict[str, int], mix: dict[str, float], target: int
) -> None:
    room = rooms(available, mix, target)
    assert sum(room.values()) == min(target, sum(available.values()))
    assert all(room[task] <= available[task] for task in available)
    shares = {task: mix.get(task, 1.0) for task in available}
    cut = [task for task in available if room[task] < available[task]]
    for task in cut:
        for other in available:
            # Nobody has more than a row above what a task that was cut has for its share.
            fair = (room[task] + 1) * shares[other] / shares[task]
            assert room[other] <= fair + 1
