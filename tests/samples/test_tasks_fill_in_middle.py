"""fill_in_middle: holes are syntax nodes inside bodies, and both sides meet them."""

import collections

import pytest

from tests.samples.views import cuts_of, task, texts, view_of
from transforms.samples.drafts import render_text

BODIES = {
    "python": '''\
def collect(paths, limit):
    """Collect what is there."""
    found = []
    for path in sorted(paths):
        # Hidden files are left out.
        if path.name.startswith("."):
            continue
        found.append((path.name, path.stat().st_size))
    found.sort(key=lambda pair: pair[1], reverse=True)
    return found[:limit]


print(collect([], 3))
''',
    "c": """\
int total(const struct item *items, int count)
{
    int sum = 0;
    for (int i = 0; i < count; i++) {
        /* Hidden ones are left out. */
        if (items[i].hidden)
            continue;
        sum += items[i].size * items[i].price;
    }
    return sum > 0 ? sum : fallback_for(items, count, previous_sum);
}
""",
    "typescript": """\
export function total(items: Item[], limit: number): number {
  const visible = items.filter((item) => !item.hidden);
  // Only the first ones count.
  return visible
    .slice(0, limit)
    .map((item) => item.size * item.price)
    .reduce((sum, next) => sum + next, 0);
}
""",
}


def holes(source: str, language: str, seeds: int = 60) -> list[tuple[str, str, str, str]]:
    """Kind, context, target and suffix of the holes that these seeds make."""
    found = []
    for seed in range(seeds):
        view = view_of(source, language, seed=seed)
        for cut in task("fill_in_middle").cut(view):
            context, target, suffix = texts(view, cut)
            assert context + target + suffix == source
            assert len(context.encode()) == cut.span.start
            found.append((cut.hole, context, target, suffix))
    return found


@pytest.mark.parametrize("language", list(BODIES), ids=list(BODIES))
def test_holes_of_many_seeds(language: str) -> None:
    source = BODIES[language]
    body = source.index("found = []" if language == "python" else "{")
    found = holes(source, language)
    for kind, context, target, suffix in found:
        assert body <= len(context)
        assert 20 <= len(target) < len(source[body:].strip())
        assert suffix.strip()
        if kind != "random":
            assert not target.startswith(("#", "/*", "//", '"'))
            assert target == target.strip()
            assert [target.count(c) for c in "([{"] == [target.count(c) for c in ")]}"]
    assert len({target for _, _, target, _ in found}) >= 5
    kinds = {kind for kind, *_ in found}
    assert {"statement", "expression", "arguments", "body", "random"} <= kinds


@pytest.mark.parametrize("language", list(BODIES), ids=list(BODIES))
def test_each_kind_is_what_it_says(language: str) -> None:
    for kind, context, target, suffix in holes(BODIES[language], language):
        if kind == "arguments":
            assert context.rstrip().endswith("(")
            assert suffix.lstrip().startswith(")")
        if kind == "expression":
            assert not target.endswith(";")
        if kind in ("statement", "block", "body"):
            assert not context.rpartition("\n")[2].strip()  # begins a line
            assert suffix.startswith("\n")


ENDED = {
    "lua": """local function deep_merge(target, source)
   -- Whatever both have is merged.
   for key, value in pairs(source) do
      target[key] = value
   end
   return target
end

print(deep_merge({}, {}))
""",
    "ruby": """def visible_names(items)
  items.map do |item|
    item.name unless item.hidden
  end
end

puts visible_names([])
""",
    "haskell": """module Names where

visibleNames items =
    map name (filter isVisible items)
  where
    isVisible item = not (hidden item)

firstName items = head items
""",
}


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        pytest.param("lua", "for key", "return target", id="lua"),
        pytest.param("ruby", "items.map", "  end", id="ruby"),
        pytest.param("haskell", "map name", "(hidden item)", id="haskell"),
    ],
)
def test_a_body_is_without_what_opens_and_closes_it(language: str, first: str, last: str) -> None:
    bodies = {target for kind, _, target, _ in holes(ENDED[language], language) if kind == "body"}
    assert bodies
    for body in bodies:
        assert body.startswith(first)
        assert body.endswith(last)


