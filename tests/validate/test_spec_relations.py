"""The relations of explain, implement_from_spec and class_completion can fail."""

from collections.abc import Callable

import pytest

from pipeline.validate.relations import load_relations
from pipeline.validate.relations.explain import explanation_offence

SOURCE = b'''\
def mean(values):
    """Average the ``values`` and round to `two <x.org>`_ places.

    No more than that is done.
    """
    total = sum(values) / len(values)
    return round(total, 2)


class Sums:
    def one(self):
        return 1

    def two(self):
        return 2

    def three(self):
        return 3
'''
TEXT = SOURCE.decode()
DOC = TEXT[TEXT.index('    """') : TEXT.index("    total")]


class OneSource:
    """Sources that have one file."""

    def text(self, name: tuple[str, str]) -> bytes | None:
        return SOURCE if name == ("input", "mean.py") else None


def row(task: str, context: str, start: str, end: str, **columns: object) -> dict[str, object]:
    """A row whose target runs from the first `start` to the next `end`, but for these columns."""
    at = TEXT.index(start)
    after = TEXT.index(end, at) + len(end)
    made = {"task": task, "context": context, "target": TEXT[at:after], "language": "python"}
    made |= {"source": "input", "path": "mean.py", "start_byte": at, "end_byte": after}
    made |= {"start_line": 1 + TEXT.count("\n", 0, at), "end_line": 1 + TEXT.count("\n", 0, after)}
    made |= columns
    prompt = {"role": "user", "content": f"Do it.\n\n{made['context']}"}
    made["messages"] = [prompt, {"role": "assistant", "content": made["target"]}]
    return made


def explained(**columns: object) -> dict[str, object]:
    code = TEXT[: TEXT.index("\n\n\nclass")].replace(DOC, "")
    target = "Average the `values` and round to two places."
    made = {"context": code, "target": target, **columns}
    return row("explain", made.pop("context"), "def mean", "total, 2)", **made)


def specified(**columns: object) -> dict[str, object]:
    context = TEXT[: TEXT.index("\n    total")]
    made = {"symbol": "mean", "context": context, **columns}
    return row("implement_from_spec", made.pop("context"), "\n    total", "total, 2)", **made)


def completed(**columns: object) -> dict[str, object]:
    context = TEXT[: TEXT.index("    def two")]
    made = {"symbol": "Sums", **columns}
    return row("class_completion", context, "    def two", "return 3", **made)


HONEST: dict[str, Callable[..., dict[str, object]]] = {
    "explain": explained,
    "implement_from_spec": specified,
    "class_completion": completed,
}


@pytest.mark.parametrize("task", HONEST)
def test_honest(task: str) -> None:
    made = HONEST[task]()
    assert load_relations()[task].offence(made, OneSource()) == ""
    assert load_relations()[task].offence(made, None) == ""


@pytest.mark.parametrize(
    ("task", "columns"),
    [
        ("explain", {"target": "Average the `values` and truncate to two places."}),
        ("explain", {"target": "Round the `values` and average to two places."}),
        ("explain", {"target": "Average values to places more is done."}),
        ("explain", {"target": "Average the values\nand round to two places."}),
        ("explain", {"context": TEXT[: TEXT.index("\n\n\nclass")]}),
        ("explain", {"context": "def mean(values):\n    return 1"}),
        ("explain", {"target": "!"}),
        ("implement_from_spec", {"context": "def mean(values):"}),
        ("implement_from_spec", {"symbol": "median"}),
        ("class_completion", {"symbol": "Other"}),
        ("class_completion", {"end_line": 15}),
        ("class_completion", {"start_line": 17}),
    ],
    ids=[
        "a word changed",
        "order changed",
        "words picked",
        "two lines",
        "doc in the prompt",
        "other code",
        "no words",
        "no doc",
        "other name",
        "not the class",
        "cut short",
        "one method",
    ],
)
def test_spoilt(task: str, columns: dict[str, object]) -> None:
    assert load_relations()[task].offence(HONEST[task](**columns), OneSource()) != ""


@pytest.mark.parametrize(
    ("target", "doc"),
    [
        (
            "Returns true if IP_TRANSPARENT is enabled, false otherwise.",
            '/** Returns {@code true} if <a href="https://example.org/ip">IP_TRANSPARENT</a> is\n'
            " * enabled, {@code false} otherwise. */",
        ),
        ("Decodes a list of ByteBufs.", "/** Decodes a list of {@link ByteBuf}s. */"),
        ("Hides the MockTests from it.", '"""Hides the C{MockTest}s from it."""'),
        ("Writes a Date to it.", '/// <summary>Writes a <see cref="Date"/> to it.</summary>'),
        ("Projects features to <sound> tokens.", '"""Projects features to `<sound>` tokens."""'),
    ],
    ids=["tags", "plural", "another plural", "reference", "word in angles"],
)
def test_markup_stands_between_an_explanations_words(target: str, doc: str) -> None:
    assert explanation_offence(target, doc) == ""
    assert explanation_offence(f"{target} At once.", doc)
