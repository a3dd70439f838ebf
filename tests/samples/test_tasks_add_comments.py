"""add_comments: the definition without its comments in words, and the same with them."""

import pytest

from tests.samples.views import cuts_of, texts, view_of

GO = """\
package p

// Total adds up amounts.
func Total(amounts []int) int {
	// Lines without an amount count as nothing.
	sum := 0
	for _, a := range amounts { //nolint:gocritic
		sum += a // it may overflow
	}
	return sum
}
"""


def test_doc_and_directives_stay() -> None:
    view = view_of(GO, "go")
    (cut,) = cuts_of(view, "add_comments").values()
    context, target, suffix = texts(view, cut)
    assert target == GO[GO.index("// Total") :].rstrip("\n")
    assert context == target.replace(
        "\t// Lines without an amount count as nothing.\n", ""
    ).replace(" // it may overflow", "")
    assert suffix == ""
    assert cut.origin == "human"
    assert view.text[cut.span.start : cut.span.end].decode() == target


CODE = "    first = take(lines)\n    second = take(lines)\n    return join(first, second)\n"


@pytest.mark.parametrize(
    ("comment", "is_kept"),
    [
        ("# The first two lines say what the others are about.", True),
        ("# get the lines", False),
        ("# first = take(lines); second = take(first, second, lines)", False),
        ("# A wrapper around two lines.\n\n    # Generated from lines.xml", False),
        ("# TODO: find out whether there are two lines at all here", False),
        ("# noqa: this is for the linter alone, not for a reader", False),
        ("# two lines are enough for it\n\n    # first = take(lines).one(2, 3, 4)", False),
        ("# two lines are enough for it here\n\n    # first = take(lines)[0]", False),
    ],
    ids=[
        "words", "few", "code", "generated", "todo", "directive", "more code than words",
        "half as much code",
    ],
)  # fmt: skip
def test_which_comments_say_enough(comment: str, is_kept: bool) -> None:
    view = view_of(f"def f(lines):\n    {comment}\n{CODE}")
    assert bool(cuts_of(view, "add_comments")) == is_kept


def test_a_target_that_is_nearly_all_copied_teaches_nothing() -> None:
    lines = "".join(f"    values.append({n} * scale)\n" for n in range(200))
    source = (
        f"def table(scale):\n    # begin with an empty list of values\n    values = []\n{lines}"
    )
    assert cuts_of(view_of(source), "add_comments") == {}


def test_a_comment_after_the_end_is_no_part_of_it() -> None:
    source = (
        f"def f(lines):\n{CODE}    # This is said of nothing that follows in here.\n\n\nx = 1\n"
    )
    assert cuts_of(view_of(source), "add_comments") == {}
