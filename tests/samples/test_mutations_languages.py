"""What mutation operators put into languages that are not in the manner of C."""

import pytest

from tests.samples.scenes import mutants
from tests.samples.views import task, view_of

OTHERS = {
    "go": (
        "package p\nfunc f(a []int, low, high int) int {\nfor i := 0; i < high; i++ {\n"
        "if low == a[i] {\ncontinue\n}\nlow += a[i]\n}\nreturn low\n}\n",
        {"comparison_boundary": {"for i := 0; i <= high; i++ {"}, "equality": {"if low != a[i] {"},
         "wrong_jump": {"break"}},
    ),
    "rust": (
        "fn f(a: &[u8], low: u8, high: u8) -> u8 {\nfor i in 0..high {\nif !a.ok() {\nbreak;\n}\n"
        "turn(low, high);\n}\nlow\n}\n",
        {"comparison_boundary": {"for i in 0..=high {"}, "negation": {"if a.ok() {"},
         "argument_order": {"turn(high, low);"}, "wrong_jump": {"continue;"}},
    ),
    "nim": (
        "proc f(low, high: int): int =\n  if low == high:\n    turn(low, high)\n  low * high\n",
        {"equality": {"if low != high:"}, "arithmetic_operator": {"low div high"},
         "argument_order": {"turn(high, low)"}},
    ),
    "kotlin": (
        "fun f(a: List<Int>, low: Int, high: Int): Int {\nfor (i in 0 until high) {\n"
        "if (a[i] == low) {\nbreak\n}\nturn(low, high)\n}\nreturn low\n}\n",
        {"comparison_boundary": {"for (i in 0 .. high) {"}, "equality": {"if (a[i] != low) {"},
         "argument_order": {"turn(high, low)"}},
    ),
    "swift": (
        "func f(a: [Int], low: Int, high: Int) -> Int {\nfor i in 0..<high {\nif a[i] == low {\n"
        "break\n}\nturn(low, high)\n}\nreturn low\n}\n",
        {"comparison_boundary": {"for i in 0...high {"}, "equality": {"if a[i] != low {"},
         "argument_order": {"turn(high, low)"}},
    ),
    "scala": (
        "object A { def f(a: Array[Int], low: Int, high: Int): Int = {\nif (a(low) == high) {\n"
        "turn(low, high)\n}\nlow - 1\n} }\n",
        {"equality": {"if (a(low) != high) {"}, "argument_order": {"turn(high, low)"},
         "arithmetic_operator": {"low + 1"}},
    ),
    "php": (
        "<?php\nfunction f($a, $low, $high) {\nif (!$a || $low < $high) {\nturn($low, $high);\n}\n"
        "return count($a);\n}\n",
        {"negation": {"if ($a || $low < $high) {"}, "missing_return": {"count($a);"},
         "boolean_operator": {"if (!$a && $low < $high) {"}},
    ),
    "ruby": (
        "def f(a, low, high)\nreturn low if a.empty?\na.each do |x|\nnext if x == low\n"
        "turn(low, high)\nend\nhigh - 1\nend\n",
        {"equality": {"next if x != low"}, "argument_order": {"turn(high, low)"},
         "arithmetic_operator": {"high + 1"},
         "missing_guard": {"- return low if a.empty?"}},
    ),
    "lua": (
        "local function f(a, low, high)\nif not a and low < high then\nturn(low, high)\nend\n"
        "return low\nend\n",
        {"negation": {"if a and low < high then"}, "argument_order": {"turn(high, low)"},
         "boolean_operator": {"if not a or low < high then"}},
    ),
    "bash": (
        "f() {\nif [ $1 -lt 3 ] && ready; then\nx=1\nelse\ny=2\nfi\n"
        "while [ $1 -lt 9 ]; do\nrun\ndone\n}\n",
        {"comparison_boundary": {"while [ $1 -le 9 ]; do"},
         "boolean_operator": {"if [ $1 -lt 3 ] || ready; then"}},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "operator"),
    [(language, name) for language, (_, found) in OTHERS.items() for name in found],
)
def test_other_languages(language: str, operator: str) -> None:
    source, found = OTHERS[language]
    assert mutants(source, language, operator) == found[operator]


@pytest.mark.parametrize("language", OTHERS)
def test_the_task_finds_a_bug_to_put_in(language: str) -> None:
    assert list(task("debug").cut(view_of(OTHERS[language][0], language)))
