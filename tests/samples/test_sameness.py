"""Samples are the same but for white space and comments, and not where strings or layout differ."""

import re

import pytest

from tests.outlines.golden import golden_file, structured
from tests.samples.views import task, texts, view_of
from transforms.languages.spec import load_languages
from transforms.outlines.outline import Outline
from transforms.outlines.parse import outline
from transforms.samples.augmentations.renamed_variables import SPEC
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Rendered
from transforms.samples.layout import SampleFormat, lay_out
from transforms.samples.sameness import Digests, Sameness


def digests_of(view: SourceView, cut: Cut, instruction: str = "Do it.") -> Digests:
    context, target, suffix = texts(view, cut)
    rendered = Rendered(instruction, context, suffix, target)
    laid = lay_out(SampleFormat(), cut.task, rendered, view.language.fence)
    return Sameness(view).digests(cut, rendered, laid.before)


def digests(text: str, language: str, task_name: str = "function_completion") -> Digests:
    """The digests of the first sample of a text."""
    view = view_of(text, language)
    return digests_of(view, next(iter(task(task_name).cut(view))))


PYTHON = """\
def total(items, start=0):
    \"\"\"Add up.\"\"\"
    note = "two  spaces # no comment"
    for item in items:
        if item.hidden:
            continue
        start += item.size
    return start, note
"""
C = """\
/* Adds up. */
int total(const int *items, int count)
{
    int sum = 0;
    const char *note = "two  spaces /* no comment */";
    for (int i = 0; i < count; i++)
        sum += items[i];
    return use(note, sum);
}
"""
JAVASCRIPT = """\
function total(items) {
  const note = `one
    two
  three`;
  return items.reduce((sum, item) => sum + item.size, note.length);
}
"""
HASKELL = """\
total items = do
  when (null items) $ do
    report "nothing  there"
  finish (length items)
"""
SHELL = """\
install_all() {
    for name in "$@"; do
        cp -r "$name" /opt/target/"$name"
    done
    cat <<END
  two  words
END
}
"""


def indented(text: str) -> str:
    return "class K:\n" + "".join(f"    {line}\n" for line in text.splitlines())


SAME = {
    "comments": ("python", PYTHON, PYTHON.replace("continue", "continue  # not this one")),
    "whole-line comment": ("python", PYTHON, PYTHON.replace("    for", "  # All:\n    for")),
    "another doc": ("python", PYTHON, PYTHON.replace("Add up.", "Sums items\n\n    of a list.")),
    "no doc": ("python", PYTHON, PYTHON.replace('    """Add up."""\n', "")),
    "tabs": ("python", PYTHON, PYTHON.replace("    ", "\t")),
    "two spaces": ("python", PYTHON, PYTHON.replace("    ", "  ")),
    "blank lines": ("python", PYTHON, PYTHON.replace("    for", "\n\n    for")),
    "line ends": ("python", PYTHON, PYTHON.replace("\n", "\r\n")),
    "white space at line ends": ("python", PYTHON, PYTHON.replace(":\n", ":  \n")),
    "spaces between words": ("python", PYTHON, PYTHON.replace("start += ", "start  +=\t")),
    "what stands around": ("python", PYTHON, "import os\n\n\n" + PYTHON + "\n\nmore = 1\n"),
    "a comment in brackets": ("c", C, C.replace("int sum", "int /* the sum */ sum")),
    "indentation": ("c", C, re.sub("^ +", "", C, flags=re.MULTILINE)),
    "a doc comment": ("c", C, C.replace("/* Adds up. */", "// All of them,\n// one by one.")),
    "a line": ("javascript", JAVASCRIPT, JAVASCRIPT.replace("return", "// Here\n return")),
    "the depth of all": ("haskell", HASKELL, HASKELL.replace("\n  ", "\n     ")),
    "in shell": ("bash", SHELL, SHELL.replace("        cp", "  cp").replace("done", "done # it")),
}  # fmt: skip


@pytest.mark.parametrize(("language", "one", "other"), SAME.values(), ids=SAME.keys())
def test_same_definition(language: str, one: str, other: str) -> None:
    a, b = digests(one, language), digests(other, language)
    assert a.definition == b.definition
    assert a.target == b.target
    assert a.prompt != b.prompt


DIFFERENT = {
    "white space in a string": ("python", PYTHON, PYTHON.replace("two  spaces", "two spaces")),
    "a comment's like in a string": ("python", PYTHON, PYTHON.replace(" # no comment", "")),
    "depth": ("python", PYTHON, PYTHON.replace("        start +=", "            start +=")),
    "depth of the end": ("python", PYTHON, PYTHON.replace("    return", "        return")),
    "a word": ("python", PYTHON, PYTHON.replace("size", "price")),
    "words run together": ("python", PYTHON, PYTHON.replace("return start", "returnstart")),
    "a string in c": ("c", C, C.replace("two  spaces", "two spaces")),
    "a comment in a string": ("c", C, C.replace("/* no comment */", "")),
    "indentation in a string": ("javascript", JAVASCRIPT, JAVASCRIPT.replace("    two", "  two")),
    "a blank line in a string": ("javascript", JAVASCRIPT, JAVASCRIPT.replace("two\n", "two\n\n")),
    "line ends that mean something": (
        "javascript", JAVASCRIPT, JAVASCRIPT.replace("return items", "return\nitems"),
    ),
    "columns": ("haskell", HASKELL, HASKELL.replace("  finish", "    finish")),
    "a column inside a line": ("haskell", HASKELL, HASKELL.replace("finish (", "finish  (")),
    "a here-document": ("bash", SHELL, SHELL.replace("two  words", "two words")),
}  # fmt: skip


