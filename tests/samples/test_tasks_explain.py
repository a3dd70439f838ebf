"""explain: code without its doc to what the doc says first."""

import pytest

from tests.samples.views import cuts_of, texts, view_of

BODY = "    total = sum(values) / len(values)\n    return round(total, 2)\n"

PYTHON = f'''\
def mean(values):
    """Average the ``values`` and round
    the :class:`float` to two places.

    More of it.
    """
{BODY}'''

JAVA = """\
class Sums {
  /**
   * Adds up all {@code values} of the <b>list</b>, however many.
   * <p>Slow.
   * @param values the numbers
   */
  @Override
  public int sum(List<Integer> values) {
    int total = 0;
    for (int value : values) total += value;
    return total;
  }
}
"""


def test_python() -> None:
    view = view_of(PYTHON)
    cut = cuts_of(view, "explain")["mean"]
    summary = "Average the `values` and round the `float` to two places."
    assert texts(view, cut) == (f"def mean(values):\n{BODY.rstrip()}", summary, "")
    assert (cut.origin, cut.span) == ("derived", (0, len(PYTHON.rstrip())))


def test_java() -> None:
    view = view_of(JAVA, "java")
    found = cuts_of(view, "explain")
    assert list(found) == ["Sums.sum"]
    context, target, _ = texts(view, found["Sums.sum"])
    start, end = JAVA.index("@Override"), JAVA.rindex("\n}")
    assert context == JAVA[start:end]
    assert target == "Adds up all values of the list, however many."
    assert found["Sums.sum"].span == (JAVA.index("/**"), end)


@pytest.mark.parametrize(
    "doc",
    [
        "Average.",
        "The mean of the values.\n\n    Args: x",
        "Average the values, see the notes of the module.",
        "Average the values and then",
        "Average the values: int, float, complex.",
        "Args:\n        values: the numbers to average, all of them",
        "Average the values of the (list and round to two places.",
        "We average the values and round to two places.",
        "Because the values are many, they are averaged in one step.",
        "Mittelt die Werte und rundet das Ergebnis auf zwei Stellen.",
        "Average values; round(total, 2) = total.",
        "Average the values like the function did that was removed.",
        "Deprecated: average the values with statistics instead.",
        "Average of: - the values - their weights - the rest of it",
    ],
)
def test_what_does_not_explain(doc: str) -> None:
    explained = 'def mean(values):\n    """Average the values and round to two places."""\n' + BODY
    assert list(cuts_of(view_of(explained), "explain")) == ["mean"]
    source = f'def mean(values):\n    """{doc}"""\n{BODY}'
    assert cuts_of(view_of(source), "explain") == {}


@pytest.mark.parametrize(
    "said",
    [
        "# Average the values and round to two places.",
        'print("average the values and round to two")',
    ],
    ids=["comment", "string"],
)
def test_nothing_where_the_code_says_the_same(said: str) -> None:
    doc = '    """Average the values and round to two places."""\n'
    source = f"def mean(values):\n{doc}    {said}\n{BODY}"
    assert cuts_of(view_of(source), "explain") == {}


def test_nothing_where_more_than_the_doc_stands_around() -> None:
    assert cuts_of(view_of(JAVA.replace("*/\n", "*/\n  // remark\n"), "java"), "explain") == {}
