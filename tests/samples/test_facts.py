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


@pytest.mark.parametrize(
    ("language", "text", "method", "class_name"),
    [
        pytest.param("java", JAVA, "items", "Box", id="a class"),
        pytest.param("java", JAVA, "next", "", id="a class without a name"),
        pytest.param("go", GO, "Area", "Box", id="a receiver"),
    ],
)
def test_class_of_a_method(language: str, text: str, method: str, class_name: str) -> None:
    view = view_of(text, language)
    cuts = cuts_of(view, "method_completion").values()
    (cut,) = [c for c in cuts if c.definition and c.definition.name == method]
    facts = facts_of(view, cut, "easy", 3)
    assert (facts.name, facts.class_name) == (method, class_name)
    assert facts.language == {"java": "Java", "go": "Go"}[language]


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
