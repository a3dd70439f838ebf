"""A renaming of local names is told from everything that only looks like one."""

import ast
import symtable
import textwrap

import pytest

from pipeline.validate.renaming import (
    NotARenaming,
    check_code,
    check_python,
    check_scopes,
    check_trees,
    renamed_words,
)

CLOSURE = """
def counter(step):
    total, zeta = 0, step
    def add(amount):
        nonlocal total
        total += amount * zeta
        return [total + item for item in range(zeta)]
    return add
"""
MATCH = """
def classify(value):
    match value:
        case {"size": [width, *others], **rest} if width:
            return width, others, rest
        case str() as text:
            return text
    import os as system
    try:
        return system.name
    except OSError as error:
        return f"{error!r:>{value}} and {error}"
"""
SHADOWED = """
def outer():
    item = 1
    def inner():
        item = 2
        return item
    return inner, item
"""


def check(before: str, after: str) -> None:
    """Check one module's text against another's."""
    before, after = textwrap.dedent(before), textwrap.dedent(after)
    check_python(before, after, renamed_words(before, after))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param(CLOSURE, [("total", "aaa"), ("zeta", "bbb")], id="cells-in-another-order"),
        pytest.param(CLOSURE, [("item", "each")], id="comprehension"),
        pytest.param(
            MATCH,
            [(old, old + "_") for old in ("width", "others", "rest", "text", "system", "error")],
            id="match-import-except-fstring",
        ),
        pytest.param("def f():\n    é = 1\n    return é\n", [("é", "ü")], id="not-ascii"),
        pytest.param(
            "def f(self):\n    size = self.size\n    return g(size=size)\n",
            [("    size =", "    n ="), ("=size)", "=n)")],
            id="attribute-and-keyword-stay",
        ),
        pytest.param(
            SHADOWED,
            [("    item = 1", "    one = 1"), ("inner, item", "inner, one")],
            id="another-variable-of-the-name-stays",
        ),
    ],
)
def test_renaming_of_locals_is_accepted(text: str, pairs: list[tuple[str, str]]) -> None:
    variant = text
    for old, new in pairs:
        assert old in variant
        variant = variant.replace(old, new)
    check(text, variant)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        pytest.param("a = 1", "a = 1", "renames nothing", id="nothing"),
        pytest.param("def f():\n    a = 1", "def f():\n    b  = 1", "more than words", id="space"),
        pytest.param(
            "def f():\n    a = 1\n    a = 2", "def f():\n    b = 1\n    c = 2", "both", id="both"
        ),
        pytest.param(
            "def f():\n    a = 1\n    b = 2", "def f():\n    c = 1\n    c = 2", "one", id="merged"
        ),
        pytest.param("def f():\n    a = 1", "def f():\n    a = 2", "name to name", id="number"),
        pytest.param("def f():\n    a = 1", "def f():\n    if = 1", "name to name", id="keyword"),
        pytest.param("a = 1", "b = 1", "seen from outside", id="global"),
        pytest.param("def f(): pass", "def g(): pass", "no variable stands", id="function"),
        pytest.param("def f(a): pass", "def f(b): pass", "no variable stands", id="parameter"),
        pytest.param(
            "def f():\n    return lambda a: a",
            "def f():\n    return lambda b: b",
            "no variable stands",
            id="parameter-of-lambda",
        ),
        pytest.param(
            "def f():\n    class A:\n        a = 1",
            "def f():\n    class A:\n        b = 1",
            "seen from outside",
            id="class-attribute",
        ),
        pytest.param(
            "def f():\n    def a(): pass\n    a()",
            "def f():\n    def b(): pass\n    b()",
            "no variable stands",
            id="inner-function",
        ),
        pytest.param(
            "def f():\n    a = 1\n    o.a()",
            "def f():\n    b = 1\n    o.b()",
            "no variable stands",
            id="attribute",
        ),
        pytest.param(
            "def f():\n    a = 1\n    g(a=a)",
            "def f():\n    b = 1\n    g(b=b)",
            "no variable stands",
            id="keyword-argument",
        ),
        pytest.param(
            "def f():\n    a = 1\n    return 'a'",
            "def f():\n    b = 1\n    return 'b'",
            "no variable stands",
            id="string",
        ),
        pytest.param(
            "def f():\n    a = 1\n    return f'{a=}'",
            "def f():\n    b = 1\n    return f'{b=}'",
            "no variable stands",
            id="self-documenting-f-string",
        ),
        pytest.param(
            "def f():\n    a = 1  # a", "def f():\n    b = 1  # b", "comments", id="comment"
        ),
        pytest.param(
            "def f():\n    a = 1\n    return a",
            "def f():\n    b = 1\n    return a",
            "other names",
            id="one-place-left-out",
        ),
        pytest.param(
            "def f():\n    if 0:\n        a = a",
            "def f():\n    if 0:\n        b = a",
            "other names",
            id="dead-code",
        ),
        pytest.param(
            "def f():\n    a: A = 1",
            "def f():\n    a: B = 1",
            "seen from outside",
            id="annotation-that-does-not-run",
        ),
        pytest.param(
            "def f():\n    import os\n    os.x",
            "def f():\n    import so\n    so.x",
            "no variable stands",
            id="import",
        ),
        pytest.param(
            "def f():\n    global a\n    a = 1",
            "def f():\n    global b\n    b = 1",
            "no variable stands",
            id="declared-global",
        ),
        pytest.param(
            "def f():\n    a = 1\n    return locals()",
            "def f():\n    b = 1\n    return locals()",
            "locals sees",
            id="locals",
        ),
        pytest.param(
            "def f():\n    a = 1\n    return vars()",
            "def f():\n    b = 1\n    return vars()",
            "vars.. sees",
            id="vars",
        ),
        pytest.param(
            SHADOWED,
            SHADOWED.replace("inner, item", "inner, one"),
            "seen from outside|another variable|other names",
            id="read-of-another",
        ),
    ],
)
def test_anything_else_is_refused(before: str, after: str, message: str) -> None:
    with pytest.raises(NotARenaming, match=message):
        check(before, after)