def test_one_in_ten_is_anywhere_and_cuts_no_character() -> None:
    functions = "".join(
        f"def greet_{n}(name):\n    text = 'grüße, schöne größe {n}'\n"
        f"    print(text, 'für', name, 'übermäßig', {n})\n    return text\n\n"
        for n in range(500)
    )
    kinds = collections.Counter(
        cut.hole for cut in task("fill_in_middle").cut(view_of(functions + "done = 1\n"))
    )
    assert kinds.total() == 500
    assert 30 <= kinds["random"] <= 70


@pytest.mark.parametrize(
    "call",
    [
        pytest.param('fail("there is nothing to be seen here")', id="text alone"),
        pytest.param("notify(the_only_listener_of_all)", id="a name"),
    ],
)
def test_what_one_cannot_guess_is_no_argument(call: str) -> None:
    source = f"def f(a):\n    b = a + 1\n    {call}\n    return b\n\nx = 1\n"
    assert "arguments" not in {kind for kind, *_ in holes(source, "python")}


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        pytest.param("usage of the program, and " * 4, {"random"}, id="a long text"),
        pytest.param("usage", {"random", "body", "statement"}, id="a word"),
    ],
)
def test_a_text_is_no_hole_but_where_any_is(said: str, kinds: set[str]) -> None:
    source = f'def f(out):\n    out.write("{said}")\n    out.write("{said}\\n")\n\nx = 1\n'
    assert kinds == {kind for kind, *_ in holes(source, "python")}


def test_no_kind_is_rare_where_there_are_all() -> None:
    functions = "".join(
        f"def collect_{i}(paths, limit):\n    found = first(paths[:limit], limit + {i})\n"
        "    for path in paths:\n        if path.is_hidden(limit, found):\n"
        "            found.append(path.name)\n            found.sort_by(path.size)\n"
        "    return finish(found, limit, len(paths))\n\n\n"
        for i in range(400)
    )
    cuts = task("fill_in_middle").cut(view_of(functions + "done = 1\n"))
    kinds = collections.Counter(cut.hole for cut in cuts)
    assert {kind for kind, count in kinds.items() if 30 <= count <= 150} == {
        "statement", "block", "expression", "arguments", "body", "random"
    }  # fmt: skip


def test_room_is_shared_and_left_over_room_used() -> None:
    before = "".join(f"before_{i} = {i}\n" for i in range(300))
    after = "".join(f"after_{i} = {i}\n" for i in range(300))
    middle = BODIES["python"]
    sizes = []
    for source in (before + middle + after, middle + after, before + middle):
        view = view_of(source, max_context_chars=1500)
        context, _, suffix = texts(view, cuts_of(view, "fill_in_middle")["collect"])
        assert len(context) + len(suffix) <= 1500
        assert len(context) + len(suffix) > 1350
        sizes.append((len(context), len(suffix)))
    assert 850 < sizes[0][0] <= 1000 <= sizes[2][0]
    assert sizes[0][1] < 700 < 1000 < sizes[1][1]


def test_the_place_is_a_function_of_content_and_seed() -> None:
    source = BODIES["python"]
    places = [
        cuts_of(view_of(text, seed=seed), "fill_in_middle")["collect"].span
        for text, seed in [(source, 0), *((source, n) for n in range(9)), (source + "\n", 0)]
    ]
    assert places[0] == places[1]
    assert len(set(places)) > 2


def test_what_does_not_parse_or_does_nothing_has_no_hole() -> None:
    source = (
        "def f(a):\n    value = = a + something + other\n    return value\n\ndef g(a):\n    pass\n"
    )
    assert cuts_of(view_of(source), "fill_in_middle") == {}


def test_the_header_is_in_the_context_whatever_stands_around_it() -> None:
    functions = "".join(
        f"/* Number {n}. */\nstatic int probe{n}(struct state *s, int first)\n{{\n"
        f"  int second = lookup(s, first + {n});\n  int third = lookup(s, second * {n});\n"
        f"  report(s, second, third);\n  return second - third * {n};\n}}\n\n"
        for n in range(40)
    )
    source = f"#if A\nint a;\n#elif B\n#define B2 1\n{functions}#else\nint c;\n#endif\n"
    view = view_of(source, "c", max_context_chars=900)
    cuts = cuts_of(view, "fill_in_middle")
    assert len(cuts) > 30
    for name, cut in cuts.items():
        context = render_text(view.text, cut.context)
        assert f"static int {name}(struct state *s, int first)\n{{\n" in context
        assert len(context) + len(render_text(view.text, cut.suffix)) <= 900