@pytest.mark.parametrize(("language", "one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_another_definition(language: str, one: str, other: str) -> None:
    a, b = digests(one, language), digests(other, language)
    assert a.definition != b.definition
    assert a.target != b.target


def test_a_method_is_compared_wherever_it_stands() -> None:
    deep = indented(indented(PYTHON).replace("class K", "class Inner"))
    one, other = (digests(text, "python", "method_completion") for text in (indented(PYTHON), deep))
    assert (one.definition, one.target) == (other.definition, other.target)


def test_one_target_under_two_headers_is_no_one_definition() -> None:
    one, other = digests(PYTHON, "python"), digests(PYTHON.replace("total", "sum_up"), "python")
    assert one.target == other.target
    assert one.definition != other.definition


def test_the_doc_counts_where_it_is_the_target() -> None:
    name = "add_docstring"
    doc = PYTHON.replace("Add up.", "Add up the sizes of all items that are to be seen.")
    reflowed = doc.replace("sizes of all", "sizes\n    of all")
    remarked = doc.replace("continue", "continue  # not this one")
    other = doc.replace("the sizes", "the prices")
    one, *same = (digests(text, "python", name).definition for text in (doc, reflowed, remarked))
    assert same == [one, one]
    assert digests(other, "python", name).target != digests(doc, "python", name).target


def test_a_copy_of_a_function_has_the_same_hole_and_the_same_variant() -> None:
    near = "import os\n\n\ndef before(a):\n    b = a\n    return b + b\n\n\n" + PYTHON
    one, other = view_of(PYTHON), view_of(near)
    holes = [list(task("fill_in_middle").cut(view))[-1] for view in (one, other)]
    assert digests_of(one, holes[0]).definition == digests_of(other, holes[1]).definition
    bodies = [list(task("function_completion").cut(view))[-1] for view in (one, other)]
    variants = [SPEC.vary(view, cut) for view, cut in zip((one, other), bodies, strict=True)]
    assert variants[0] is not None
    assert variants[1] is not None
    first, second = digests_of(one, variants[0]), digests_of(other, variants[1])
    assert first.definition == second.definition
    assert first.definition != digests_of(one, bodies[0]).definition


def test_lines_differ_by_what_precedes_them() -> None:
    text = "".join(
        f"value_{n} = call({n}, 'and  more')\nif value_{n} > {n}:\n    say()\n" for n in range(12)
    )
    view = view_of(text)
    cuts = list(task("line_completion").cut(view))
    found = [digests_of(view, cut) for cut in cuts]
    assert len({each.definition for each in found}) == len(cuts) > 1
    spaced = view_of(text.replace("\n", "  \r\n"))
    context, target, _ = texts(view, cuts[0])
    start, end = (
        len(part.replace("\n", "  \r\n").encode()) for part in (context, context + target)
    )
    moved = [cut for cut in task("line_completion").cut(spaced) if cut.span == (start, end)]
    assert all(digests_of(spaced, cut).definition == found[0].definition for cut in moved)


def test_the_prompt_counts_whatever_the_code() -> None:
    view = view_of(PYTHON)
    cut = next(iter(task("function_completion").cut(view)))
    one, other = digests_of(view, cut), digests_of(view, cut, "Do it now.")
    assert one.prompt != other.prompt
    assert one[1:] == other[1:]


@pytest.mark.parametrize("name", structured())
def test_strings_are_all_in_which_white_space_is_text(name: str) -> None:
    """No token with a line end or two spaces stands outside strings and comments."""
    text = golden_file(name).read_bytes()
    seen = outline(text, load_languages()[name])
    spans = sorted((*seen.comments, *seen.find_strings()))
    for start, end in _tokens(seen):
        token = text[start:end].rstrip()
        if re.search(rb"\n|\s\s", token):
            inside = any(s.start <= start and start + len(token) <= s.end for s in spans)
            assert inside, token


def _tokens(seen: Outline) -> list[tuple[int, int]]:
    """The spans of the tokens inside definitions."""
    found = []
    for definition in seen.definitions:
        root = seen.trees(definition.span)[-1]
        node = root.descendant_for_byte_range(*definition.span)
        stack = [node] if node is not None else []
        while stack:
            node = stack.pop()
            stack += node.children
            inside = definition.span.contains(type(definition.span)(node.start_byte, node.end_byte))
            if not node.child_count and inside:
                found.append((node.start_byte, node.end_byte))
    return found
