import pytest

from tests.samples.views import cuts_of, view_of
from transforms.samples.facts import facts_of

JAVA = """class Box {
  Iterator<Item> items(int first) {
    return new Iterator<Item>() {
      public Item next() {
        Item item = this.advance(first);
        return item.checked(first);
      }
    };
  }
}
"""
GO = """package box

func (b *Box) Area(width int) int {
	height := b.measure(width)
	return width * height
}
"""
TEMPLATE = """void Traits<yaml::Entry<A...>>::map(IO &io) {
  io.require("offset", offset);
  io.require("name", name);
}
"""


@pytest.mark.parametrize(
    ("language", "text", "method", "class_name"),
    [
        pytest.param("java", JAVA, "items", "Box", id="a class"),
        pytest.param("java", JAVA, "next", "", id="a class without a name"),
        pytest.param("go", GO, "Area", "Box", id="a receiver"),
        pytest.param("cpp", TEMPLATE, "map", "Traits<yaml::Entry<A...>>", id="a template"),
    ],
)
def test_class_of_a_method(language: str, text: str, method: str, class_name: str) -> None:
    view = view_of(text, language)
    cuts = cuts_of(view, "method_completion").values()
    (cut,) = [c for c in cuts if c.definition and c.definition.name == method]
    facts = facts_of(view, cut, "easy", 3)
    assert (facts.name, facts.class_name) == (method, class_name)
    assert facts.language == {"java": "Java", "go": "Go", "cpp": "C++"}[language]


TESTED = (
    "TEST(BoxTest, Area) {\n  EXPECT_EQ(Box(2).Area(), 4);\n  EXPECT_EQ(Box(1).Area(), 1);\n}\n"
)
PLAIN = "int AREA(int width) {\n  int height = measure(width);\n  return width * height;\n}\n"
SHELL = 'AREA() {\n  height=$(measure "$1")\n  echo $(($1 * height))\n}\n'


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [("cpp", TESTED, ""), ("cpp", PLAIN, "AREA"), ("bash", SHELL, "AREA")],
    ids=["macro", "function", "shell"],
)
def test_a_macros_name_is_not_the_functions(language: str, text: str, name: str) -> None:
    view = view_of(text, language)
    (cut,) = cuts_of(view, "function_completion").values()
    assert facts_of(view, cut, "easy", 3).name == name


@pytest.mark.parametrize(
    ("header", "name", "kind"),
    [
        pytest.param("TEST(QueueTest, KeepsTheOrder)", "", "test", id="a test's macro"),
        pytest.param("DEFINE_TASK(keeper)", "", "function", id="another macro"),
        pytest.param("void unittest()", "", "function", id="a word for what has no name"),
        pytest.param("int ADD(int a, int b)", "ADD", "function", id="a name in capitals"),
        pytest.param("void RESET()", "RESET", "function", id="without parameters"),
    ],
)
def test_no_one_calls_a_definition_by_its_macro(header: str, name: str, kind: str) -> None:
    view = view_of(header + " {\n  queue.push(first);\n  queue.push(second);\n}\n", "cpp")
    (cut,) = cuts_of(view, "function_completion").values()
    facts = facts_of(view, cut, "easy", 3)
    assert (facts.name, facts.kind) == (name, kind)
