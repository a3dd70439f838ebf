"""Run the doctests of definitions and the tests that name them, without and with a bug.

    python mutants_run.py JOBS

JOBS has a JSON object a line: the `module`, the `name` of a definition in it, the module's `text`
with a bug in that definition, and `tests`, a list of [module, function]. For each job it prints
three lists of words, how each example and test ended: without the bug, with a function that cannot
be called in its place, and with the bug; only the first two where they do not differ.

A module is imported once, without a bug. Each job runs in children of its own, in which the
function's code is exchanged, whoever holds the function.
"""

import contextlib
import doctest
import gc
import importlib
import io
import json
import os
import resource
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_GENERATORS = 0x20 | 0x80 | 0x100 | 0x200  # the flags of generators and coroutines
_CPU_S = 20
_MEMORY_BYTES = 4 << 30


class Runner(doctest.DocTestRunner):
    """Remembers how each example ended."""

    def __init__(self) -> None:
        """Take white space as it comes, as the packages do."""
        super().__init__(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
        self.ended: list[str] = []

    def report_success(self, *_: object) -> None:
        """An example said what it should."""
        self.ended.append("passed")

    def report_failure(self, *_: object) -> None:
        """An example said something else."""
        self.ended.append("failed")

    def report_unexpected_exception(self, *_: object) -> None:
        """An example raised an exception."""
        self.ended.append("raised")


def run(job: dict[str, Any], text: str | None) -> list[str]:
    """Tell how each example and test of a job ended.

    Args:
      text: of the module that the function's code is from; empty for what cannot be called, None
        for its own.
    """
    module = importlib.import_module(job["module"])
    tests = [(importlib.import_module(name), function) for name, function in job["tests"]]
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        words = ["crash"]
        with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()):
            exchanged = text is None or exchange_code(module, job["name"], text)
            words = list(_words(module, job["name"], tests)) if exchanged else ["no function"]
        os.write(write, json.dumps(words).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return list(json.loads(said)) if said else ["killed"]


def _words(
    module: types.ModuleType, name: str, tests: list[tuple[types.ModuleType, str]]
) -> Iterator[str]:
    runner = Runner()
    for test in doctest.DocTestFinder().find(module, module.__name__):
        if test.name == f"{module.__name__}.{name}":
            runner.run(test)
    yield from runner.ended
    for test_module, function in tests:
        try:
            getattr(test_module, function)()
            yield "passed"
        except BaseException as error:  # that a test is skipped may be said by any exception
            yield type(error).__name__


def exchange_code(module: types.ModuleType, name: str, text: str) -> bool:
    """Give a function the code that it has in a text of its module; whether there is such one.

    Without a text its code becomes one that ends what calls it.
    """
    path = module.__file__ or ""
    old = _codes(compile(Path(path).read_text("utf-8"), path, "exec"))
    new = _codes(compile(text, path, "exec")) if text else old
    keys = {key for key in old if key[0] == name and key in new}
    found = [
        function
        for function in gc.get_objects()
        if isinstance(function, types.FunctionType)
        and (function.__code__.co_qualname, function.__code__.co_firstlineno) in keys
        and function.__code__.co_filename == path
    ]
    for function in found:
        code = function.__code__
        function.__code__ = new[code.co_qualname, code.co_firstlineno] if text else _never(code)
    return bool(found)


def _never(code: types.CodeType) -> types.CodeType:
    """Make code of a function that ends what calls it, whatever that catches."""
    return compile("raise KeyboardInterrupt", code.co_filename, "exec").replace(
        co_argcount=code.co_argcount,
        co_posonlyargcount=code.co_posonlyargcount,
        co_kwonlyargcount=code.co_kwonlyargcount,
        co_varnames=code.co_varnames,
        co_nlocals=code.co_nlocals,
        co_freevars=code.co_freevars,
        co_flags=code.co_flags & ~_GENERATORS,
    )


def _codes(code: types.CodeType) -> dict[tuple[str, int], types.CodeType]:
    """List a module's functions by qualified name and line."""
    codes, found = [code], {}
    while codes:
        code = codes.pop()
        found[code.co_qualname, code.co_firstlineno] = code
        codes += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    return found


if __name__ == "__main__":
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        asked = json.loads(line)
        ended: list[list[str]] = []
        with contextlib.suppress(Exception):
            ended = [run(asked, None), run(asked, "")]
            if ended[0] != ended[1]:
                ended.append(run(asked, asked["text"]))
        print(json.dumps(ended), flush=True)
