"""add_docstring: the definition without its doc, and the same with it."""

import pytest

from tests.samples.views import cuts_of, texts, view_of

PYTHON = '''\
class Stack:
    """A stack of things.

    It grows at its end.
    """

    def push(self, item):
        """Put an item on top of the others."""

        self.items.append(item)
        self.size += 1

    @property
    def top(self):  # the last
        """Look at the item on top."""
        return self.items[-1] if self.items else None


class OnlyDoc(Exception):
    """Something that went wrong in a stack."""


def terse(a):
    """Go on."""
    return a.go_on_until_the_end()


def one_line(): "Return a constant answer."; return compute_answer(42)
'''


def test_python_docstring() -> None:
    view = view_of(PYTHON)
    cuts = cuts_of(view, "add_docstring")
    assert list(cuts) == ["Stack", "Stack.push", "Stack.top"]
    context, target, _ = texts(view, cuts["Stack.push"])
    assert context == (
        "def push(self, item):\n        self.items.append(item)\n        self.size += 1"
    )
    assert target == (
        'def push(self, item):\n        """Put an item on top of the others."""\n\n'
        "        self.items.append(item)\n        self.size += 1"
    )
    assert texts(view, cuts["Stack.top"])[0] == (
        "@property\n    def top(self):  # the last\n"
        "        return self.items[-1] if self.items else None"
    )
    context, target, _ = texts(view, cuts["Stack"])
    assert context.startswith("class Stack:\n    def push(self, item):\n")
    assert target.startswith('class Stack:\n    """A stack of things.\n')
    for cut in cuts.values():
        assert PYTHON[cut.span.start : cut.span.end] == texts(view, cut)[1]


JAVA_CLASS = """\
@Deprecated
class Sums {
  int sum() { return fold(all, plus, zero); }
}"""
GO_FUNCTION = """\
func Sum(a []int) int {
	return fold(a, plus, nothing)
}"""
RUST_FUNCTION = """\
#[inline]
fn sum(a: &[u8]) -> u8 {
    a.iter().copied().rev().fold(0, add)
}"""
C_FUNCTION = """\
int sum(int *a, int n)
{
  return fold(a, n, plus, zero);
}"""
JAVASCRIPT_FUNCTION = """\
function sum(a) {
  return a.reduce((one, other) => one + other);
}"""


@pytest.mark.parametrize(
    ("language", "doc", "code"),
    [
        ("java", "/**\n * Adds the numbers up.\n */", JAVA_CLASS),
        ("go", "// Sum adds the numbers up.\n// It may overflow.", GO_FUNCTION),
        ("rust", "/// Adds the numbers up.", RUST_FUNCTION),
        ("c", "/* Add the numbers up. */", C_FUNCTION),
        ("javascript", "/** Add the numbers up. */", JAVASCRIPT_FUNCTION),
    ],
    ids=["java", "go", "rust", "c", "javascript"],
)  # fmt: skip
def test_doc_comment_before(language: str, doc: str, code: str) -> None:
    view = view_of(f"{'package p' if language == 'go' else ''}\n\n{doc}\n{code}\n", language)
    cut = next(iter(cuts_of(view, "add_docstring").values()))
    context, target, suffix = texts(view, cut)
    assert (context, target, suffix) == (code, f"{doc}\n{code}", "")
    assert view.text[cut.span.start : cut.span.end].decode() == target


@pytest.mark.parametrize(
    ("doc", "is_kept"),
    [
        ("Returns the first even number.", True),
        ("Gibt die erste gerade Zahl zurück.", True),
        ("最初の偶数 を探して 返します。見つからない場合は例外。", True),
        ("first even", False),
        ("----------------------------", False),
        ("Copyright 2020 The Authors. All rights reserved.", False),
        ("Auto-generated method stub for the interface.", False),
        ("{@inheritDoc} and nothing else here", False),
        ("TODO: say what this function does", False),
        ("int first = a[0];\n * return first;", False),
        ("eslint-disable-next-line no-unused-vars", False),
        ("@author Ada Lovelace of London\n * @since 2.0", False),
        ("@param a\n * @throws IOException\n * @throws JSONException", False),
        ("@return PromiseInterface|null", False),
        ("@return the first of the even numbers", True),
        ("@see Numbers#first(int[], Predicate)", False),
        ("See {@link Numbers#first} for what this does.", False),
        ("See whether any of the numbers is even.", True),
        ("Read-only array methods", False),
        ("Deprecated: Use Numbers.first(a, even) instead.", False),
        ("a.length >= first >= 0 && first < b.length", False),
    ],
    ids=[
        "prose", "german", "japanese", "short", "rule", "licence", "generated", "inherited", "todo",
        "code", "linter", "author", "bare tags", "bare type", "result", "see", "reference",
        "see whether", "heading", "deprecated",
        "formula",
    ],
)  # fmt: skip
def test_which_docs_a_person_wrote(doc: str, is_kept: bool) -> None:
    source = (
        f"class A {{\n/**\n * {doc}\n */\nint f(int[] a) {{ return first(even(a), none); }}\n}}\n"
    )
    assert ("A.f" in cuts_of(view_of(source, "java"), "add_docstring")) == is_kept


def test_a_target_that_is_nearly_all_copied_teaches_nothing() -> None:
    lines = "".join(f"    values.append({n} * scale)\n" for n in range(200))
    source = f'def table(scale):\n    """Return a long table."""\n    values = []\n{lines}'
    assert cuts_of(view_of(source), "add_docstring") == {}


def test_no_word_of_the_doc_is_left_in_the_prompt() -> None:
    view = view_of(PYTHON)
    for cut in cuts_of(view, "add_docstring").values():
        doc = cut.definition.doc
        assert PYTHON[doc.start : doc.end] not in texts(view, cut)[0]


@pytest.mark.parametrize("remark", ["", "// and then some more of it\n"])
def test_no_sample_where_a_remark_stands_between(remark: str) -> None:
    source = (
        f"/// Doubles whatever number it is given.\n{remark}"
        "fn double(number: u64) -> u64 {\n    let result = number * 2;\n    result\n}\n"
    )
    cuts = cuts_of(view_of(source, "rust"), "add_docstring")
    assert list(cuts) == ([] if remark else ["double"])
