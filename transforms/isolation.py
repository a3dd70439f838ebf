"""Calls in a process of their own, which may hang, crash or eat memory and harm nobody.

Native parsers do all three on bytes that nobody foresaw. Python cannot interrupt them, so what
bounds them is the operating system: limits on a disposable child, which serves one call after the
other until one of them ends it.
"""

import contextlib
import dataclasses
import gc
import math
import os
import pickle
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from transforms.rows import Reason

_Result = TypeVar("_Result")

_SERVE = "import sys; sys.path[:] = {}; from transforms.isolation import serve; serve({})"
_NO_MEMORY_WORDS = re.compile("failed to allocate|bad_alloc|MemoryError")
_NO_MEMORY = 3  # exit code of a child that saw a MemoryError
_MEBIBYTE = 1 << 20
# CPU time is what counts, for it does not depend on what else the machine does; a child that
# sleeps is ended by the clock.
_WALL_PER_CPU = 10
_START_S = 60  # a child takes 0.3 s of CPU to start
_LAST_WORDS_BYTES = 2_000
_MAX_WORDS_BYTES = 1 << 20  # some grammars print what they see


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use.

    Attributes:
      cpu_s: seconds of CPU.
      memory_mb: MiB beyond what the process has before its first call; held on Linux only.
    """

    cpu_s: int = 20
    memory_mb: int = 1024


class NoAnswer(Exception):
    """A call ended without a result.

    Attributes:
      reason: PARSER_TIMEOUT, PARSER_CRASH or PARSER_MEMORY; FAILED for an exception.
      detail: for people.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Isolated(Generic[_Result]):
    """A function whose calls run in a child process, one after the other.

    The child starts with the first call. What a call does to it depends on the call alone: one
    that ends a child which had served others is tried again in a fresh one.

    Args:
      function: can be pickled, as its arguments and results can.
      prepare: called in the child before its memory is bounded, for what all calls need.
    """

    def __init__(
        self,
        function: Callable[..., _Result],
        limits: Limits,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self._function = function
        self._limits = limits
        self._prepare = prepare
        self._child: _Child | None = None

    def __call__(self, *arguments: object) -> _Result:
        """Call the function.

        Raises:
          NoAnswer: if it raised an exception or did not come to an end within the limits.
          RuntimeError: if no child can be started, whatever the call.
        """
        is_fresh = self._child is None
        if self._child is None:
            self._child = _Child(self._function, self._limits, self._prepare)
        try:
            answer = self._child.ask(arguments)
        except NoAnswer as error:
            self.close()
            if is_fresh or error.reason == Reason.PARSER_TIMEOUT:
                raise
            return self(*arguments)
        if answer.is_last:
            self.close()
        if answer.failure:
            raise NoAnswer(Reason.FAILED, answer.failure)
        return answer.result

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.close()
            self._child = None


@dataclasses.dataclass(frozen=True, slots=True)
class _Answer:
    """What a child says of a call; `is_last` where its memory has grown too much for another."""

    result: Any
    failure: str
    is_last: bool


class _Child:
    """A process that serves calls, seen from its parent.

    Raises:
      RuntimeError: if it does not come to serve any.
    """

    def __init__(
        self,
        function: Callable[..., object],
        limits: Limits,
        prepare: Callable[[], object] | None,
    ) -> None:
        self._limits = limits
        self._errors: BinaryIO = tempfile.TemporaryFile()  # closed with the child
        ours, theirs = socket.socketpair()
        self._patience_s = _WALL_PER_CPU * limits.cpu_s
        # An answer that stops half-way is none either.
        wait = struct.pack("@ll", self._patience_s, 0)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, wait)
        with theirs:
            self._process = subprocess.Popen(
                # -P: no module of the folder that we happen to stand in
                [sys.executable, "-P", "-c", _SERVE.format(sys.path, theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
            )
        self._connection = Connection(ours.detach())
        self._send((function, limits, prepare))
        self._await_start()

    def ask(self, arguments: tuple[object, ...]) -> _Answer:
        """Have one call served.

        Raises:
          NoAnswer: if the child did not live to answer.
        """
        self._send(arguments)
        try:
            if self._connection.poll(self._patience_s):
                return self._connection.recv()
        except (EOFError, ConnectionError):
            raise self._ended() from None
        except BlockingIOError:
            pass  # it began to answer
        except Exception as error:
            self._process.kill()
            raise NoAnswer(Reason.PARSER_CRASH, f"its answer cannot be read: {error}") from error
        self._process.kill()
        raise NoAnswer(Reason.PARSER_TIMEOUT, f"no answer in {self._patience_s} s")

    def close(self) -> None:
        """End the child, which has nothing to put in order."""
        self._connection.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()

    def _await_start(self) -> None:
        """Wait until the child can serve. If it cannot, then no file is to blame."""
        try:
            if self._connection.poll(_START_S):
                self._connection.recv()
                return
        except (EOFError, ConnectionError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_START_S)  # for what it says
        words = self._last_words().strip().rpartition("\n")[2]
        self.close()
        raise RuntimeError(f"no child process: {words or f'not ready after {_START_S} s'}")

    def _send(self, message: object) -> None:
        # A child that is gone is noticed when it is asked for its answer.
        with contextlib.suppress(ConnectionError):
            self._connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def _ended(self) -> NoAnswer:
        """Tell what ended the child."""
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return NoAnswer(Reason.PARSER_TIMEOUT, f"over {self._limits.cpu_s} s of CPU")
        # Who gets no memory says so. Who takes the null pointer for memory is seen to crash.
        if code == _NO_MEMORY or _NO_MEMORY_WORDS.search(self._last_words()):
            return NoAnswer(Reason.PARSER_MEMORY, f"over {self._limits.memory_mb} MiB")
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return NoAnswer(Reason.PARSER_CRASH, name)

    def _last_words(self) -> str:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _LAST_WORDS_BYTES))
        return self._errors.read().decode(errors="replace")


def serve(descriptor: int) -> None:
    """Serve calls until the parent hangs up: the whole life of a child.

    Args:
      descriptor: of the socket to the parent, on which the function and its limits come first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to handle
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(descriptor) as connection, contextlib.suppress(EOFError, ConnectionError):
        function, limits, prepare = connection.recv()
        if prepare is not None:
            prepare()
        resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_WORDS_BYTES, _MAX_WORDS_BYTES))
        gc.freeze()  # syntax trees are many small objects; what was imported need not be looked at
        memory = _bound_memory(limits.memory_mb * _MEBIBYTE)
        connection.send(None)  # ready
        while True:
            arguments = connection.recv()
            _allow_cpu(limits.cpu_s)
            try:
                result = function(*arguments)
                answer = _Answer(result, "", is_last=_data_bytes() > memory)
                payload = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            except MemoryError:
                os._exit(_NO_MEMORY)
            except (Exception, SystemExit) as error:  # whatever it is, the parent has to hear of it
                failure = f"{type(error).__name__}: {error}"[:200]
                answer = _Answer(None, failure, is_last=_data_bytes() > memory)
                payload = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            connection.send_bytes(payload)


def _bound_memory(most: int) -> int:
    """Bound the memory of this process; returns the bytes at which half of the bound is used."""
    before = _data_bytes()
    if before:
        _limit(resource.RLIMIT_DATA, before + most)
    return before + most // 2


def _allow_cpu(seconds: int) -> None:
    """Let this process run for so many seconds of CPU from now."""
    _limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _data_bytes() -> int:
    """Private memory of this process by what RLIMIT_DATA counts; 0 where no system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[5])
    except OSError:
        return 0
    return pages * resource.getpagesize()
