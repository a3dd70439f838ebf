"""function_completion and method_completion: the target is the body, to the byte."""

import pytest

from tests.samples.views import cuts_of, rendered, texts, view_of

PYTHON = '''\
def documented(a, b=1):
    """Add two numbers."""

    # Both are numbers.
    total = a + b
    return round(total, 2)


async def outer(items):
    def inner(item):
        checked = check(item)
        return checked.value

    return [inner(item) for item in items]


def stub(self):
    raise NotImplementedError(
        "subclasses must provide a stub() method"
    )


def short(a): return a


class Point:
    def __init__(self, x, y):
        self.abscissa = x
        self.ordinate = y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def later(self):
        # One day this will do something useful,
        # and then it will need a body.
        pass


def broken(a):
    value = = a
    return value and nothing_more
'''

JAVA = """\
class Point {
  /** The point's distance from nowhere. */
  @Override
  public double norm() {
    double squares = x * x + y * y;
    return Math.sqrt(squares);
  }

  Point(int x, int y) {
    this.abscissa = x;
    this.ordinate = y;
  }

  void nothing() {
  }
}
"""

GO = """\
package geometry

// Norm is the distance from nowhere.
func (p Point) Norm() float64 {
	squares := p.x*p.x + p.y*p.y
	return math.Sqrt(squares)
}

func Zero() Point {
	origin := Point{x: 0, y: 0}
	return origin
}
"""

JAVASCRIPT = """\
export const area = (width, height) => {
  const product = width * height;
  return Math.abs(product);
};
class Box {
  constructor(side) {
    this.side = side;
    this.volume = side ** 3;
  }
}
"""

RUST = """\
impl Point {
    pub fn norm(&self) -> f64 {
        let squares = self.x * self.x + self.y * self.y;
        squares.sqrt()
    }
}

fn later() -> usize {
    todo!("this is not yet written but will be")
}
"""

C = """\
static int
area(int width, int height)
{
    int product = width * height;
    return product < 0 ? -product : product;
}
"""


@pytest.mark.parametrize(
    ("language", "source", "functions", "methods"),
    [
        ("python", PYTHON, ["documented", "outer", "outer.inner"], ["Point.__init__"]),
        ("java", JAVA, [], ["Point.norm", "Point.Point"]),
        ("go", GO, ["Zero"], ["Point.Norm"]),
        ("javascript", JAVASCRIPT, ["area"], ["Box.constructor"]),
        ("rust", RUST, [], ["Point.norm"]),
        ("c", C, ["area"], []),
    ],
    ids=["python", "java", "go", "javascript", "rust", "c"],
)
def test_which_definitions_are_completed(
    language: str, source: str, functions: list[str], methods: list[str]
) -> None:
    view = view_of(source, language)
    assert list(cuts_of(view, "function_completion")) == functions
    assert list(cuts_of(view, "method_completion")) == methods


@pytest.mark.parametrize(
    ("language", "source", "task_name", "name", "begins", "ends"),
    [
        ("python", PYTHON, "function_completion", "documented", "\n\n    # Both", "(total, 2)"),
        ("python", PYTHON, "function_completion", "outer.inner", "\n        checked", ".value"),
        ("go", GO, "method_completion", "Point.Norm", "{\n\tsquares", "(squares)\n}"),
        ("javascript", JAVASCRIPT, "function_completion", "area", "{\n  const", "(product);\n}"),
        ("rust", RUST, "method_completion", "Point.norm", "{\n        let", "sqrt()\n    }"),
        ("c", C, "function_completion", "area", "{\n    int product", "product;\n}"),
    ],
    ids=["docstring", "nested", "go", "arrow", "rust", "c"],
)
def test_the_target_is_the_body_and_the_context_ends_where_it_begins(
    language: str, source: str, task_name: str, name: str, begins: str, ends: str
) -> None:
    view = view_of(source, language)
    cut = cuts_of(view, task_name)[name]
    context, target, suffix = texts(view, cut)
    start = source.index(begins)
    assert (cut.span.start, cut.span.end) == (start, start + len(target))
    assert context == source[:start]
    assert target == source[start : source.index(ends, start) + len(ends)]
    assert suffix == ""
    assert (cut.origin, cut.variant) == ("human", "original")


def test_identity_is_header_and_body_whatever_precedes() -> None:
    body = "{\n\tsquares := p.x*p.x + p.y*p.y\n\treturn math.Sqrt(squares)\n}"
    header = "// Norm is the distance from nowhere.\nfunc (p Point) Norm() float64 "
    for source in (GO, GO.replace("geometry", "other\n\nvar x = 1")):
        view = view_of(source, "go")
        cut = cuts_of(view, "method_completion")["Point.Norm"]
        assert rendered(view, cut.identity) == header + body


@pytest.mark.parametrize(
    ("language", "source"),
    [
        pytest.param(
            "c",
            "static int unlock_file(api *a, file *f)\n{\n  COB_UNUSED(a);\n  (void)f;\n"
            "  return 0;\n}\n",
            id="what is not used",
        ),
        pytest.param(
            "nim",
            'func ord*[T](x: T): int {.magic: "Ord".} =\n  ## Returns the number of `x`.\n'
            "  runnableExamples:\n    assert ord('A') == 65\n\n    assert ord('B') == 66\n",
            id="examples of what the compiler does",
        ),
        pytest.param(
            "pascal",
            "unit U;\ninterface\nimplementation\n{$IFDEF A}\nprocedure Shut(Sender: TObject);\n"
            "{$ELSE}\nprocedure Close(Sender: TObject);\n{$ENDIF}\nbegin\n  WriteIniFile(Sender);\n"
            "  CloseImages(nil);\nend;\nend.\n",
            id="a header in a conditional",
        ),
        pytest.param(
            "java",
            "class A {\n  void decodes() {\n"
            + "".join(f'    read("{"b__$Q" * 14}{i}");\n' for i in range(9))
            + "  }\n}\n",
            id="text without words",
        ),
        pytest.param(
            "python",
            "def table():\n    return [\n" + "        0x1f, 23, 0.5, 7e3,\n" * 30 + "    ]\n",
            id="numbers",
        ),
    ],
)
def test_what_is_no_code_is_no_target(language: str, source: str) -> None:
    view = view_of(source, language)
    assert view.outline is not None
    assert any(definition.body for definition in view.outline.definitions)
    assert {**cuts_of(view, "function_completion"), **cuts_of(view, "method_completion")} == {}


def test_what_goes_on_after_examples_is_a_target() -> None:
    source = (
        "func double*(x: int): int =\n  runnableExamples:\n    assert double(2) == 4\n"
        "  let doubled = x * 2\n  result = doubled\n"
    )
    assert set(cuts_of(view_of(source, "nim"), "function_completion")) == {"double"}
