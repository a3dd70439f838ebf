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
