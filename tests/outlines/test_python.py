from tests.outlines.views import by_name, doc, listing, parameters, parse, whole

SOURCE = b'''\
"""Module doc, no definition's."""

import os
from typing import Any


@register("stack",
          eager=True)
class Stack(list[int]):
    """A stack.

    With a tail.
    """

    limit = 3

    def __init__(self, *items: int, limit: int = 3, **extra: Any) -> None:
        # why
        "One line."
        self.limit = limit  # kept

    @property
    def top(self) -> int: return self[-1]

    async def drain(self, /, sink, *, wait=None):
        r"""Drains
        it.

        :param sink: where to.
        """
        def step(n):
            if n and sink or wait:
                return 1
            elif n:
                for x in n:
                    if x:
                        pass
            # the end
        await step(1)


def only_doc():
    """Nothing else."""
'''


def test_definitions() -> None:
    stack_body = SOURCE[SOURCE.index(b"\n\n    limit") : SOURCE.index(b"\n\n\ndef only_doc")]
    drain_body = SOURCE[SOURCE.index(b"\n        def step") : SOURCE.index(b"\n\n\ndef only_doc")]
    step_body = drain_body[
        drain_body.index(b"\n            if") : drain_body.index(b"\n            # the")
    ]
    assert listing("python", SOURCE) == [
        ("class", "Stack", stack_body, b'"""A stack.\n\n    With a tail.\n    """'),
        ("method", "Stack.__init__", b"\n        self.limit = limit  # kept", b'"One line."'),
        ("method", "Stack.top", b" return self[-1]", None),
        (
            "method",
            "Stack.drain",
            drain_body,
            b'r"""Drains\n        it.\n\n        :param sink: where to.\n        """',
        ),
        ("function", "Stack.drain.step", step_body, None),
        ("function", "only_doc", b"", b'"""Nothing else."""'),
    ]


def test_spans_include_decorators() -> None:
    found = by_name("python", SOURCE)
    assert whole(SOURCE, found["Stack"]).startswith(b'@register("stack",\n')
    assert (
        whole(SOURCE, found["Stack.top"]) == b"@property\n    def top(self) -> int: return self[-1]"
    )
    assert SOURCE.splitlines()[found["Stack"].start_line - 1] == b'@register("stack",'
    assert SOURCE.splitlines()[found["Stack"].end_line - 1] == b"        await step(1)"
    assert found["Stack.drain.step"].parent == 3


def test_parameters() -> None:
    found = by_name("python", SOURCE)
    assert parameters(found["Stack.__init__"]) == [
        ("self", "", ""),
        ("items", "int", ""),
        ("limit", "int", "3"),
        ("extra", "Any", ""),
    ]
    assert [p.name for p in found["Stack.drain"].details.parameters] == ["self", "sink", "wait"]
    assert found["Stack"].details.parameters == ()


def test_summaries() -> None:
    found = by_name("python", SOURCE)
    assert found["Stack"].details.summary == "A stack."
    assert found["Stack.drain"].details.summary == "Drains it."


def test_complexity_and_nesting() -> None:
    step = by_name("python", SOURCE)["Stack.drain.step"]
    # if, and, or, elif, for, if
    assert (step.details.complexity, step.details.nesting) == (7, 3)


def test_imports_and_comments() -> None:
    found = parse("python", SOURCE)
    assert [SOURCE[s.start : s.end] for s in found.imports] == [
        b"import os",
        b"from typing import Any",
    ]
    assert [SOURCE[s.start : s.end] for s in found.comments] == [b"# why", b"# kept", b"# the end"]


def test_strings_that_are_no_docstrings() -> None:
    for prefix in (b"f", b"b", b"rb"):
        text = b"def f():\n    " + prefix + b'"x"\n    return 1\n'
        assert listing("python", text)[0][3] is None
    text = b'def f():\n    "a" % 1\n'
    assert listing("python", text)[0][3] is None


def test_a_concatenated_docstring() -> None:
    text = b"def f():\n    'a '\\\n    'b'\n    return 1\n"
    (found,) = parse("python", text).definitions
    assert doc(text, found) == b"'a '\\\n    'b'"


def test_a_statement_after_the_docstring_on_its_line() -> None:
    text = b'def f(): "d"; return 1\n'
    assert listing("python", text) == [("function", "f", b"; return 1", b'"d"')]


LAMBDAS = b"""\
double = lambda x, y=1: x * 2
words: Callable = lambda: ["a", "b"]
text = (lambda: "a"
        "b")
a = b = lambda: 1
pair = lambda: 1, 2
def f():
    inner = lambda: 2
class A:
    size = lambda self: 1
    if a:
        other = lambda self: 1
"""


def test_lambdas_that_modules_and_classes_name() -> None:
    assert listing("python", LAMBDAS) == [
        ("function", "double", b" x * 2", None),
        ("function", "words", b' ["a", "b"]', None),
        ("function", "text", b' "a"\n        "b"', None),
        ("function", "f", b"\n    inner = lambda: 2", None),
        ("class", "A", LAMBDAS[LAMBDAS.index(b"\n    size") : -1], None),
        ("method", "A.size", b" 1", None),
    ]
    assert parameters(by_name("python", LAMBDAS)["double"]) == [("x", "", ""), ("y", "", "1")]
