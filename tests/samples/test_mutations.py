"""What each mutation operator puts into Python and into languages with braces, and where not."""

import re

import pytest

from tests.samples.scenes import BY_NAME, mutants, scene_of
from tests.samples.views import rendered, view_of
from transforms.samples.drafts import Piece

PYTHON = """\
def pick(items, size, low, high):
    total = 0
    for i in range(1, size):
        if items[i] is None:
            continue
        if not items[i].ready and low < size:
            total += items[i].value
            break
    if total >= high:
        return low
    kept = items[1:]
    self.move(low, high)
    kept.append(total - 1)
    if kept:
        state = True
    else:
        state = build(kept, max(low, total))
    return state
"""


@pytest.mark.parametrize(
    ("operator", "mutated"),
    [
        ("comparison_boundary", set()),  # none in a loop's head
        ("comparison_direction", {"if not items[i].ready and low > size:", "if total <= high:"}),
        ("none_check", {"if items[i] is not None:"}),
        ("boolean_operator", {"if not items[i].ready or low < size:"}),
        ("argument_order", {"self.move(high, low)"}),
        ("missing_return", {"- return state"}),
        ("wrong_jump", {"break", "continue"}),
        ("arithmetic_operator", {"kept.append(total + 1)"}),
        ("wrong_constant", {"state = False"}),
        ("wrong_function", {"state = build(kept, min(low, total))"}),
        ("missing_guard", {"- if items[i] is None:", "- continue"}),
        ("missing_await", set()),
    ],
)  # fmt: skip
def test_python(operator: str, mutated: set[str]) -> None:
    assert mutants(PYTHON, "python", operator) == mutated


def test_off_by_one_moves_indexes_bounds_and_ranges() -> None:
    found = mutants(PYTHON, "python", "off_by_one")
    assert any(re.fullmatch(r"for i in range\([12], size( [+-] 1)?\):", line) for line in found)
    assert any(line.startswith("kept = items[2:]") for line in found)
    assert any(line in ("kept.append(total)", "kept.append(total - 2)") for line in found)
    assert "total = 1" not in found


def test_negation_goes_and_comes() -> None:
    found = mutants(PYTHON, "python", "negation")
    assert found == {"if items[i].ready and low < size:", "if not kept:"}


def test_branches_are_swapped_or_left_out() -> None:
    view = view_of(PYTHON)
    swapped = next(iter(BY_NAME["swapped_branches"].find(scene_of(view))))
    code = rendered(view, (Piece(0, len(view.text), swapped),))
    assert "if kept:\n        state = build(kept, max(low, total))\n    else:\n" in code
    left_out = next(iter(BY_NAME["missing_branch"].find(scene_of(view))))
    code = rendered(view, (Piece(0, len(view.text), left_out),))
    assert code.endswith("    if kept:\n        state = True\n    return state\n")


def test_a_comment_below_a_branch_stays_where_it_is() -> None:
    source = (
        "proc f(a: seq[int]) =\n  for i in a:\n    if i > 1:\n      run(i)\n    else:\n"
        "      stop(i)\n  # The rest is as it was.\n  finish(a)\n"
    )
    view = view_of(source, "nim")
    swapped = next(iter(BY_NAME["swapped_branches"].find(scene_of(view))))
    assert rendered(view, (Piece(0, len(view.text), swapped),)) == (
        "proc f(a: seq[int]) =\n  for i in a:\n    if i > 1:\n      stop(i)\n    else:\n"
        "      run(i)\n  # The rest is as it was.\n  finish(a)\n"
    )


def test_what_a_set_is_made_of_has_no_order() -> None:
    source = "def intersection(low, high):\n    found = merge(low, high)\n    return found\n"
    assert mutants(source, "python", "argument_order") == set()
    assert mutants(source.replace("intersection", "f"), "python", "argument_order")


def test_what_a_message_is_not_all_of_may_be_wrong() -> None:
    body = "if low == high:\n        log.warning('x')\n        run()\n    stop()"
    assert mutants(f"def f(low, high):\n    {body}\n", "python", "equality") == {"if low != high:"}


