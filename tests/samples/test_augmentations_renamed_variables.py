"""renamed_variables: other names for local variables, and nothing else."""

import ast
import pathlib
import re
import sysconfig
import types

import pytest

from tests.samples.views import cuts_of, rendered, view_of
from transforms.samples.augmentations import bytecode, load_augmentations
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Piece, render_text

LIBRARY = pathlib.Path(sysconfig.get_path("stdlib"))
MODULES = (
    "argparse",
    "ast",
    "configparser",
    "csv",
    "dataclasses",
    "pprint",
    "statistics",
    "textwrap",
    "zipfile",
)
SPEC = next(spec for spec in load_augmentations() if spec.name == "renamed_variables")


def body_cut(view: SourceView, name: str) -> Cut:
    """Return the completion of a body, whether or not it is worth one."""
    assert view.outline is not None
    definition = next(d for d in view.outline.definitions if d.qualified_name == name)
    assert definition.body is not None
    header = Piece(definition.span.start, definition.body.start)
    body = Piece(definition.body.start, definition.body.end)
    return Cut(
        "function_completion", definition, (header,), (), (body,), (header, body), definition.body
    )


def definition_of(view: SourceView, cut: Cut) -> str:
    """Render the whole definition with a cut's edits."""
    edits = cut.target[0].edits if isinstance(cut.target[0], Piece) else ()
    return rendered(view, (Piece(cut.span.start, cut.span.end, edits),))


def varied(source: str, name: str = "f") -> str | None:
    """Return the whole definition after renaming, or None."""
    view = view_of(source)
    cut = SPEC.vary(view, body_cut(view, name))
    return None if cut is None else definition_of(view, cut)


def renamed(source: str, name: str = "f") -> dict[str, str]:
    """Return which names were renamed to which."""
    view = view_of(source)
    cut = SPEC.vary(view, body_cut(view, name))
    edits = cut.target[0].edits if cut else ()
    return {source.encode()[start:end].decode(): new for start, end, new in edits}


def test_exact_text() -> None:
    source = """\
def f(words):
    '''Join words; each word once, as seen.'''
    # A word is a string, seen or not.
    seen = []
    for word in words:
        if word not in seen and word.seen:
            seen.append(f"{word} word")
    return dict(word="seen", joined=" ".join(seen))"""
    view = view_of(source)
    original = cuts_of(view, "function_completion")["f"]
    cut = SPEC.vary(view, original)
    names = renamed(source)
    assert set(names) == {"word", "seen"}
    assert not any(new in source for new in names.values())
    expected = """\
def f(words):
    '''Join words; each word once, as seen.'''
    # A word is a string, seen or not.
    SEEN = []
    for WORD in words:
        if WORD not in SEEN and WORD.seen:
            SEEN.append(f"{WORD} word")
    return dict(word="seen", joined=" ".join(SEEN))"""
    expected = expected.replace("SEEN", names["seen"]).replace("WORD", names["word"])
    assert definition_of(view, cut) == expected
    assert (cut.variant, cut.origin, cut.span) == (
        "renamed_variables",
        "derived",
        original.definition.span,
    )
    assert rendered(view, cut.context) == rendered(view, original.context)
    assert rendered(view, cut.identity) == expected


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("x = a + 1\n    a = x + x\n    return a", {"a"}),
        ("global g\n    g = a\n    x = g\n    return x + x", {"g"}),
        ("x = a\n    def g():\n        return x\n    y = g()\n    return y", {"x", "g"}),
        ("import os\n    x = os.path\n    return x.join(os.sep)", {"os"}),
        ("x = [y for y in a]\n    y = x\n    return y + x", {"y"}),
        ("try:\n        x = a\n    except E as e:\n        x = e\n    return x", {"e"}),
        ("x = lambda z: z + 1\n    z = x(a)\n    return z + x(z)", {"z"}),
        ("class K:\n        v = 1\n    v = K()\n    w = v\n    return w.v + w", {"v", "K"}),
        ("x: T = a\n    T2 = x\n    return T2 + T2", {"T"}),
        ("_ = a\n    x = _ + _\n    return x", {"_"}),
        ("x = a\n    return x.x + g(x=x) + x", {"g"}),
        ("x = a\n    match a:\n        case [p, q]:\n            x = p\n    return x", {"p", "q"}),
    ],
    ids=[
        "parameter", "global", "cell", "import", "comprehension", "except", "lambda", "class",
        "annotation", "underscore", "attribute_and_keyword", "match",
    ],
)  # fmt: skip
def test_only_plain_locals(body: str, kept: set[str]) -> None:
    names = renamed(f"def f(a):\n    {body}\n")
    assert names
    assert not kept & set(names)
    assert not {"a", "f"} & set(names)


