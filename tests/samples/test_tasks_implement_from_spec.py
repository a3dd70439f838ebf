"""implement_from_spec: header and doc to body, where the doc says enough."""

import pytest

from tests.samples.views import cuts_of, texts, view_of

PYTHON = '''\
"""Text tools."""

import re
from typing import Iterable

WIDTH = 80


class Wrapper:
    """Wraps text."""

    indent = 2

    def other(self):
        return WIDTH - self.indent

    def wrap(self, words: Iterable[str]) -> str:
        """Join the words by single spaces and break lines before they are too wide.

        Args:
            words: what to join.

        Returns:
            the lines, joined by line ends.
        """
        lines = [""]
        for word in words:
            lines[-1] += " " + word
        return "\\n".join(lines)

    def reset(self):
        """Reset the wrapper."""
        self.indent = 2
        self.lines = []

    def copyright_of(self):
        """See the notes on copies above for what this returns to its callers."""
        found = re.search("copyright", self.lines[0])
        return found and found.group()


def test_wrapping():
    """Tests that all words are in lines which are not too wide for the screen."""
    wrapped = Wrapper().wrap(["a", "b"])
    assert len(wrapped) < WIDTH
'''

JAVA = """\
package text;

import java.util.List;

/** Wraps text. */
public class Wrapper {
  private int width = 80;

  /**
   * Joins the words by single spaces and breaks lines before they are too wide.
   *
   * @param words what to join
   * @return the lines, joined by line ends
   */
  String wrap(List<String> words) {
    StringBuilder lines = new StringBuilder();
    for (String word : words) lines.append(word).append(' ');
    return lines.toString();
  }
}
"""

GO = """\
package text

import "strings"

var Width = 80

// Wrap joins the words by single spaces and breaks lines before they are wider
// than the screen, and it returns the lines joined by line ends.
func Wrap(words []string) string {
	joined := strings.Join(words, " ")
	return strings.ReplaceAll(joined, "  ", " ")
}
"""

FIRST = '''\
def wrap(words):
    """Join the words by single spaces and break lines before they are too wide for the screen."""
    joined = " ".join(words)
    return joined.replace("  ", " ")
'''


@pytest.mark.parametrize(
    ("language", "source", "name", "begins"),
    [
        ("python", PYTHON, "Wrapper.wrap", "\n        lines = ["),
        ("java", JAVA, "Wrapper.wrap", "{\n    StringBuilder"),
        ("go", GO, "Wrap", "{\n\tjoined"),
    ],
    ids=["python", "java", "go"],
)
def test_shows_doc_and_headers_and_imports_alone(
    language: str, source: str, name: str, begins: str
) -> None:
    view = view_of(source, language)
    found = cuts_of(view, "implement_from_spec")
    assert list(found) == [name]
    context, target, suffix = texts(view, found[name])
    assert target.startswith(begins)
    assert source[: found[name].span.start].endswith(context[-150:])
    assert "words by single spaces" in context
    assert "import" in context
    assert not any(text in context for text in ("WIDTH", "other", "private", "var Width"))
    assert suffix == ""
    if "Wrapper" in name:
        assert "class Wrapper" in context


def test_nothing_where_a_completion_shows_as_much() -> None:
    assert cuts_of(view_of(FIRST), "implement_from_spec") == {}
    assert list(cuts_of(view_of(FIRST), "function_completion")) == ["wrap"]
    view = view_of(f"import sys\n\n\n{FIRST}")
    context = texts(view, cuts_of(view, "implement_from_spec")["wrap"])[0]
    assert context.startswith("def wrap(words):")


def test_a_long_body_needs_a_long_doc() -> None:
    lines = "".join(f"    joined = joined.replace('{n}', ' ')\n" for n in range(60))
    source = "import re\n" + FIRST.replace("    return", f"{lines}    return")
    assert cuts_of(view_of(source), "implement_from_spec") == {}


def test_what_does_not_fit_is_made_to_be_rejected() -> None:
    view = view_of(PYTHON, max_context_chars=60)
    context = texts(view, cuts_of(view, "implement_from_spec")["Wrapper.wrap"])[0]
    assert len(context) > 60