def test_no_blank_line_shows_where_a_guard_was() -> None:
    source = "def f(a):\n    if not a:\n        return 1\n\n    run(a)\n    return 2\n"
    view = view_of(source)
    left_out = next(iter(BY_NAME["missing_guard"].find(scene_of(view))))
    code = rendered(view, (Piece(0, len(view.text), left_out),))
    assert code == "def f(a):\n    run(a)\n    return 2\n"


BRACES = {
    "java": "class A { int f(int[] a, int low, int high) {\n%s\n} }",
    "c": "int f(int *a, int low, int high) {\n%s\n}",
    "cpp": "int f(int *a, int low, int high) {\n%s\n}",
    "csharp": "class A { int F(int[] a, int low, int high) {\n%s\n} }",
    "javascript": "function f(a, low, high) {\n%s\n}",
    "typescript": "function f(a: number[], low: number, high: number) {\n%s\n}",
    "tsx": "function f(a: number[], low: number, high: number) {\n%s\n}",
    "dart": "int f(List<int> a, int low, int high) {\n%s\n}",
    "d": "int f(int[] a, int low, int high) {\n%s\n}",
    "solidity": "contract A { function f(uint[] a, uint low, uint high) public {\n%s\n} }",
}
BODY = """\
for (i = 0; i < high; i++) {
if (low == a[i]) {
low += a[i];
continue;
}
if (!ok && high > 1) {
turn(low, high);
} else {
low = low - 1;
}
}
return low;"""

NO_NODE = (("dart", "equality"), ("dart", "negation"), ("solidity", "argument_order"))


@pytest.mark.parametrize("language", BRACES)
@pytest.mark.parametrize(
    ("operator", "mutated"),
    [
        ("comparison_boundary", {"for (i = 0; i <= high; i++) {"}),
        ("equality", {"if (low != a[i]) {"}),
        ("boolean_operator", {"if (!ok || high > 1) {"}),
        ("negation", {"if (ok && high > 1) {"}),
        ("argument_order", {"turn(high, low);"}),
        ("wrong_jump", {"break;"}),
        ("missing_jump", {"- continue;"}),
        ("arithmetic_operator", {"low = low + 1;"}),
    ],
)
def test_languages_with_braces(language: str, operator: str, mutated: set[str]) -> None:
    if (language, operator) in NO_NODE:
        pytest.skip("what it is about is no node of the grammar")
    assert mutants(BRACES[language] % BODY, language, operator) == mutated


