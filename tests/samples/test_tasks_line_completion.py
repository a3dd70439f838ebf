"""line_completion: whole lines, only where no definition has a body."""

import dataclasses
import re

import pytest

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

SETTINGS = """\
setting_{0} = compute(value_{0})
if setting_{0} > limit:
    report("setting {0}", setting_{0})
total += setting_{0}
"""


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
    settings = "".join(SETTINGS.format(i) for i in range(12))
    assert cuts_of(view_of(settings), "line_completion") != {}
    assert cuts_of(view_of(settings + "def f(a):\n    return a\n"), "line_completion") == {}


def test_a_licence_is_neither_target_nor_enough_to_go_on() -> None:
    licence = "".join(
        f"# You may use this file as section {i} of the licence says.\n" for i in range(40)
    )
    assert cuts_of(view_of(licence), "line_completion") == {}
    code = "first = 1\nsecond = 2\nthird = 3\n"
    calls = "".join(SETTINGS.format(i) for i in range(3))
    view = view_of(licence + code + calls)
    targets = [texts(view, cut)[1] for cut in task("line_completion").cut(view)]
    assert targets
    assert not any("licence" in target for target in targets)


LICENCE_LINES = "".join(
    f"You may use part {i} of this, free of any charge, as it is.\n" for i in range(40)
)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        pytest.param("objc", f"/* Of an interface.\n{LICENCE_LINES}*/\n", id="block without stars"),
        pytest.param("html", f"<!--\n{LICENCE_LINES}-->\n", id="markup"),
        pytest.param("cmake", f"#[=======[.rst:\n{LICENCE_LINES}#]=======]\n", id="brackets"),
        pytest.param("coq", f"(** Of a proof.\n{LICENCE_LINES}*)\n", id="no grammar"),
        pytest.param("m4", re.sub("^", "# ", LICENCE_LINES, flags=re.M), id="hash without grammar"),
        pytest.param("batch", re.sub("^", "@REM ", LICENCE_LINES, flags=re.M), id="remarks"),
    ],
)
def test_comments_are_no_targets_whatever_marks_them(language: str, source: str) -> None:
    assert cuts_of(view_of(source, language), "line_completion") == {}


def test_a_comment_that_never_ends_is_code_all_the_same() -> None:
    view = view_of(
        "x = {\n/* never closed\n" + "".join(SETTINGS.format(i) for i in range(9)), "text"
    )
    assert list(task("line_completion").cut(view))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("    KIND_{0},", id="enumeration"),
        pytest.param("{{{0},0,32, &_book_{0},\n  &_half_book_{0}, &_part,&_whole,", id="table"),
        pytest.param("    reg.PART_{0},  # Part {0} of it, and\n    reg_{0},", id="remarks"),
        pytest.param("public static readonly byte VALUE_{0} = {0}; // 0x{0}", id="constants"),
        pytest.param('export {{ default as Part{0} }} from "./parts/part{0}";', id="exports"),
        pytest.param("option java_part_{0} = true;", id="options"),
        pytest.param("#include <parts/part{0}.h>", id="includes"),
        pytest.param("int part_{0}   (Part *part, int number_{0});", id="prototypes"),
        pytest.param("#define PART_{0} \\\n    _IO(struct part_{0})", id="two lines each"),
    ],
)
def test_a_list_is_no_target(line: str) -> None:
    view = view_of(
        "first = 1\nsecond(2);\nthird();\n" + "".join(line.format(i) + "\n" for i in range(30)),
        "text",
    )
    assert list(task("line_completion").cut(view)) == []


def test_a_target_does_not_end_with_what_belongs_to_the_next_lines() -> None:
    source = "".join(f"{SETTINGS.format(i)}// What follows is of part {i}.\n" for i in range(12))
    cuts = list(task("line_completion").cut(view_of(source, "text")))
    assert cuts
    for cut in cuts:
        assert "What" not in source[: cut.span.end].splitlines()[-1]


def test_the_last_lines_of_a_file_are_not_left_over() -> None:
    source = "".join(SETTINGS.format(i) for i in range(2)) + "close(all)\n}\n"
    view = view_of(source, "text")
    ends = [cut.span.end for cut in task("line_completion").cut(view)]
    assert ends
    assert all(end == len(source) - 1 or source[end:].count("\n") > 3 for end in ends)


def test_short_and_empty_files() -> None:
    for source in ("", "\n", "\n\n\n\n", "x = 1\n", "a\nb\nc\nd\ne\nf\n"):
        assert cuts_of(view_of(source), "line_completion") == {}


