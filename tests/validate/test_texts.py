"""Leaks of a target into its prompt, and docs put into code."""

import itertools
import string

import pytest

from pipeline.validate.cuts import shown_elsewhere
from pipeline.validate.leaks import leak
from pipeline.validate.relations.add_docstring import doc_span

CODE = string.ascii_letters + string.digits


@pytest.mark.parametrize("length", [39, 40, 41, 60])
@pytest.mark.parametrize("at", [0, 1, 19, 20, 21])
def test_forty_characters_leak_wherever_they_stand(length: int, at: int) -> None:
    prompt = "#" * at + CODE[1 : 1 + length] + "!"
    found = leak(CODE, prompt, ())
    assert found == (CODE[1:41] if length >= 40 else "")


def test_what_stands_elsewhere_does_not_leak() -> None:
    assert leak(CODE, CODE, (CODE,)) == ""


def test_each_run_is_looked_for_by_itself() -> None:
    # Every run stands in one text or the other, though no text has all.
    assert leak(CODE, CODE, (CODE[:50], CODE[11:])) == ""
    assert leak(CODE, CODE, (CODE[:50], CODE[12:])) == CODE[11:51]


def test_newline_that_a_prompt_puts_after_its_context_is_no_leak() -> None:
    before, target = f"def {CODE[:38]}:", f"\n    return {CODE[:38]}:\n    # again"
    prompt = f"```\n{before}\n```"
    assert leak(target, prompt, (before,)) == f"{CODE[:38]}:\n"
    assert leak(target, prompt, shown_elsewhere(before, "")) == ""


PYTHON = 'def f(a):\n    """Add one."""\n    return a + 1\n'


@pytest.mark.parametrize(
    ("context", "target", "doc"),
    [
        pytest.param("def f(a):\n    return a + 1\n", PYTHON, '"""Add one."""', id="python"),
        pytest.param(
            "import os\n\ndef f(a):\n    return a + 1\n", PYTHON, '"""Add one."""', id="preceded"
        ),
        pytest.param(
            "int f(int a) { return a; }",
            "/**\n * Says 'a'.\n */\nint f(int a) { return a; }",
            "/**\n * Says 'a'.\n */",
            id="block",
        ),
        pytest.param(
            "fn f() { /* x */ }",
            "/// One.\n/// Two.\nfn f() { /* x */ }",
            "/// One.\n/// Two.",
            id="lines",
        ),
        pytest.param(
            "    def f(a)\n      a\n    end",
            "    # It's a.\n    def f(a)\n      a\n    end",
            "# It's a.",
            id="ruby",
        ),
        pytest.param(
            "fu F()\n  let a = '\"'\nendfu",
            '" It\'s "a".\nfu F()\n  let a = \'"\'\nendfu',
            '" It\'s "a".',
            id="vim",
        ),
        pytest.param(
            "local function f() --[[x]]\nend",
            "--[[\n  A.\n]]\nlocal function f() --[[x]]\nend",
            "--[[\n  A.\n]]",
            id="lua",
        ),
        pytest.param(
            "// nolint\nint f();",
            "// One.\n/** Two. */\n// nolint\nint f();",
            "// One.\n/** Two. */",
            id="remark-stays",
        ),
        pytest.param(
            "-spec f() -> a.\n%% ----\nf() -> a.",
            "-spec f() -> a.\n%% One.\n%% ----\nf() -> a.",
            "%% One.",
            id="between",
        ),
        pytest.param(
            "def f(), do: 1",
            '@doc """\nOne.\n"""\ndef f(), do: 1',
            '@doc """\nOne.\n"""',
            id="elixir",
        ),
        pytest.param(
            "def f(a):\n    'x'; return a + 1\n",
            "def f(a):\n    'Add.'\n    'x'; return a + 1\n",
            "'Add.'",
            id="second-string-stays",
        ),
        pytest.param("def f(a):\n    return a\n", PYTHON, None, id="other-code"),
        pytest.param(PYTHON, PYTHON, None, id="no-doc-taken-out"),
        pytest.param("", '"""Add one."""', None, id="nothing-but-a-doc"),
        pytest.param("def f(a):\n", "def f(a):\n    return a\n", None, id="code-taken-out"),
    ],
)
def test_doc_span(context: str, target: str, doc: str | None) -> None:
    span = doc_span(context, target)
    assert (None if span is None else target[slice(*span)]) == doc


@pytest.mark.parametrize("shift", range(4))
def test_leak_agrees_with_trying_every_run(shift: int) -> None:
    alphabet = itertools.cycle("ab" * (1 + shift) + "c")
    target = "".join(itertools.islice(alphabet, 70))
    prompt = "x" + target[shift * 9 :][:45] + "y"
    elsewhere = (target[shift * 9 + 1 :][:44],)
    runs = [target[at : at + 40] for at in range(31)]
    expected = any(run in prompt and run not in elsewhere[0] for run in runs)
    assert bool(leak(target, prompt, elsewhere)) == expected


def test_newline_that_a_prompt_puts_before_its_context_is_no_leak() -> None:
    before, target = f"{CODE[:38]}\n", f"x\n{CODE[:38]}\n"
    prompt = f"Go on.\n\n{before}"
    assert leak(target, prompt, (before,)) == f"\n{before}"
    assert leak(target, prompt, shown_elsewhere(before, "")) == ""
