"""refactor: a definition with bad names or a longer structure, and the person's own."""

import pytest

from tests.samples.views import cuts_of, texts, view_of
from transforms.samples.drafts import Piece, digest, render_text
from transforms.samples.refactoring import structure
from transforms.samples.refactoring.bad_names import bad_names, is_good
from transforms.samples.refactoring.names import Renamer
from transforms.samples.refactoring.renaming import Renamable

# In each, `total` and `entry` are local, and whatever else is written with their letters is not.
RENAMED = {
    "c": (
        "int sum(struct item *entry, int count)\n{\n\tint total = 0;\n"
        "\tfor (; entry; entry = entry->next)\n\t\ttotal += entry->weight * count;\n"
        "\treturn total;\n}\n",
        {"total", "entry", "count"},
    ),
    "cpp": (
        "int sum(const std::vector<Item>& items) {\n  auto total = 0;\n"
        "  for (const auto& entry : items) {\n    total += entry.weight;\n  }\n"
        "  return total;\n}\n",
        {"items", "total", "entry"},
    ),
    "java": (
        "class A {\n  int sum(List<Item> items) {\n    int total = 0;\n"
        "    for (Item entry : items) {\n      total += entry.weight;\n    }\n"
        "    return total;\n  }\n}\n",
        {"items", "total", "entry"},
    ),
    "javascript": (
        "function sum(items) {\n  let total = 0;\n  for (const entry of items) {\n"
        "    total += entry.weight;\n  }\n  return total;\n}\n",
        {"items", "total", "entry"},
    ),
    "typescript": (
        "function sum(items: Item[]): number {\n  let total = 0;\n"
        "  for (const entry of items) {\n    total += entry.weight;\n  }\n  return total;\n}\n",
        {"items", "total", "entry"},
    ),
    "tsx": (
        "function Sum(items: Item[]) {\n  let total = 0;\n  for (const entry of items) {\n"
        "    total += entry.weight;\n  }\n  return <b>{total}</b>;\n}\n",
        {"items", "total", "entry"},
    ),
    "go": (
        "package a\n\nfunc sum(items []Item) int {\n\ttotal := 0\n"
        "\tfor _, entry := range items {\n\t\ttotal += entry.weight\n\t}\n\treturn total\n}\n",
        {"items", "total", "entry"},
    ),
    "rust": (
        "fn sum(items: &[Item]) -> u32 {\n    let mut total = 0;\n    for entry in items {\n"
        "        total += entry.weight;\n    }\n    total\n}\n",
        {"items", "total", "entry"},
    ),
    "csharp": (
        "class A {\n  int Sum(List<Item> items) {\n    var total = 0;\n"
        "    foreach (var entry in items) {\n      total += entry.Weight;\n    }\n"
        "    return total;\n  }\n}\n",
        {"total", "entry"},  # callers may name `items`
    ),
    "php": (
        "<?php\nfunction sum($items) {\n    $total = 0;\n    foreach ($items as $entry) {\n"
        '        $total += $entry->weight;\n    }\n    return "$total kg";\n}\n',
        {"total", "entry"},
    ),
    "lua": (
        "function sum(items)\n  local total = 0\n  for _, entry in ipairs(items) do\n"
        "    total = total + entry.weight\n  end\n  return total\nend\n",
        {"items", "total", "entry"},
    ),
    "kotlin": (
        "fun sum(items: List<Item>): String {\n    var total = 0\n    for (entry in items) {\n"
        '        total += entry.weight\n    }\n    return "$total kg"\n}\n',
        {"total", "entry"},
    ),
    "swift": (
        "func sum(items: [Item]) -> Int {\n    var total = 0\n    for entry in items {\n"
        "        total += entry.weight\n    }\n    return total\n}\n",
        {"total", "entry"},
    ),
    "scala": (
        "object A {\n  def sum(items: List[Item]): Int = {\n    var total = 0\n"
        "    val first = items.head\n    total = total + first.weight\n    total\n  }\n}\n",
        {"total", "first"},
    ),
    "dart": (
        "int sum(List<Item> items) {\n  var total = 0;\n  for (var entry in items) {\n"
        "    total += entry.weight;\n  }\n  return total;\n}\n",
        {"total", "entry"},
    ),
    "zig": (
        "fn sum(items: []const Item) u32 {\n    var total: u32 = 0;\n"
        "    for (items) |entry| {\n        total += entry.weight;\n    }\n    return total;\n}\n",
        {"items", "total", "entry"},
    ),
}

