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
        "Values is the list of numbers to average.",
        "The values must be numbers, not strings, to be averaged.",
        "basic_mean_of_the_values_and_their_rounding to_two_places_of_a_number",
        "Actually the values are rounded to two places.",
        "For the values of a list of numbers.",
        "Average the values of a list. To be documented!",
        "Similar as the median but rounds to two places.",
        "mean Average the values and round to two places.",
    ],
)
def test_what_does_not_explain(doc: str) -> None:
    explained = 'def mean(values):\n    """Average the values and round to two places."""\n' + BODY
    assert list(cuts_of(view_of(explained), "explain")) == ["mean"]
    source = f'def mean(values):\n    """{doc}"""\n{BODY}'
    assert cuts_of(view_of(source), "explain") == {}


@pytest.mark.parametrize(
    ("kind", "name", "doc"),
    [
        ("def", "mean", "This is the average of the values, rounded to two places."),
        ("def", "mean", "Check that what is averaged are values in two places."),
        ("def", "mean", "For each of the values, round it to two places."),
        ("def", "test_mean", "The average of values is rounded to two places."),
        ("class", "Mean", "A mean is the average of the values of a list."),
        ("class", "Mean", "Objects that are the average of the values of a list."),
    ],
    ids=["this", "verb", "for each", "test", "itself", "relative"],
)
def test_what_is_told_of_the_definition_itself(kind: str, name: str, doc: str) -> None:
    head = f"def {name}(values)" if kind == "def" else f"class {name}"
    view = view_of(f'{head}:\n    """{doc}"""\n{BODY}')
    cut = cuts_of(view, "explain")[name]
    assert texts(view, cut)[1] == doc


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
