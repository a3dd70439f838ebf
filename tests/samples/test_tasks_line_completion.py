"""line_completion: whole lines, only where no definition has a body."""

import re

from tests.samples.views import cuts_of, task, texts, view_of

STEP = """\
local function step_{}(a, b)
  local sum = a + b * {}
  return sum, a - b
end
"""
LUA = "-- Tables of things, and functions over them.\n\n" + "\n".join(
    STEP.format(i, i) for i in range(12)
)


def test_three_cuts_of_whole_lines_that_do_not_overlap() -> None:
    view = view_of(LUA, "text")
    cuts = list(task("line_completion").cut(view))
    assert len(cuts) == 3
    end = 0
    for cut in cuts:
        context, target, suffix = texts(view, cut)
        assert context + target == LUA[: cut.span.end]
        assert context.endswith("\n")
        assert LUA[cut.span.end] == "\n"
        assert 3 <= target.count("\n") + 1 <= 20
        assert target.startswith("local function")  # paragraphs are preferred
        assert suffix == ""
        assert cut.definition is None
        assert cut.span.start >= end
        end = cut.span.end


def test_context_is_bounded_by_whole_lines() -> None:
    view = view_of(LUA, "text", max_context_chars=200)
    cuts = list(task("line_completion").cut(view))
    contexts = [texts(view, cut)[0] for cut in cuts]
    assert all(100 < len(context) <= 200 for context in contexts[-1:])
    assert all(f"\n{context}" in f"\n{LUA}" for context in contexts)


def test_only_where_no_definition_has_a_body() -> None:
    settings = "".join(f"SETTING_{i} = compute(setting_{i})\n" for i in range(30))
    assert cuts_of(view_of(settings), "line_completion") != {}
    assert cuts_of(view_of(settings + "def f(a):\n    return a\n"), "line_completion") == {}


def test_a_licence_is_neither_target_nor_enough_to_go_on() -> None:
    licence = "".join(
        f"# You may use this file as section {i} of the licence says.\n" for i in range(40)
    )
    assert cuts_of(view_of(licence), "line_completion") == {}
    code = "first = 1\nsecond = 2\nthird = 3\n"
    calls = "".join(f"register(first, second, 'name {i}')\n" for i in range(9))
    view = view_of(licence + code + calls)
    for cut in task("line_completion").cut(view):
        assert re.fullmatch(r"(register\(.*\)\n?)+", texts(view, cut)[1])


def test_short_and_empty_files() -> None:
    for source in ("", "\n", "\n\n\n\n", "x = 1\n", "a\nb\nc\nd\ne\nf\n"):
        assert cuts_of(view_of(source), "line_completion") == {}