def test_vars_of_something_else_sees_no_locals() -> None:
    check("def f(o):\n    a = vars(o)\n    return a", "def f(o):\n    b = vars(o)\n    return b")


def test_code_that_does_not_compile_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        check_python("def f(:\n  a", "def f(:\n  b", {"a": "b"})
    with pytest.raises(SyntaxError):
        check("def f():\n    nonlocal a\n    a = 1", "def f():\n    nonlocal b\n    b = 1")


@pytest.mark.parametrize(
    "after",
    ["def f(): return 2", "def f(): return True", "def f(): return [1]", "def f(): b"],
    ids=["constant", "type-of-constant", "shape", "operation"],
)
def test_other_bytecode_is_refused(after: str) -> None:
    old, new = (compile(text, "", "exec") for text in ("def f(): return 1", after))
    with pytest.raises(NotARenaming, match="bytecode"):
        check_code(old, new, {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f():\n    a = 1\n    return a", "def f():\n    b = 1\n    return a"),
        ("def f(a):\n    return a", "def f():\n    return a"),
        ("def f():\n    a = 1\n    def g(): a", "def f():\n    a = 1\n    def g(): b"),
    ],
    ids=["global-now", "parameter-gone", "free-no-more"],
)
def test_other_scopes_are_refused(before: str, after: str) -> None:
    old, new = (symtable.symtable(text, "", "exec") for text in (before, after))
    with pytest.raises(NotARenaming):
        check_scopes(old, new, {"a": "b"}, set())


@pytest.mark.parametrize("after", ["f(1, 2)", "f(b)", "f[1]"], ids=["longer", "node", "other"])
def test_other_trees_are_refused(after: str) -> None:
    with pytest.raises(NotARenaming, match="shape"):
        check_trees(ast.parse("f(1)"), ast.parse(after), {})


def test_deep_code_is_compared() -> None:
    deep = "def f():\n    a = 1\n    return " + " + ".join(["a"] * 900)
    check_trees(ast.parse(deep), ast.parse(deep.replace("a", "b")), {"a": "b"})
