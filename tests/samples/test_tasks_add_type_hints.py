"""add_type_hints: the definition without the types that may be left out, and the same with."""

import pytest

from tests.samples.views import cuts_of, texts, view_of

PYTHON = '''\
class Basket:
    """What somebody wants to buy."""

    def add(self, item: Item, times: int = 1) -> None:
        """Put an item in, several times."""
        self.items: list[Item] = self.items + [item] * times

    def total(self) -> None:
        for item in self.items:
            self.sum += item.price
'''
PHP = """\
<?php
/** Adds up what is in a basket. */
function total(array $items, ?string $currency = null): int {
  return array_sum(prices($items, $currency));
}
"""


def test_python() -> None:
    view = view_of(PYTHON)
    cuts = cuts_of(view, "add_type_hints")
    assert list(cuts) == ["Basket", "Basket.add"]
    context, target, suffix = texts(view, cuts["Basket.add"])
    assert context == (
        "def add(self, item, times=1):\n"
        '        """Put an item in, several times."""\n'
        "        self.items = self.items + [item] * times"
    )
    assert target == PYTHON[PYTHON.index("def add") : PYTHON.index("\n\n    def total")]
    assert suffix == ""
    assert cuts["Basket.add"].origin == "human"


def test_doc_before_stays() -> None:
    view = view_of(PHP, "php")
    (cut,) = cuts_of(view, "add_type_hints").values()
    context, target, _ = texts(view, cut)
    assert target == PHP[PHP.index("/**") :].rstrip("\n")
    assert context == target.replace("array $items", "$items").replace("?string ", "").replace(
        ": int", ""
    )
    assert view.text[cut.span.start : cut.span.end].decode() == target


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "def f(a) -> None:\n    return first(even(a), nothing)\n"),
        ("python", "def f(a: int) -> str: ...\n"),
        ("python", "def f(a: str):\n" + "    take(first(a), second(a), third(a))\n" * 50),
        ("php", "<?php interface A { function total(array $items): int; }\n"),
        ("go", "package p\nfunc f(a string) string {\n\treturn first(even(a), nothing(a))\n}\n"),
    ],
    ids=["void", "stub", "copied", "no code", "types that are needed"],
)
def test_what_is_no_sample(language: str, source: str) -> None:
    assert cuts_of(view_of(source, language), "add_type_hints") == {}
