import time

import pytest

from tests.outlines.test_parse import check_promises
from tests.outlines.views import body, by_name, listing, parse
from transforms.languages.spec import load_languages, parse_language
from transforms.outlines.parse import outline
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import render_text
from transforms.samples.tasks.fill_in_middle import SPEC as FILL_IN_MIDDLE
from transforms.samples.tasks.method_completion import SPEC as METHOD_COMPLETION

PAGE = b"<p>\xc3\xbc</p>\n<script%b>\nfunction f(a) { return a; }\n</script>\n"


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        (b"", ["f"]),
        (b" defer", ["f"]),
        (b' type="module"', ["f"]),
        (b" type=text/javascript", ["f"]),
        (b" type='text/babel'", ["f"]),
        (b' TYPE="Text/JavaScript"', ["f"]),
        (b' language="JavaScript1.2"', ["f"]),
        (b' lang="ts"', ["f"]),
        (b' type="application/json"', []),
        (b' type="text/template"', []),
        (b' lang="coffee"', []),
        (b' language="VBScript"', []),
    ],
)
def test_a_script_s_attributes_tell_what_it_is(attributes: bytes, found: list[str]) -> None:
    seen = parse("html", PAGE % attributes)
    assert [definition.name for definition in seen.definitions] == found
    assert seen.error_ratio == 0


@pytest.mark.parametrize(
    ("attributes", "has_error"),
    [(b"", True), (b' lang="ts"', True), (b' lang="tsx"', False)],
    ids=["javascript", "typescript", "tsx"],
)
@pytest.mark.parametrize("language", ["vue", "svelte"])
def test_lang_chooses_the_grammar(language: str, attributes: bytes, has_error: bool) -> None:
    text = b"<script%b>\nfunction f(a: T) { return <b>{a}</b>; }\n</script>\n" % attributes
    assert (parse(language, text).error_ratio > 0) == has_error


def test_places_are_the_file_s() -> None:
    text = PAGE % b"" + PAGE.replace(b"f(a)", b"g(a)") % b""
    found = by_name("html", text)
    assert body(text, found["f"]) == body(text, found["g"]) == b"{ return a; }"
    assert (found["f"].start_line, found["g"].start_line) == (3, 7)


def test_a_script_ends_with_what_it_leaves_open() -> None:
    text = b"<script>class A { f() { return 1;</script><script>function g() { }</script>"
    found = by_name("html", text)
    assert found["g"].has_error is False
    others = [definition for name, definition in found.items() if name != "g"]
    assert all(definition.span.end <= text.index(b"</script>") for definition in others)


def test_members_keep_their_classes() -> None:
    script = b"<script>\nclass %b {\n  m() { return 1; }\n}\n</script>\n"
    text = script % b"A" + script % b"B"
    assert [name for _, name, _, _ in listing("vue", text)] == ["A", "A.m", "B", "B.m"]
    assert [d.parent for d in parse("vue", text).definitions] == [None, 0, None, 2]


def test_comments_and_imports_of_pages_and_scripts_are_in_source_order() -> None:
    text = b"<!-- a -->\n<script>\nimport b from 'b';\n// b\n</script>\n<!-- c -->\n"
    found = parse("svelte", text)
    assert [text[s.start : s.end] for s in found.comments] == [
        b"<!-- a -->",
        b"// b",
        b"<!-- c -->",
    ]
    assert [text[s.start : s.end] for s in found.imports] == [b"import b from 'b';"]


def test_errors_of_page_and_script_are_never_more_than_the_file() -> None:
    text = b"<a <script>)]}@@@</script> <<<<" * 50
    found = parse("html", text)
    check_promises(text, found)
    assert 0 < found.error_ratio <= 1


def test_many_scripts_take_time_in_proportion() -> None:
    text = b"<script>f(x => 1)</script>\n" * 10_000
    start = time.process_time()
    check_promises(text, parse("html", text))
    assert time.process_time() - start < 10


VUE = b"""<template><p>{{ total }}</p></template>
<script>
import { sum } from './sum';
export default {
  methods: {
    total(items, rate) {
      const prices = items.map((item) => item.price * item.count);
      const all = sum(prices) + this.shipping(items.length);
      if (rate > 0) {
        return all + Math.round(all * rate * 100) / 100;
      }
      return all;
    },
  },
};
</script>
"""


@pytest.mark.parametrize("most", [10_000, 250])
def test_cuts_stay_in_their_script(most: int) -> None:
    language = load_languages()["vue"]
    text = VUE + b"<style>" + b"p { color: red; }\n" * 100 + b"</style>\n"
    view = SourceView(text, b"", "a.vue", language, outline(text, language), most, 4096, 0)
    (definition,) = view.outline.definitions if view.outline else ()
    cuts = [cut for spec in (METHOD_COMPLETION, FILL_IN_MIDDLE) for cut in spec.cut(view)]
    assert {cut.task for cut in cuts} == {"method_completion", "fill_in_middle"}
    for cut in cuts:
        context = render_text(text, cut.context)
        assert definition.span.contains(cut.span)
        assert "<script>" in context.splitlines()
        assert len(context) + len(render_text(text, cut.suffix)) <= most


def test_a_host_has_no_definitions_of_its_own() -> None:
    written = (
        'name = "x"\ntitle = "X"\nfence = "x"\nextensions = []\nline_comment = ""\ncode = true\n'
        'grammar = "html"\n[[outline.embedded]]\nnode = "(raw_text) @code"\n'
    )
    parse_language("x.toml", written)
    with pytest.raises(ValueError, match="must stand without"):
        parse_language("x.toml", written + '[[outline.definitions]]\nnode = "a"\nkind = "b"\n')