# What keeps `total` from being renamed, in a language.
AWKWARD = {
    "a member": ("java", "class A { int f() { int total = g(); return this.total + total; } }"),
    "a macro that shows it": ("c", "int f(int total) { TRACE(total); return total; }"),
    "a directive": ("c", "int f(int total) {\n#ifdef X\n total++;\n#endif\n return total; }"),
    "a label": ("c", "int f(int total) { if (g()) { goto total; } total: return total; }"),
    "a designated field": ("c", "struct s f(int total) { return (struct s){.total = total}; }"),
    "a shorthand property": ("javascript", "function f() { let total = g(); return {total}; }"),
    "a destructured name": ("javascript", "function f(a) { const {total} = a; return total; }"),
    "an outer use of its name": (
        "javascript",
        "function f() { if (a) { let total = 1; g(total); } return total; }",
    ),
    "its own outer name": ("go", "package a\nfunc f() int { total := total + 1; return total }"),
    "a struct's key": ("go", "package a\nfunc f() T { total := 1; return T{total: total} }"),
    "a shorthand field": ("rust", "fn f() -> T { let total = 1; T { total } }"),
    "a string that names it": ("rust", 'fn f() { let total = 1; show("{total}", total); }'),
    "a macro's words": ("rust", "fn f() { let total = 1; json!({ total: total }); }"),
    "a pattern": ("rust", "fn f() { let total = 1; match a { total => g(total) } }"),
    "a named argument": ("csharp", "class A { void F() { var total = 1; G(total: total); } }"),
    "an initializer": (
        "csharp",
        "class A { T F() { var total = 1; return new T { total = total }; } }",
    ),
    "a name that is asked for": (
        "csharp",
        "class A { string F() { var total = 1; return nameof(total) + total; } }",
    ),
    "compact": ("php", "<?php function f() { $total = 1; g($total); return compact('total'); }"),
    "a variable's variable": ("php", "<?php function f($n) { $total = 1; return $$n + $total; }"),
    "a global": ("php", "<?php function f() { global $total; $total = 1; return $total; }"),
    "a property": ("php", "<?php function f() { $total = $this->total; return $total; }"),
    "a table's key": ("lua", "function f() local total = 1 return { total = total } end"),
    "a parameter that is named": ("kotlin", "fun f(total: Int): Int { return total + total }"),
    "a named argument in Kotlin": ("kotlin", "fun f() { val total = 1\n g(total = total) }"),
    "a value of its name": ("kotlin", "fun f() { val total = total ?: return\n g(total) }"),
    "a comment": ("java", "class A { int f() { int total = 1; /* the total */ return total; } }"),
    "an inner class": (
        "java",
        "class A { B f() { int total = 1; return new B() { int g() { return total; } }; } }",
    ),
    "eval": ("javascript", "function f() { let total = 1; return eval('tot' + 'al') + total; }"),
    "a second declaration": (
        "javascript",
        "function f() { let total = 1; return total + a.map(total => total); }",
    ),
}


def variables(language: str, code: str) -> set[str]:
    """The variables that can be renamed in the first function."""
    view = view_of(code, language)
    definition = next(d for d in view.outline.definitions if d.kind in ("function", "method"))
    return set(Renamable(view.text, view.language, view.outline).places(definition.span))


@pytest.mark.parametrize(("language", "code", "names"), [(k, *v) for k, v in RENAMED.items()],
                         ids=RENAMED)  # fmt: skip
def test_variables_are_found(language: str, code: str, names: set[str]) -> None:
    assert variables(language, code) == names


@pytest.mark.parametrize(("language", "code"), AWKWARD.values(), ids=AWKWARD.keys())
def test_what_could_be_something_else_stays(language: str, code: str) -> None:
    assert "total" not in variables(language, code)


