import atexit
import contextlib
import ctypes
import functools
import os
import signal
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.isolation import Isolated, Limits, NoAnswer
from transforms.rows import Reason

LIMITS = Limits(cpu_s=1, memory_mb=128)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")


def act(what: str) -> object:
    """What a call may do to its process."""
    match what:
        case "pid":
            return os.getpid()
        case "keep":  # a leak of 80 MB
            leaks.append(bytearray(80 << 20))
            return len(leaks)
        case "spin":
            while True:
                pass
        case "grow":
            return bytes(1 << 28)
        case "native null":
            ctypes.string_at(0)
        case "native exit":
            os._exit(7)
        case "native abort":
            os.write(2, b"some words\nterminate called: std::length_error\n")
            os.abort()
        case "native no memory":
            os.write(2, b"tree-sitter failed to allocate 9000000000 bytes\n")
            os.abort()
        case "chatter":
            os.write(2, b"words\n" * 1_000_000)
            return os.fstat(2).st_size
        case "linger":  # past the end of the connection
            atexit.register(time.sleep, 1000)
        case "sleep":
            time.sleep(1000)
        case "raise":
            raise RuntimeError("as it happens")
        case "leave":
            sys.exit(3)
        case "half an answer":
            os.write(_socket(), (100).to_bytes(4, "big"))
            time.sleep(1000)
        case "garbage":
            os.write(_socket(), (4).to_bytes(4, "big") + b"abcd")
        case "no value":
            return lambda: what
    return what


def _socket() -> int:
    """The descriptor on which a child answers."""
    names = os.listdir("/proc/self/fd")
    (found,) = [int(fd) for fd in names if "socket" in _target(f"/proc/self/fd/{fd}")]
    return found


def _target(link: str) -> str:
    return os.readlink(link) if os.path.lexists(link) else ""


leaks: list[bytearray] = []


@pytest.fixture
def isolated() -> Iterator[Isolated[object]]:
    with contextlib.closing(Isolated(act, LIMITS)) as one:
        yield one


def test_calls_share_a_child_that_is_not_this_process(isolated: Isolated[object]) -> None:
    first = isolated("pid")
    assert isolated("pid") == first != os.getpid()
    assert isolated("é" * 2_000_000) == "é" * 2_000_000


@pytest.mark.parametrize(
    ("what", "reason", "detail"),
    [
        ("spin", Reason.PARSER_TIMEOUT, "over 1 s of CPU"),
        pytest.param("grow", Reason.PARSER_MEMORY, "over 128 MiB", marks=on_linux),
        ("native null", Reason.PARSER_CRASH, "SIGSEGV"),
        ("native exit", Reason.PARSER_CRASH, "exit code 7"),
        ("native abort", Reason.PARSER_CRASH, "SIGABRT"),
        ("native no memory", Reason.PARSER_MEMORY, "over 128 MiB"),
        ("raise", Reason.FAILED, "RuntimeError: as it happens"),
        ("leave", Reason.FAILED, "SystemExit: 3"),
    ],
)
@pytest.mark.parametrize("served", [0, 1], ids=["fresh", "served"])
def test_no_answer_has_a_reason_and_harms_no_later_call(
    isolated: Isolated[object], what: str, reason: Reason, detail: str, served: int
) -> None:
    for _ in range(served):
        isolated("pid")
    with pytest.raises(NoAnswer) as caught:
        isolated(what)
    assert (caught.value.reason, caught.value.detail) == (reason, detail)
    assert isolated("fine") == "fine"


def test_each_call_has_its_own_cpu_time() -> None:
    with contextlib.closing(Isolated(functools.partial(_burn, 0.7), LIMITS)) as burn:
        assert len({burn() for _ in range(4)}) == 1


def _burn(seconds: float) -> int:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()


def test_a_child_that_sleeps_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.isolation._WALL_PER_CPU", 1)
    with contextlib.closing(Isolated(act, LIMITS)) as isolated:
        with pytest.raises(NoAnswer, match="parser_timeout: no answer in 1 s"):
            isolated("sleep")
        assert isolated("fine") == "fine"


@on_linux
@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("half an answer", "parser_timeout: no answer in 1 s"),
        ("garbage", "parser_crash: its answer cannot be read"),
        ("no value", "failed: .*pickle"),
    ],
)
def test_what_is_no_answer_is_nobody_elses(
    what: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transforms.isolation._WALL_PER_CPU", 1)
    with contextlib.closing(Isolated(act, LIMITS)) as isolated:
        with pytest.raises(NoAnswer, match=reason):
            isolated(what)
        assert isolated("fine") == "fine"


@on_linux
def test_a_child_that_keeps_memory_is_replaced_before_it_runs_out(
    isolated: Isolated[object],
) -> None:
    assert [isolated("keep") for _ in range(4)] == [1, 1, 1, 1]


def test_a_child_that_was_killed_from_outside_costs_no_call(isolated: Isolated[object]) -> None:
    pid = isolated("pid")
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    assert isolated("fine") == "fine"


@on_linux
def test_a_child_ends_with_its_parent(isolated: Isolated[object]) -> None:
    pid = isolated("pid")
    isolated.close()
    assert not Path(f"/proc/{pid}").exists()


def test_what_a_child_prints_is_bounded(isolated: Isolated[object]) -> None:
    assert isolated("chatter") == 1 << 20
    with pytest.raises(NoAnswer, match="SIGSEGV"):
        isolated("native null")


def test_a_child_that_does_not_want_to_end_is_ended(isolated: Isolated[object]) -> None:
    isolated("linger")
    started = time.monotonic()
    isolated.close()
    assert time.monotonic() - started < 10


def test_no_call_is_blamed_for_a_child_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = types.ModuleType("elsewhere")
    exec("def act(): pass", vars(elsewhere))
    monkeypatch.setitem(sys.modules, "elsewhere", elsewhere)
    with pytest.raises(RuntimeError, match=r"no child process: .*'elsewhere'"):
        Isolated(elsewhere.act, LIMITS)()