@pytest.mark.parametrize(
    "body",
    [
        "x = a + 1\n    return locals(), x",
        "x = a + 1\n    return eval('x + x'), x",
        "x = a + 1\n    return f'{x=} and more'",
        "x = a + 1\n    return __class__, x, x",
        "return a.first + a.second + [\n        a.third]",
    ],
    ids=["locals", "eval", "self_documenting", "class_cell", "no_locals"],
)
def test_functions_left_alone(body: str) -> None:
    assert varied(f"def f(a):\n    {body}\n") is None


def test_methods_decorators_and_strings_over_lines() -> None:
    source = (
        "class K:\n    @wrapped\n    def f(self, a):\n"
        "        x = self.__hidden + a\n        text = '''x\n  x\n'''\n        return x + text\n"
    )
    result = varied(source, "K.f")
    assert result is not None
    assert "'''x\n  x\n'''" in result
    assert result.startswith("@wrapped\n    def f(self, a):\n")
    assert "self.__hidden + a" in result


def test_names_are_new_to_the_whole_file() -> None:
    taken = "result outcome answer output value data total number amount counter"
    names = renamed(f'NOTE = "{taken}"\ndef f(a):\n    x = a.b()\n    y = x[1]\n    return x + y\n')
    assert names
    assert not set(names.values()) & set(taken.split())


def test_python_that_does_not_compile_is_left_alone() -> None:
    inner = "    def f(a):\n        nonlocal n\n        x = a\n        n = x + x\n"
    source = f"def outer():\n    n = 0\n{inner}    return f\n"
    assert varied(source, "outer.f") is None


def test_verification_tells_a_changed_meaning() -> None:
    original = "def f(a):\n    x = a\n    return x\n"
    assert bytecode.same_meaning(original, "def f(a):\n    y = a\n    return y\n", {"x": "y"})
    wrong = {
        "another_name": "def f(a):\n    z = a\n    return z\n",
        "a_parameter": "def f(y):\n    x = y\n    return x\n",
        "a_global": "def f(a):\n    x = a\n    return y\n",
        "another_line": "def f(a):\n\n    y = a\n    return y\n",
        "another_constant": "def f(a):\n    y = a\n    return y or 1\n",
    }
    for text in wrong.values():
        assert not bytecode.same_meaning(original, text, {"x": "y"})
    assert not bytecode.same_meaning(
        "def f():\n    x = 0.0\n    return x", "def f():\n    y = -0.0\n    return y", {"x": "y"}
    )


def test_verification_follows_functions_however_deep() -> None:
    text = "def f(x):\n    y = {}x\n    return y\n"
    deep, other = text.format("lambda: " * 400), text.format("lambda: " * 399 + "lambda z: ")
    assert bytecode.same_meaning(deep, deep.replace("y", "z"), {"y": "z"})
    assert not bytecode.same_meaning(deep, other, {})


def test_a_set_is_the_same_in_any_order() -> None:
    texts = [f"def f(a):\n    return a in {{{items}}}\n" for items in ("0, 8", "8, 0", "0, 9")]
    assert bytecode.same_meaning(texts[0], texts[1], {})
    assert not bytecode.same_meaning(texts[0], texts[2], {})


def normalised(code: types.CodeType, new_names: set[str]) -> tuple[object, ...]:
    """Return a code object's meaning, where names that stand for renamed variables do not count."""
    consts = tuple(
        normalised(c, new_names) if isinstance(c, types.CodeType) else (type(c), c)
        for c in code.co_consts
    )
    names = tuple("" if name in new_names else name for name in code.co_varnames)
    lines = tuple(code.co_lines())
    others = (code.co_names, code.co_freevars, code.co_cellvars, code.co_flags)
    return (code.co_code, consts, names, lines, code.co_exceptiontable, *others)


@pytest.mark.parametrize("module", MODULES)
def test_real_functions_in_their_files(module: str) -> None:
    """The oracle compiles the whole file, with the scopes and classes around each function."""
    source = (LIBRARY / f"{module}.py").read_bytes()
    view, made = view_of(source), []
    cuts = [
        *cuts_of(view, "function_completion").values(),
        *cuts_of(view, "method_completion").values(),
    ]
    edits, both = [], set()
    for cut in cuts:
        variant = SPEC.vary(view, cut)
        for start, end, new in variant.target[0].edits if variant else ():
            assert not re.search(rb"\b" + new.encode() + rb"\b", source)
            edits.append((start, end, new))
            both |= {source[start:end].decode(), new}
        made.append(variant is not None)
    text = render_text(source, (Piece(0, len(source), tuple(sorted(edits))),))
    before, after = ast.parse(source), ast.parse(text)
    assert [type(n) for n in ast.walk(before)] == [type(n) for n in ast.walk(after)]
    codes = [compile(tree, "module", "exec", dont_inherit=True) for tree in (before, after)]
    assert normalised(codes[0], both) == normalised(codes[1], both)
    assert sum(made) > 0.2 * len(made)