def test_closures_see_the_new_name() -> None:
    code = (
        "function f(boxes) {\n  let total = 0;\n  boxes.forEach(e => { total += e; });\n"
        "  return total;\n}\n"
    )
    view = view_of(code, "javascript")
    (definition,) = view.outline.definitions
    edits = Renamer(view)(definition, b"d")
    worse = render_text(view.text, (Piece(*definition.span, edits),))
    assert "total" not in worse
    assert "boxes" not in worse
    assert worse.count(next(new for _, _, new in edits)) >= 2


def test_names_are_fresh_and_differ() -> None:
    names = ["input_size", "index_start", "other_name", "total"]
    for seed in range(200):
        chosen = bad_names(names, lambda name: name not in ("x1", "tmp", "a"), seed)
        assert list(chosen) == names
        assert len(set(chosen.values())) == 4
        assert not {"x1", "tmp", "a", "is", *names} & set(chosen.values())


@pytest.mark.parametrize("name", ["tmp", "data2", "obj", "x", "idx", "values", "_private", "foo1"])
def test_bad_names_are_not_worth_restoring(name: str) -> None:
    assert not is_good(name)


def worsened(language: str, code: str, kind: str) -> str:
    """Apply one rule at its first site."""
    view = view_of(code, language)
    definition = next(
        d for d in view.outline.definitions if d.kind in ("function", "method") and d.body
    )
    chosen = structure._chosen
    try:
        structure._chosen = lambda seed, digest, sites: [s for s in sites if s.kind == kind][:1]
        structure._SMALL_BYTES = 10**6
        edits = structure.Restructurer(view)(definition, digest(b""))
    finally:
        structure._chosen = chosen
        structure._SMALL_BYTES = 500
    return render_text(view.text, (Piece(*definition.span, edits),)) if edits else ""


