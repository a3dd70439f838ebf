"""Context: what leads up to a cut, what follows it, and that both stay within bounds."""

import time

import pytest

from tests.samples.views import cuts_of, rendered, texts, view_of
from transforms.outlines.outline import Span
from transforms.samples.choice import pick, unit_interval
from transforms.samples.drafts import Piece, render_text

PYTHON = '''\
"""A module."""

import os
import sys

LIMIT = 10


def first(a):
    """Return the first item of a list."""
    if not a:
        raise ValueError("nothing there")
    return a[0]


class Stack:
    """A stack of things."""

    size = 0

    def push(self, item):
        """Put an item on top."""
        self.items.append(item)
        self.size += 1

    # Taking is the opposite of putting.
    @checked
    def pop(self, default=None):
        """Take the item on top."""
        if self.size == 0:
            return default
        self.size -= 1
        return self.items.pop()
'''

RUST = """\
use std::fmt;
use std::io;

fn padding() -> usize {
    let one = 1;
    one + 1
}

impl fmt::Display for Point {
    /// Writes the point.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let text = self.text();
        write!(f, "{}", text)
    }
}
"""


def context_of(source: str, name: str, chars: int, language: str = "python") -> str:
    """Return the context of a method's completion."""
    view = view_of(source, language, chars)
    return rendered(view, cuts_of(view, "method_completion")[name].context)


def test_all_that_precedes_where_it_fits() -> None:
    view = view_of(PYTHON)
    cut = cuts_of(view, "method_completion")["Stack.pop"]
    end = PYTHON.index("\n        if self.size == 0")
    assert cut.context == (Piece(0, end),)
    assert texts(view, cut)[1] == PYTHON[end:].rstrip("\n")


def test_whole_items_imports_and_enclosing_header_where_it_does_not_fit() -> None:
    assert context_of(PYTHON, "Stack.pop", 270) == (
        "import os\nimport sys\n\n"
        'class Stack:\n    """A stack of things."""\n\n'
        "    # Taking is the opposite of putting.\n    @checked\n"
        '    def pop(self, default=None):\n        """Take the item on top."""'
    )


def test_siblings_come_back_nearest_first() -> None:
    context = context_of(PYTHON, "Stack.pop", 390)
    assert context.startswith("import os\nimport sys\n\nclass Stack:")
    assert "    def push(self, item):" in context
    assert "def first" not in context


def test_header_alone_where_nothing_else_fits() -> None:
    header = (
        "    # Taking is the opposite of putting.\n    @checked\n"
        '    def pop(self, default=None):\n        """Take the item on top."""'
    )
    assert context_of(PYTHON, "Stack.pop", len(header)) == header


def test_a_header_that_does_not_fit_is_cut_all_the_same_to_be_rejected() -> None:
    context = context_of(PYTHON, "Stack.pop", 40)
    assert (
        context == '@checked\n    def pop(self, default=None):\n        """Take the item on top."""'
    )


def test_rust_impl_header_doc_comment_and_attribute() -> None:
    assert context_of(RUST, "Point.fmt", 190, "rust") == (
        "use std::fmt;\nuse std::io;\n\nimpl fmt::Display for Point {\n"
        "    /// Writes the point.\n    #[inline]\n"
        "    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result "
    )


def test_characters_are_counted_not_bytes() -> None:
    source = PYTHON.replace("nothing there", "é" * 60)
    everything = source.index("\n        if self.size == 0")
    view = view_of(source, max_context_chars=everything)
    cut = cuts_of(view, "method_completion")["Stack.pop"]
    assert len(cut.context) == 1
    assert len(rendered(view, cut.context)) == everything
    assert cut.context[0].end > everything


def test_what_follows_ends_with_an_item_or_a_line() -> None:
    source = "int a;\n\nint f(void) {\n  return a + 1;\n}\n\nint g(void) {\n  return 3;\n}\n"
    view = view_of(source, "c")
    hole = Span(source.index("a + 1"), source.index("a + 1") + 5)
    after = view.surroundings.after
    assert rendered(view, after(hole, hole.end, 8192)) == source[hole.end :]
    assert rendered(view, after(hole, hole.end, 12)) == ";\n}\n\n"
    assert rendered(view, after(hole, hole.end, 22)) == ";\n}\n\nint g(void) {\n"
    assert after(hole, hole.end, 1) == ()
    assert after(hole, len(source), 100) == ()


def test_a_join_never_shows_the_target() -> None:
    """Two kept pieces, once joined, would read like the line to be written."""
    filler = "\n".join(f"    unrelated_{i} = {i}" for i in range(40))
    source = (
        "import first_part_of_a_line_of_code\n"
        f"def other(x):\n{filler}\n\n"
        "def fn(value_of_the_line):\n"
        '    text = """\nimport first_part_of_a_line_of_code\n'
        'def fn(value_of_the_line):"""\n'
        "    return text + value_of_the_line\n"
    )
    view = view_of(source, max_context_chars=200)
    cut = cuts_of(view, "function_completion")["fn"]
    assert rendered(view, cut.context) == "def fn(value_of_the_line):"


