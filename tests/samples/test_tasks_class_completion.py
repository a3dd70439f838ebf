"""class_completion: from header, fields and first method to the end of the class."""

import dataclasses

import pytest

from tests.samples.views import cuts_of, texts, view_of

PYTHON = '''\
import math


class Shape:
    """A shape."""

    sides = 0

    @classmethod
    def named(cls, name):
        return cls(REGISTRY[name])

    def __init__(self, sides):
        self.sides = sides  # many

    # What it measures.
    @property
    def angle(self):
        return 2 * math.pi / self.sides

    def scaled(self, factor):
        return type(self)(self.sides * factor)


class Small:
    def one(self):
        return "there is only one other method here"

    def two(self):
        return "so that too little remains to be written"


class Nested:
    if DEBUG:
        def shown(self):
            return "inside of a block"

        def hidden(self):
            return "inside of a block as well"

    def third(self):
        return "outside of it, at last"

    def fourth(self):
        return "as is this one"
'''

JAVA = """\
interface Shape {
  double area();

  /** Around it. */
  double perimeter();

  default boolean isFlat() {
    return area() == 0;
  }
}

enum Kind {
  ROUND, SQUARE; void first() { second(); } void second() { third(); }
  void third() { fourth(); }
  void fourth() { System.out.println("and some more letters"); }
}
"""

RUBY = """\
class Shape
  attr_reader :sides

  def initialize(sides)
    @sides = sides
  end

  def angle
    360.0 / sides
  end

  def scaled(factor)
    self.class.new(sides * factor)
  end
end
"""

RUST = """\
trait Shape {
    fn area(&self) -> f64;

    fn perimeter(&self) -> f64;

    fn is_flat(&self) -> bool {
        self.area() == 0.0
    }
}

mod inner {
    impl Thing {
        fn one(&self) -> u32 { self.field_of_thing }
        fn two(&self) -> u32 { self.field_of_thing + 1 }
        fn three(&self) -> u32 { self.field_of_thing + 2 }
    }
}
"""

CPP = """\
struct Shape {
  Shape(int sides) : sides_(sides) {}
  int sides() const { return sides_; }  /* more
  lines */
  double angle() const { return 360.0 / sides_; }
  double area(double radius) const;
 private:
  int sides_;
};
"""


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        (
            "python",
            PYTHON,
            {"Shape": ("    # What it", "* factor)"), "Nested": None},
        ),
        (
            "java",
            JAVA,
            {
                "Shape": ("  /** Around", "0;\n  }\n}"),
                "Kind": ("  void third() {", 'letters"); }\n}'),
            },
        ),
        ("ruby", RUBY, {"Shape": ("  def angle", "factor)\n  end\nend")}),
        ("rust", RUST, {"Shape": ("    fn perimeter", "0.0\n    }\n}")}),
        ("cpp", CPP, {"Shape": ("  int sides() const", "sides_;\n}")}),
    ],
    ids=["python", "java", "ruby", "rust", "cpp"],
)
def test_target_goes_from_the_line_after_a_member_to_the_end(
    language: str, source: str, expected: dict[str, tuple[str, str] | None]
) -> None:
    view = view_of(source, language)
    found = cuts_of(view, "class_completion")
    assert list(found) == [name for name, ends in expected.items() if ends]
    for name, cut in found.items():
        begins, ends = expected[name] or ("", "")
        start = source.index(begins)
        end = source.index(ends, start) + len(ends)
        assert texts(view, cut) == (source[:start], source[start:end], "")
        assert (cut.span.start, cut.span.end) == (start, end)
        assert cut.origin == "human"


def test_a_later_cut_is_taken_where_the_rest_would_be_too_long() -> None:
    methods = "".join(
        f"    def method_{n}(self, value):\n        return self.base + value * {n}\n\n"
        for n in range(40)
    )
    source = f"class Long:\n{methods}"
    view = dataclasses.replace(view_of(source), max_target_chars=500)
    cut = cuts_of(view, "class_completion")["Long"]
    context, target, _ = texts(view, cut)
    assert 350 < len(target) <= 500
    assert target.startswith("    def method_")
    assert context + target == source.rstrip()


def test_where_the_class_does_not_fit_its_header_and_last_members_lead_up() -> None:
    methods = "".join(
        f"    def method_{n}(self, value):\n        return self.base + value * {n}\n\n"
        for n in range(40)
    )
    source = f'class Long:\n    """Long."""\n\n{methods}'
    view = dataclasses.replace(view_of(source, max_context_chars=600), max_target_chars=500)
    cut = cuts_of(view, "class_completion")["Long"]
    context, target, _ = texts(view, cut)
    assert context.startswith('class Long:\n    """Long."""\n')
    assert len(context) <= 600
    assert source[: cut.span.start].endswith(context[-300:])
    assert target.startswith("    def method_")


def test_nothing_where_no_later_cut_leaves_enough() -> None:
    view = dataclasses.replace(view_of(PYTHON), max_target_chars=60)
    assert cuts_of(view, "class_completion") == {}


def test_a_doc_below_a_member_stays_with_it() -> None:
    source = """\
class type bounded = object
  method size : int
  (** Size of the stream, as it is now. *)

  method resize : int -> unit
  (** Change the size of the stream queue. *)

  method push : 'a -> unit Lwt.t
  (** Push an element. *)
end
"""
    view = view_of(source, "ocaml_interface")
    context = texts(view, cuts_of(view, "class_completion")["bounded"])[0]
    assert context.endswith("(** Size of the stream, as it is now. *)\n\n")


@pytest.mark.parametrize(
    ("language", "source", "is_cut"),
    [
        pytest.param(
            "python",
            "class Cursor:\n    def __init__(self, *args: Any) -> None: ...\n"
            "    def adapt(self, name: str) -> Any: ...\n    def quoted(self) -> bytes: ...\n",
            False,
            id="stubs of types",
        ),
        pytest.param(
            "objc",
            "@implementation SceneDelegate\n\n- (void)sceneWillConnect:(UIScene*)scene {\n}\n\n"
            "- (void)sceneDidDisconnect:(UIScene*)scene {\n}\n\n"
            "- (void)sceneDidBecomeActive:(UIScene*)scene {\n  // Nothing to do.\n}\n\n@end\n",
            False,
            id="empty bodies",
        ),
        pytest.param(
            "python",
            "class Cursor:\n    def __init__(self, name):\n        self.name = name\n\n"
            "    def adapt(self, name):\n        raise NotImplementedError\n\n"
            "    def quoted(self):\n        return quote(self.name, self.marks)\n",
            True,
            id="one does something",
        ),
        pytest.param(
            "pascal",
            "unit Lists;\ninterface\ntype\n  TList = class(TObject)\n  public\n"
            "    constructor Create;\n    destructor Destroy; override;\n"
            "    function ToString: string; override;\n  end;\nimplementation\nend.\n",
            False,
            id="little is declared",
        ),
        pytest.param(
            "java",
            "interface Lines {\n  void beforeLine(Console console, Cursor cursor);\n"
            "  void afterLine(Console console);\n  void afterWrap(Console console);\n}\n",
            True,
            id="an interface",
        ),
    ],
)
def test_a_rest_that_only_declares_is_an_interface_s(
    language: str, source: str, is_cut: bool
) -> None:
    assert bool(cuts_of(view_of(source, language), "class_completion")) == is_cut
