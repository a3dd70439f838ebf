import dataclasses
from pathlib import Path

import pytest

from tests.file_keys import draft_rules, text_key
from transforms.samples.drafting import draft_file
from transforms.samples.drafts import render, unpack
from transforms.sources.source import Source

PYTHON = """
def join_all(parts, mark):
    found = [part.strip() for part in parts]
    return mark.join(found)


def nothing():
    first = len("what has no parameters")
    return first + len("is not called")
"""
PYTHON_STUB = """\
def test_join_all():
    # TODO: choose values and assert what is expected of them.
    parts = "parts"
    mark = "mark"
    result = join_all(parts, mark)
    assert result is not None"""


def stubs(path: str, language: str, text: str, synthetic_tests: bool = True) -> list[str]:
    """The targets of the stubs of a file."""
    rules = draft_rules(Path())
    every = dataclasses.replace(rules.caps, per_definition=100)
    rules = dataclasses.replace(rules, caps=every, synthetic_tests=synthetic_tests)
    data = text.encode()
    drafted = draft_file(text_key(language, path, data), Source(data, data, ""), rules)
    found = [one for one in unpack(drafted.file_drafts.drafts) if one.task == "write_tests"]
    assert {one.origin for one in found} <= {"synthetic"}
    assert {one.quality for one in found} <= {0}
    places = [(one.start_byte, one.end_byte, one.start_line, one.end_line) for one in found]
    assert set(places) <= {(0, 0, 1, 1)}
    return [render(data, one).target for one in found]


def test_there_are_none_unless_asked_for() -> None:
    assert stubs("r/code.py", "python", PYTHON, synthetic_tests=False) == []


def test_a_stub_calls_a_function_with_parameters() -> None:
    assert stubs("r/code.py", "python", PYTHON) == [PYTHON_STUB]
    assert stubs("r/tests/test_code.py", "python", PYTHON) == []


@pytest.mark.parametrize(
    ("path", "language", "text", "call"),
    [
        pytest.param(
            "r/a.js",
            "javascript",
            "function twice(value) {\n  const half = value + 0;\n  return half + value;\n}\n",
            "expect(() => twice(value)).not.toThrow();",
            id="javascript",
        ),
        pytest.param(
            "r/a.ts",
            "typescript",
            "function twice(value: number): number {\n  const half = value + 0;\n"
            "  return half + value;\n}\n",
            "expect(() => twice(value)).not.toThrow();",
            id="typescript",
        ),
        pytest.param(
            "r/A.java",
            "java",
            "class A {\n  static int twice(Integer value) {\n    int half = value + 0;\n"
            "    return half + value;\n  }\n}\n",
            "assertDoesNotThrow(() -> A.twice(value));",
            id="java static method",
        ),
        pytest.param(
            "r/a.go",
            "go",
            "package a\n\nfunc twice(value int) int {\n\thalfOf := value + 0\n"
            "\treturn halfOf + value\n}\n",
            "var value int",
            id="go",
        ),
        pytest.param(
            "r/a.rs",
            "rust",
            "fn twice(value: u32) -> u32 {\n    let half_of = value + 0;\n    half_of + value\n}\n",
            "let value: u32 = Default::default();",
            id="rust",
        ),
        pytest.param(
            "r/a.rb",
            "ruby",
            "def twice(value)\n  half_of = value + 0\n  other = half_of\n  other + value\nend\n",
            "refute_nil twice(value)",
            id="ruby",
        ),
    ],
)
def test_a_stub_is_written_as_its_language_writes_tests(
    path: str, language: str, text: str, call: str
) -> None:
    (stub,) = stubs(path, language, text)
    assert call in [line.strip() for line in stub.splitlines()]
    assert "{" + "name}" not in stub
    assert "TODO" in stub


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("int twice(Integer value)", id="a method of an object"),
        pytest.param("static int twice(int value)", id="no value of its type"),
    ],
)
def test_what_a_stub_cannot_call_has_none(head: str) -> None:
    text = f"class A {{\n  {head} {{\n    int half = value + 0;\n"
    assert stubs("r/A.java", "java", f"{text}    return half + value;\n  }}\n}}\n") == []