# language, rule: the person's code, and the worse
RULES = {
    ("javascript", "else_after_jump"): (
        "function f(a) {\n  if (!a) {\n    return 0;\n  }\n\n  const b = g(a);\n  return b;\n}",
        "function f(a) {\n  if (!a) {\n    return 0;\n  } else {\n    const b = g(a);\n"
        "    return b;\n  }\n}",
    ),
    ("csharp", "else_after_jump"): (
        "int F(int a)\n{\n    if (a == 0)\n    {\n        return 0;\n    }\n    return G(a);\n}",
        "int F(int a)\n{\n    if (a == 0)\n    {\n        return 0;\n    }\n    else\n    {\n"
        "        return G(a);\n    }\n}",
    ),
    ("python", "else_after_jump"): (
        "def f(a):\n    if not a:\n        return 0\n    b = g(a)\n    return b\n",
        "def f(a):\n    if not a:\n        return 0\n    else:\n        b = g(a)\n        return b",
    ),
    ("lua", "else_after_jump"): (
        "function f(a)\n  if not a then\n    return 0\n  end\n  return g(a)\nend",
        "function f(a)\n  if not a then\n    return 0\n  else\n    return g(a)\n  end\nend",
    ),
    ("go", "nested_guard"): (
        "package a\nfunc f(a []int) {\n\tfor _, b := range a {\n\t\tif b == 0 {\n\t\t\tcontinue\n"
        "\t\t}\n\t\tg(b)\n\t}\n}",
        "func f(a []int) {\n\tfor _, b := range a {\n\t\tif b != 0 {\n\t\t\tg(b)\n\t\t}\n\t}\n}",
    ),
    ("java", "nested_guard"): (
        "class A {\n  void f(int a) {\n    if (a < 0) {\n      return;\n    }\n    g(a);\n"
        "    h(a);\n  }\n}",
        "void f(int a) {\n    if (!(a < 0)) {\n      g(a);\n      h(a);\n    }\n  }",
    ),
    ("c", "nested_and"): (
        "void f(int a)\n{\n\tif (a && (b || c)) {\n\t\tg(a);\n\t}\n}",
        "void f(int a)\n{\n\tif (a) {\n\t\tif (b || c) {\n\t\t\tg(a);\n\t\t}\n\t}\n}",
    ),
    ("rust", "swapped_branches"): (
        "fn f(a: u8) -> u8 {\n    if a < 1 {\n        g(a)\n    } else {\n        h(a)\n    }\n}",
        "fn f(a: u8) -> u8 {\n    if !(a < 1) {\n        h(a)\n    } else {\n"
        "        g(a)\n    }\n}",
    ),
    ("kotlin", "swapped_branches"): (
        "fun f(a: Int) {\n    if (a == 1) {\n        g(a)\n    } else {\n        h(a)\n    }\n}",
        "fun f(a: Int) {\n    if (a != 1) {\n        h(a)\n    } else {\n        g(a)\n    }\n}",
    ),
    ("php", "nested_else_if"): (
        "<?php\nfunction f($a) {\n    if ($a) {\n        g();\n    } elseif ($b) {\n        h();\n"
        "    } else {\n        i();\n    }\n}",
        "function f($a) {\n    if ($a) {\n        g();\n    } else {\n        if ($b) {\n"
        "            h();\n        } else {\n            i();\n        }\n    }\n}",
    ),
    ("python", "nested_else_if"): (
        "def f(a):\n    if a:\n        g()\n    elif b:\n        h()\n    else:\n        i()\n",
        "def f(a):\n    if a:\n        g()\n    else:\n        if b:\n            h()\n"
        "        else:\n            i()",
    ),
    ("java", "long_boolean"): (
        "class A {\n  boolean f(int a) {\n    g();\n    return a > 1;\n  }\n}",
        "boolean f(int a) {\n    g();\n    if (a > 1) {\n      return true;\n    } else {\n"
        "      return false;\n    }\n  }",
    ),
    ("typescript", "needless_variable"): (
        "function f(a: T) {\n  g();\n  return h(a);\n}",
        "function f(a: T) {\n  g();\n  const result = h(a);\n  return result;\n}",
    ),
    ("php", "branches_for_conditional"): (
        "<?php\nfunction f($a) {\n    g();\n    return $a ? 1 : 2;\n}",
        "function f($a) {\n    g();\n    if ($a) {\n        return 1;\n    } else {\n"
        "        return 2;\n    }\n}",
    ),
    ("go", "long_assignment"): (
        "package a\nfunc f(a int) int {\n\tb := 1\n\tb *= a + 1\n\treturn b\n}",
        "func f(a int) int {\n\tb := 1\n\tb = b * (a + 1)\n\treturn b\n}",
    ),
    ("cpp", "negated_equality"): (
        "int f(int a) {\n  g();\n  return a != b;\n}",
        "int f(int a) {\n  g();\n  return !(a == b);\n}",
    ),
    ("csharp", "compared_to_true"): (
        "void F() {\n    if (!G()) {\n        H();\n    }\n}",
        "void F() {\n    if (G() == false) {\n        H();\n    }\n}",
    ),
    ("python", "loop_for_comprehension"): (
        "def f(a):\n    found = [g(b) for b in a if b]\n    return h(found)\n",
        "def f(a):\n    found = []\n    for b in a:\n        if b:\n"
        "            found.append(g(b))\n    return h(found)",
    ),
    ("python", "format_for_f_string"): (
        "def f(a):\n    g()\n    return f'{a!r:>4} {{}} {h(a)}'\n",
        "def f(a):\n    g()\n    return '{!r:>4} {{}} {}'.format(a, h(a))",
    ),
    ("python", "split_chain"): (
        "def f(a):\n    g()\n    return 0 <= a < 10\n",
        "def f(a):\n    g()\n    return 0 <= a and a < 10",
    ),
    ("python", "long_count"): (
        "def f(a):\n    n = 0\n    for _ in a:\n        n += 1\n    return n\n",
        "def f(a):\n    n = 0\n    for _ in a:\n        n = n + 1\n    return n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("case", "code", "worse"), [(k, *v) for k, v in RULES.items()],
                         ids=["-".join(key) for key in RULES])  # fmt: skip
def test_rule(case: tuple[str, str], code: str, worse: str) -> None:
    assert worsened(case[0], code, case[1]) == worse


# Where a rule would change what the code does, or tear it.
LEFT_ALONE = {
    "tabs and spaces mixed": (
        "c",
        "nested_and",
        "void f(int a) {\n    if (a && b) {\n\tg();\n\th();\n    }\n}",
    ),
    "tabs among lines that are indented by spaces": (
        "java",
        "else_after_jump",
        "class A {\n    int f(int a) {\n        if (a) {\n            return 1;\n        }\n"
        "\tg();\n        return 2;\n    }\n}",
    ),
    "an assertion whose text is what it says": (
        "c",
        "negated_equality",
        "void f(int a) {\n  Assert(a != 0);\n  g(a);\n}",
    ),
    "a closure that sees what follows": (
        "javascript",
        "else_after_jump",
        "function f(a) {\n  const g = () => later;\n  if (a) {\n    return g;\n  }\n"
        "  const later = 1;\n  return g() + later;\n}",
    ),
    "a name that is assigned, not declared": (
        "go",
        "else_after_jump",
        "package a\nfunc f() (err error) {\n\tif a {\n\t\treturn nil\n\t}\n"
        "\tb, err := g()\n\th(b)\n\treturn\n}",
    ),
    "a string over lines": (
        "python",
        "else_after_jump",
        'def f(a):\n    if a:\n        return 1\n    b = """\n    text"""\n    return b\n',
    ),
    "an initializer": (
        "go",
        "nested_and",
        "package a\nfunc f() {\n\tif v := g(); v && w {\n\t\th()\n\t}\n}",
    ),
    "a binding": (
        "rust",
        "swapped_branches",
        "fn f(a: T) {\n    if let Some(b) = a {\n        g(b)\n    } else {\n        h()\n    }\n}",
    ),
    "a function that returns something": (
        "javascript",
        "nested_guard",
        "function f(a) {\n  if (a) {\n    return 1;\n  }\n  g();\n}",
    ),
    "a function that returns what is empty": (
        "python",
        "nested_guard",
        "def f(a):\n    if a:\n        return {}\n    g(a)\n    return h(a)\n",
    ),
    "a function that returns an empty object": (
        "javascript",
        "nested_guard",
        "function f(a) {\n  if (a) {\n    return {};\n  }\n  g();\n  return h();\n}",
    ),
    "a loop variable that is used": (
        "python",
        "loop_for_comprehension",
        "def f(a, b):\n    found = [b for b in a]\n    return found, b\n",
    ),
    "a list that a handler sees": (
        "python",
        "loop_for_comprehension",
        "def f(a):\n    try:\n        found = [b for b in a]\n    except E:\n        g(found)\n",
    ),
    "a list that grows in place": (
        "python",
        "long_count",
        "def f(a):\n    n = []\n    n += 1\n    return n\n",
    ),
    "a directive inside": (
        "c",
        "else_after_jump",
        "int f(int a)\n{\n\tif (a) {\n\t\treturn 1;\n\t}\n#ifdef B\n\tg();\n#endif\n\treturn 2;\n}",
    ),
    "braces set in like what is inside": (
        "c",
        "nested_and",
        "void f(int a)\n{\n    if (a && b)\n        {\n        g(a);\n        }\n}",
    ),
    "a label that is jumped to": (
        "c",
        "else_after_jump",
        "int f(int a)\n{\n\tif (a) {\n\t\tgoto out;\n\t}\n\tg();\nout:\n\treturn 2;\n}",
    ),
}


@pytest.mark.parametrize(("language", "kind", "code"), LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_left_alone(language: str, kind: str, code: str) -> None:
    assert worsened(language, code, kind) == ""


def test_guard_and_its_condition_are_not_both_changed() -> None:
    """An `else` put behind a branch that was split would belong to one of the two alone."""
    code = "def f(a, b):\n    if a and b:\n        return 1\n    c = g(a)\n    return h(c)\n"
    for seed in range(30):
        view = view_of(code, seed=seed)
        (definition,) = view.outline.definitions
        edits = structure.Restructurer(view)(definition, b"d")
        worse = render_text(view.text, (Piece(*definition.span, edits),))
        assert not ("else" in worse and "a and b" not in worse)


def test_one_cut_a_definition() -> None:
    code = RENAMED["javascript"][0] + RULES["javascript", "else_after_jump"][0]
    view = view_of(code, "javascript")
    cuts = cuts_of(view, "refactor")
    assert list(cuts) == ["sum", "f"]
    for cut in cuts.values():
        context, target, suffix = texts(view, cut)
        assert context != target
        assert suffix == ""
        assert cut.origin == "derived"
        assert code[cut.span.start : cut.span.end] == target


def test_languages_without_data_have_none() -> None:
    assert not cuts_of(view_of("f() {\n  a=1\n  echo $a $a $a\n}\n", "bash"), "refactor")