def test_a_target_is_no_part_of_a_doc() -> None:
    doc = "".join(f"    The part {i} of what is configured, as it is.\n" for i in range(40))
    imports = "import os\nimport sys\nimport re\n\n\n"
    source = f'{imports}class Config(Base):\n    """Says all.\n\n{doc}    """\n'
    source += "".join(SETTINGS.format(i) for i in range(3)).replace("setting", "other_setting")
    view = view_of(source)
    targets = [texts(view, cut)[1] for cut in task("line_completion").cut(view)]
    assert targets
    assert not any("configured" in target for target in targets)


def test_encoded_text_is_no_target() -> None:
    key = "jA0EBwMCEq4Su3ZqNEJg0kQB4QG5jBTKF0i04xtHavzmLhstBNRxvV3nsmB3cwlz"
    message = f"select decrypt(dearmor('\nComment: dat{{0}}\n{key}{{0}}\n=VJKg{{0}}\n'), 'foo');\n"
    view = view_of("".join(message.format(i) for i in range(20)), "sql")
    assert list(task("line_completion").cut(view)) == []


@pytest.mark.parametrize(
    ("language", "block"),
    [
        pytest.param(
            "html",
            "<p>\n  Cursors of the kind {0} should be used with care,\n"
            "  since <b>many</b> programs are not made for them.\n</p>\n",
            id="prose",
        ),
        pytest.param(
            "text", "[[{0}000, 2001], [2010, 2011]],\nN{{'{0}', 2, 3}}, 17,\n", id="numbers"
        ),
        pytest.param("c", "#ifdef __cplusplus_{0}\n}}\n#endif\n\n#endif\n", id="directives"),
    ],
)
def test_what_says_little_is_no_target(language: str, block: str) -> None:
    source = "<x>first</x>\n<x>second</x>\n<x>third</x>\n"
    view = view_of(source + "".join(block.format(i) for i in range(20)), language)
    assert list(task("line_completion").cut(view)) == []


def test_a_target_is_no_part_of_a_file_s_docstring() -> None:
    doc = "".join(f"Part {i} of what the module is for.\n" for i in range(60))
    source = f'#!/usr/bin/env python\n\n"""Says all.\n\n{doc}"""\n'
    view = view_of(source + "".join(SETTINGS.format(i) for i in range(3)))
    targets = [texts(view, cut)[1] for cut in task("line_completion").cut(view)]
    assert targets
    assert not any("module" in target for target in targets)


@pytest.mark.parametrize(
    ("path", "is_cut"),
    [
        pytest.param("tests/a.py", True, id="a test"),
        pytest.param("tests/__snapshots__/a.py", False, id="what it compares with"),
        pytest.param("pkg/lib/a.d.ts", False, id="types that are built"),
        pytest.param("pkg/src/a.d.ts", True, id="types that are written"),
        pytest.param("pkg/translations/sv.js", False, id="translations"),
        pytest.param("pkg/docs/api/a.html", False, id="pages of documentation"),
        pytest.param("pkg/html-test/ref/a.html", False, id="pages that a test expects"),
        pytest.param("pkg/templates/a.html", True, id="pages that are written"),
    ],
)
def test_what_no_one_writes_is_not_continued(path: str, is_cut: bool) -> None:
    view = view_of("".join(SETTINGS.format(i) for i in range(12)))
    cuts = list(task("line_completion").cut(dataclasses.replace(view, path=path)))
    assert bool(cuts) == is_cut


STEPS = """\
    if test -f step_one; then
        ./configure --with=option_one --prefix="$target"
    elif test -d step_two; then
        make -j4 check && cp result.log "$target/first"
    else
        for part in alpha beta gamma; do
            tar -xf "$part.tar" -C "$target" || exit 1
        done
    fi
    cat "$target/first" | sort -u > "$target/second"
    rm -rf build && mkdir build
    (cd build && cmake .. && ctest --output-on-failure)
"""
HEAD = "import os\n\nFIRST = os.getcwd()\nSECOND = os.getpid()\nTHIRD = os.name\n"


def test_what_stands_in_a_string_is_not_continued() -> None:
    in_string = view_of(f"{HEAD}TEXT = r'''\n{STEPS * 3}'''\n")
    assert list(task("line_completion").cut(in_string)) == []
    assert list(task("line_completion").cut(view_of(f"{HEAD}{STEPS * 3}", "bash")))