RUBY = """\
class A < B
  def far
    FAR
  end

  def near
    1
  end

  def wanted(a)
    a + 1
  end
end
"""
OBJC = """\
@implementation A
- (void)far {
  FAR
}
- (int)near {
  return 1;
}
- (int)wanted:(int)a {
  return a + 1;
}
@end
"""
ZIG = """\
const A = struct {
    fn far() void {
        FAR
    }
    fn near() u8 {
        return 1;
    }
    fn wanted(a: u8) u8 {
        return a + 1;
    }
};
"""
PASCAL = """\
unit A;
implementation
procedure Far;
begin
  FAR
end;
function near: Integer;
begin
  near := 1;
end;
function wanted(B: Integer): Integer;
begin
  wanted := B + 1;
end;
end.
"""
ADA = """\
package body A is
   procedure Far is
   begin
      FAR
   end Far;
   function near return Integer is
   begin
      return 1;
   end near;
   function wanted (B : Integer) return Integer is
   begin
      return B + 1;
   end wanted;
end A;
"""


@pytest.mark.parametrize(
    ("language", "source", "header"),
    [
        pytest.param("ruby", RUBY, "class A < B\n", id="ruby"),
        pytest.param("objc", OBJC, "@implementation A\n", id="objc"),
        pytest.param("zig", ZIG, "const A = struct {\n", id="zig"),
        pytest.param("pascal", PASCAL, "implementation\n", id="pascal"),
        pytest.param("ada", ADA, "", id="ada"),
    ],
)
def test_a_neighbour_leads_up_to_a_member(language: str, source: str, header: str) -> None:
    view = view_of(source.replace("FAR", "call(1); " * 60), language)
    assert view.outline is not None
    wanted = next(d.span for d in view.outline.definitions if d.name.startswith("wanted"))
    pieces = view.surroundings.before(wanted, Span(wanted.end - 10, wanted.end), 230)
    assert pieces is not None
    context = rendered(view, pieces)
    assert header in context
    assert "near" in context
    assert "call(1)" not in context


def test_what_directly_precedes_stays_where_a_join_would_show_the_target() -> None:
    filler = "\n".join(f"    unrelated({i})" for i in range(40))
    source = (
        f"class ScaffoldTest < Rails::TestCase\n  def far\n{filler}\n  end\n\n"
        "  def near\n    run_generator\n  end\n\n"
        "  def test_generated\n"
        '    assert_file "a", <<~RUBY\nclass ScaffoldTest < Rails::TestCase\n  def near\n    RUBY\n'
        "  end\nend\n"
    )
    assert context_of(source, "ScaffoldTest.test_generated", 200, "ruby") == (
        "  def near\n    run_generator\n  end\n\n  def test_generated"
    )


def test_lines_lead_up_to_a_header_that_says_nothing() -> None:
    filler = "\n".join(f"    unrelated_{i} = {i}" for i in range(40))
    source = (
        f"import os\n\ndef other(x):\n{filler}\n\n    return unrelated_39\n\n"
        "def fn():\n    process = os.getpid()\n    return other(process)\n"
    )
    view = view_of(source, max_context_chars=200)
    context = rendered(view, cuts_of(view, "function_completion")["fn"].context)
    assert context == "import os\n\n    return unrelated_39\n\ndef fn():"


def test_choices_are_functions_of_their_parts() -> None:
    drawn = [unit_interval(0, b"key", str(n)) for n in range(2000)]
    assert drawn == [unit_interval(0, b"key", str(n)) for n in range(2000)]
    assert all(0 <= x < 1 for x in drawn)
    assert sum(drawn) / len(drawn) == pytest.approx(0.5, abs=0.03)
    assert unit_interval(0, "ab", "c") != unit_interval(0, "a", "bc")
    assert unit_interval(0, "a") != unit_interval(1, "a")
    assert {pick(0, "xyz", str(n)) for n in range(50)} == set("xyz")


def test_a_function_inside_a_syntax_error_keeps_its_header() -> None:
    filler = "".join(
        f"static int other{n}(int a)\n{{\n  return a * {n};\n}}\n\n" for n in range(60)
    )
    source = (
        "#if A\n#if B\n"
        + filler
        + "static int wanted(struct state *s)\n{\n  int first = probe(s, 1);\n"
        "  int second = probe(s, first);\n  return second;\n}\n\n}}} #else ((\n"
    )
    view = view_of(source, "c", max_context_chars=700)
    assert view.outline is not None
    assert view.outline.error_ratio > 0.5
    start = source.index("probe(s, first)")
    hole = Span(start, start + len("probe(s, first)"))
    pieces = view.surroundings.before(hole, hole, 400)
    assert pieces is not None
    context = render_text(view.text, pieces)
    assert (
        "static int wanted(struct state *s)\n{\n  int first = probe(s, 1);\n  int second = "
        in context
    )


def test_time_is_linear_in_the_depth() -> None:
    opened = "".join(f"function f{n}(x) {{\n  const y = x + {n};\n" for n in range(3000))
    started = time.process_time()
    cuts = list(cuts_of(view_of(opened + "}\n" * 3000, "javascript"), "fill_in_middle"))
    assert cuts
    assert time.process_time() - started < 4


RUBY = """\
# frozen_string_literal: true

module Shapes
  module Flat
    # Told of nothing else.
    def first(items)
      raise ArgumentError, "there is nothing in the list of items" if items.empty?
      items.first
    end

    def area_of_box(width, height)
      product = width * height
      product.abs
    end
  end
end
"""


def test_header_of_what_has_a_body_is_its_own_line() -> None:
    """Neither the body's first comment, nor nothing at all."""
    context = context_of(RUBY, "Shapes.Flat.area_of_box", 100, "ruby")
    assert context == "module Shapes\n  module Flat\n    def area_of_box(width, height)"
