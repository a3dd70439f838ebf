"""Run the doctests of one definition and the tests that name it; a process of `mutants.py`.

    python mutants_run.py '["module", "qualified.name", [["test_module", "function"], ...]]'

It prints a list of words, one for each example and test, in their order.
"""

import contextlib
import doctest
import importlib
import io
import json
import sys
from collections.abc import Iterator

ended: list[str] = []


class Runner(doctest.DocTestRunner):
    """Remembers how each example ended."""

    def report_success(self, *_: object) -> None:
        """An example said what it should."""
        ended.append("passed")

    def report_failure(self, *_: object) -> None:
        """An example said something else."""
        ended.append("failed")

    def report_unexpected_exception(self, *_: object) -> None:
        """An example raised an exception."""
        ended.append("raised")


def run(module: str, name: str, tests: list[tuple[str, str]]) -> Iterator[str]:
    """Yield how each example and test ended."""
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    runner = Runner(verbose=False, optionflags=flags)
    found = importlib.import_module(module)
    for test in doctest.DocTestFinder().find(found, module):
        if test.name == f"{module}.{name}":
            runner.run(test)
    yield from ended
    for test_module, function in tests:
        try:
            getattr(importlib.import_module(test_module), function)()
            yield "passed"
        except BaseException as error:  # that a test is skipped may be said by any exception
            yield type(error).__name__


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):
        words = list(run(*json.loads(sys.argv[1])))
    print(json.dumps(words))