@pytest.mark.parametrize(
    ("language", "operator", "body"),
    [
        ("python", "comparison_boundary", "if low > best:\n        best = low"),
        ("python", "comparison_boundary", "if low < 0:\n        low = -low"),
        ("python", "comparison_boundary", "return a if a > b else b"),
        ("python", "comparison_boundary", "return 1 if f(low < 0 < high) else 2"),
        ("python", "comparison_direction", "logger.debug('x', low < high)\n    run()"),
        ("python", "equality", "assert low == high\n    run()"),
        ("python", "equality", "raise ValueError(low == high)"),
        ("python", "equality", "text = 'low == high'\n    # low == high\n    run()"),
        ("python", "arithmetic_operator", "return low + 'suffix'"),
        ("python", "arithmetic_operator", "return path / name"),
        ("python", "argument_order", "return max(low, high)"),
        ("python", "argument_order", "return turn(low, low)"),
        ("python", "missing_return", "return None"),
        ("python", "wrong_constant", "done = True\n    return done"),
        ("python", "missing_jump", "for x in y:\n        if x:\n            continue"),
        ("python", "off_by_one", "retries = 5\n    version = (1, 2)\n    return get(timeout=3)"),
        ("python", "assignment_operator", "n = 0\n    n += b\n    return n"),
        ("python", "comparison_boundary", "if len(a) > 0:\n        run(a)\n    return 0 < low"),
        ("python", "wrong_function", "return a.split('/')"),
        ("python", "wrong_function", "return re.split('/', a, 1)"),
        ("python", "equality", "if low == high:\n        log.warning('x %s', a)\n    run()"),
        ("python", "comparison_boundary", "if a > b:\n        run()\n    return low"),
        ("python", "comparison_boundary", "if a < 0:\n        run()\n    return low"),
        ("python", "missing_guard", "if a == self.a:\n        return\n    self.a = a"),
        ("objc", "missing_guard", "if ([a isEqualToString:_a]) {\nreturn;\n}\n_a = a;"),
        ("python", "comparison_boundary", "if low < 0x10:\n        run()\n    return low"),
        ("python", "missing_guard", "if low == a.kind:\n        return 36\n    return a.index"),
        ("python", "assignment_operator", "a = run()\n    stop(a)\n    a -= 1"),
        ("python", "missing_statement", "a = run()\n    stop(a)\n    a += 1"),
        ("elixir", "missing_statement", "a = a(low)\n  run(a)"),
        ("python", "missing_return", "run()\n    return False"),
        ("python", "missing_statement", "b.messages.append(low)\n    return b"),
        ("python", "missing_statement", "self.n += 1\n    run(self)\n    self.n += 1"),
        ("python", "off_by_one", "return a[0]"),
        ("ruby", "off_by_one", "a.module_eval(low, __FILE__, __LINE__ + 1)\nrun(a)"),
        ("python", "comparison_boundary", "if low == a:\n        run()\n    return low < a"),
        ("c", "arithmetic_operator", "return end - p;"),
        ("c", "equality", "if (a == low)\nzwarn(\"so\");\nrun();"),
        ("c", "wrong_variable", "FT_UNUSED( low );\n(void) high;\nrun();"),
        ("c", "comparison_boundary", "if (trace_level >= high) {\nrun(low);\n}"),
        ("c", "argument_order", "copy(name, low);"),
        ("c", "off_by_one", "char buffer[8];\nuse(buffer);"),
        ("c", "missing_jump", "switch (low) {\ncase 1: run();\nbreak;\n}"),
        ("java", "missing_return", "return turn(low);"),
        ("csharp", "missing_jump", "switch (low) {\ncase 1: A();\nbreak;\ncase 2: B();\nbreak;\n}"),
        ("go", "missing_guard", "x, err := run()\nif err != nil {\nreturn 0\n}\nreturn x"),
        ("d", "swapped_branches", "static if (a) {\nrun();\n} else static if (b) {\nstop();\n}"),
        ("d", "negation", "foreach (name; AllNames!Interface) {\nrun(name);\n}"),
        ("nim", "comparison_boundary", "var words: array[0..36, string]\n  run(words)"),
        ("javascript", "missing_return", "a.map(function (b) {\nreturn low(b);\n});"),
        ("kotlin", "assignment_operator", "items += build(a, \"x\")"),
        ("kotlin", "wrong_function", "a.split('.')"),
        ("kotlin", "none_check", "if (a == null) {\nreturn 1\n}\nreturn a.size"),
        ("swift", "comparison_direction", "let buff = Array<UInt8>.init(repeating: 0, count: low)"),
        ("swift", "comparison_direction", "turn(of: Offset<Vector<UInt8, UInt8>>.self)"),
        ("rust", "swapped_branches", "if let Some(x) = a {\nrun(x)\n} else {\nstop()\n}"),
    ],
)  # fmt: skip
def test_where_a_bug_would_be_none_or_not_compile(language: str, operator: str, body: str) -> None:
    heads = {
        "python": "def f(low, high, a, b):\n    %s\n",
        "go": "package p\nfunc f(low, high int) int {\n%s\n}\n",
        "kotlin": "fun f(a: List<Int>?): Int {\n%s\n}\n",
        "rust": "fn f(a: Option<u8>) {\n%s\n}\n",
        "objc": "@implementation A\n- (void)f:(NSString *)a {\n%s\n}\n@end\n",
        "elixir": "def f(low) do\n  %s\nend\n",
        "nim": "proc f(a: int) =\n  %s\n",
        "javascript": "function f(a, low) {\n%s\n}\n",
        "ruby": "def f(a, low)\n%s\nend\n",
        "swift": "func f(low: Int, high: Int) {\n%s\n}\n",
        **{name: BRACES[name] for name in ("c", "java", "csharp", "d")},
    }
    assert mutants(heads[language] % body, language, operator) == set()
