"""Names that several nodes make up, and names with quotes about them or of their own."""

import pytest

from tests.outlines.views import parse

CASES = [
    ("php", b"<?php namespace Store\\Basket { class Item {} }", ["Store\\Basket", "Item"]),
    ("csharp", b"namespace Store.Basket { class Item {} }", ["Store.Basket", "Item"]),
    ("scala", b"package store.basket { class Item }", ["store.basket", "Item"]),
    ("ruby", b"def price=(price) = 1\ndef self.price=(price) = 1", ["price=", "price="]),
    (
        "ruby",
        b"define_method(:total=) { |a| a }\ndefine_method 'open?' do 1 end\ndefine_method(m) { 1 }",
        ["total=", "open?"],
    ),
    ("ocaml", b"let fold' f = f\nlet ( ' ) f = f", ["fold'"]),
    ("haskell", b"fold' f = f", ["fold'"]),
    ("javascript", b"x = {'get item': function () {}}", ["get item"]),
    ("nim", b"proc `[]=`*(x: T) = discard\nproc `&`(x: T) = discard", ["[]=", "&"]),
    ("elixir", b"test \"that it's 'there'\" do\n  1\nend", ["that it's 'there'"]),
]


@pytest.mark.parametrize(("language", "text", "names"), CASES, ids=[case[0] for case in CASES])
def test_name_is_as_written(language: str, text: bytes, names: list[str]) -> None:
    assert [definition.name for definition in parse(language, text).definitions] == names


def test_a_template_s_arguments_stay_as_they_are_in_a_qualified_name() -> None:
    text = b"void Traits<yaml::Entry>::map(IO &io) {}\nvoid yaml::Entry::map(IO &io) {}"
    names = [definition.qualified_name for definition in parse("cpp", text).definitions]
    assert names == ["Traits<yaml::Entry>.map", "yaml.Entry.map"]
