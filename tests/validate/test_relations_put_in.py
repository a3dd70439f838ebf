"""The relations of add_comments and add_type_hints: judged from the row alone."""

import pytest

from pipeline.validate.relations import load_relations
from tests.validate.honest import Made
from tests.validate.settling import settle, write
from tests.validate.spoiling import failing, put

RUST = (
    "fn f(a: u8) -> u8 {\n    // Count the ones\n    let b: u32 = a.count(); // all\n    b / 2\n}"
)
RUST_BARE = "fn f(a: u8) -> u8 {\n    let b: u32 = a.count();\n    b / 2\n}"
PYTHON = "def f(a):\n    # count all of the ones\n    b = '# no comment'\n    return a - b  # noqa"
PYTHON_BARE = "def f(a):\n    b = '# no comment'\n    return a - b  # noqa"
NESTED = "fun f() {\n  /* one /* two */ three */\n  g(1 / 2)\n}"
HASKELL = "f x = g x -- what it does\n  where {- and how -} g = h"


def offence(task: str, language: str, context: str, target: str) -> str:
    row = {"context": context, "target": target, "language": language, "origin": "human"}
    return load_relations()[task].offence(row, None)


@pytest.mark.parametrize(
    ("language", "context", "target"),
    [
        ("rust", RUST_BARE, RUST),
        ("python", PYTHON_BARE, PYTHON),
        ("kotlin", "fun f() {\n  g(1 / 2)\n}", NESTED),
        ("haskell", "f x = g x\n  where g = h", HASKELL),
        ("php", "f(); g('//');", "f(); # one remark\n/* another */ g('//'); // last"),
        ("lua", "f(a--[[ b ]])", "f(a--[[ b ]]) --[==[ two\nlines ]] here ]==]"),
    ],
    ids=["rust", "python", "nested", "haskell", "php", "lua"],
)
def test_comments_put_in(language: str, context: str, target: str) -> None:
    assert offence("add_comments", language, context, target) == ""


@pytest.mark.parametrize(
    ("language", "context", "target"),
    [
        ("rust", RUST_BARE.replace("/ 2", "/ 3"), RUST),
        ("rust", RUST, RUST),
        ("rust", RUST_BARE.replace("    b / 2\n", ""), RUST),
        ("rust", RUST_BARE + "\n// more", RUST),
        ("python", PYTHON_BARE, PYTHON.replace("    b =", "        b =")),
        ("python", PYTHON_BARE.replace("'# no comment'", "'"), PYTHON),
        ("lua", "f(a)", "f(a) // this is said as in C"),
        ("c", "f(a);", "f(a); /* 1 */ // 2"),
    ],
    ids=["other code", "nothing", "less code", "more", "indented", "string", "marks", "no words"],
)
def test_comments_not_put_in(language: str, context: str, target: str) -> None:
    assert offence("add_comments", language, context, target)


METHOD = (
    "@cached\n    def f(self, a: int = 1, *b: str) -> 'T':\n        c: int = a\n        return c"
)
METHOD_BARE = "@cached\n    def f(self, a=1, *b):\n        c = a\n        return c"
TS = "f(a: { b: string; c?: (d: E) => void }, g?: F): Promise<void> {\n  const h: I = a ? b : c;\n}"
TS_BARE = "f(a, g?) {\n  const h = a ? b : c;\n}"


@pytest.mark.parametrize(
    ("language", "context", "target"),
    [
        ("python", METHOD_BARE, METHOD),
        ("typescript", TS_BARE, TS),
        ("php", "function f($a, &$b, ...$c) {}", "function f(?int $a, A|B &$b, C ...$c): self {}"),
        ("dart", "f(a) { var b = 1; }", "int f(List<int> a) { String? b = 1; }"),
        ("ocaml", "let f a ?(b = 1) = a", "let f (a : int list) ?(b : int = 1) : t = a"),
        ("go", "var a = b", "var a *c.D = b"),
        ("powershell", "function F($A) { }", "function F([string[]] $A) { }"),
    ],
    ids=["python", "typescript", "php", "dart", "ocaml", "go", "powershell"],
)  # fmt: skip
def test_types_put_in(language: str, context: str, target: str) -> None:
    assert offence("add_type_hints", language, context, target) == ""


@pytest.mark.parametrize(
    ("language", "context", "target"),
    [
        ("python", METHOD_BARE.replace("=1", "=2"), METHOD),
        ("python", METHOD_BARE.replace("*b", "*b: str"), METHOD),
        ("python", METHOD, METHOD),
        ("python", METHOD_BARE, METHOD_BARE),
        ("python", METHOD_BARE.replace("c = a", "d = a"), METHOD),
        ("typescript", TS_BARE.replace("b : c", "c : b"), TS),
        ("typescript", TS, TS),
        ("typescript", "f(a) { }", "f(a) { return a; }"),
        ("php", "function f($a) {}", "function f(int $b) {}"),
        ("ocaml", "let f a = a", "let f ((a : int) = a"),
    ],
    ids=[
        "other default", "one left", "all left", "none", "other name", "other code", "same",
        "statement", "other variable", "bracket",
    ],
)  # fmt: skip
def test_types_not_put_in(language: str, context: str, target: str) -> None:
    assert offence("add_type_hints", language, context, target)


def test_an_instruction_must_not_quote_a_comment() -> None:
    class Given:
        """Sources with one file."""

        def text(self, name: tuple[str, str]) -> bytes:
            return b"x" + COMMENTED.encode()

    comment = "// It counts the ones that stand in the first half of the number."
    COMMENTED = f"void f() {{\n  {comment}\n  g();\n}}"
    row = {
        "context": "void f() {\n  g();\n}",
        "target": COMMENTED,
        "language": "c",
        "origin": "human",
        "source": "s",
        "path": "p",
        "start_byte": 1,
        "end_byte": 1 + len(COMMENTED),
        "messages": [{"content": "Comment it."}, {"content": COMMENTED}],
    }
    judge = load_relations()["add_comments"].offence
    assert judge(row, Given()) == ""
    row["messages"][0]["content"] += f" Say: {comment}"
    assert "of a comment" in judge(row, Given())


@pytest.mark.parametrize("task", ["add_comments", "add_type_hints"])
def test_a_row_without_the_relation_breaks_promise_4(made: Made, task: str) -> None:
    put(made.row("add_docstring"), task=task)
    settle(made)
    write(made)
    assert failing(made) == {4}
