import collections
import re
import time
import typing

import pytest
import tree_sitter_language_pack

from transforms.languages.spec import load_languages, parse_language
from transforms.outlines.grammar import load_grammar, outermost

SMALL = """
name = "small"
title = "Small"
fence = "small"
extensions = ["sm"]
line_comment = ""
code = true
"""


def test_every_data_file_loads_under_its_name() -> None:
    languages = load_languages()
    assert len(languages) > 150
    assert all(name == language.name for name, language in languages.items())
    assert list(languages) == sorted(languages)


def test_the_structured_languages_compile() -> None:
    structured = {name for name, language in load_languages().items() if language.outline}
    for name in structured:
        assert load_grammar(name) is load_grammar(name)


_NAMED = re.compile(r"#(?:any-of|eq)\? @_name\s([^()]*)\)")


@pytest.mark.parametrize("name", ["elixir", "r", "ruby"])
def test_candidates_are_all_that_their_patterns_ask_for(name: str) -> None:
    spec = load_languages()[name].outline
    assert spec is not None
    assert "@candidate" in spec.candidates
    lists = (*spec.imports, *spec.forks, *spec.nests)
    patterns = [*lists, *(definition.node for definition in spec.definitions)]
    about = [one for one in patterns if outermost(one) == outermost(spec.candidates)]
    assert all(_NAMED.search(pattern) for pattern in about)
    asked = {word for pattern in about for word in _words(pattern)}
    assert asked == set(_words(spec.candidates))


def _words(pattern: str) -> list[str]:
    return re.findall('"(.*?)"', "".join(_NAMED.findall(pattern)))


def test_an_extension_has_at_most_one_default() -> None:
    defaults: dict[str, list[str]] = collections.defaultdict(list)
    for language in load_languages().values():
        ruled = {extension for rule in language.content for extension in rule.extensions}
        for extension in set(language.extensions) - ruled:
            defaults[extension].append(language.name)
    assert {key: names for key, names in defaults.items() if len(names) > 1} == {}


@pytest.mark.parametrize("attribute", ["file_names", "interpreters", "title"])
def test_other_names_belong_to_one_language(attribute: str) -> None:
    names = collections.Counter(
        name
        for language in load_languages().values()
        for name in ([language.title] if attribute == "title" else getattr(language, attribute))
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_extensions_are_small_and_have_no_dot() -> None:
    for language in load_languages().values():
        assert all(e == e.lower() and "." not in e for e in language.extensions), language.name


def test_only_what_stands_inside_other_files_has_no_file_names() -> None:
    languages = load_languages().values()
    nameless = {one.name for one in languages if not (one.extensions or one.file_names)}
    inside = {"comment", "doxygen", "jsdoc", "luadoc", "luap", "markdown_inline", "printf"}
    assert nameless == inside


def test_every_grammar_of_the_parser_has_a_language() -> None:
    offered = set(typing.get_args(tree_sitter_language_pack.SupportedLanguage))
    named = {language.grammar for language in load_languages().values()} - {""}
    assert named == offered
    assert len(offered) == 173


def test_data_and_prose_are_no_code() -> None:
    languages = load_languages()
    for name in ("json", "yaml", "toml", "ini", "csv", "xml", "markdown", "rst", "po"):
        assert not languages[name].code
    for name in ("python", "html", "css", "sql", "make", "dockerfile", "cmake"):
        assert languages[name].code


def test_a_language_has_what_others_use() -> None:
    cpp = load_languages()["cpp"]
    assert (cpp.title, cpp.fence, cpp.line_comment, cpp.grammar) == ("C++", "cpp", "//", "cpp")
    assert load_languages()["tsx"].outline is load_languages()["typescript"].outline


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SMALL + 'colour = "red"', "small.toml: unknown key 'colour'"),
        (SMALL.replace('fence = "small"', ""), "small.toml: missing key 'fence'"),
        (SMALL.replace('"Small"', "3"), "small.toml: title=3 must be of type str"),
        (SMALL.replace("true", '"yes"'), "small.toml: code='yes' must be of type bool"),
        (SMALL.replace('["sm"]', '"sm"'), "small.toml: extensions='sm' must be a list"),
        (SMALL.replace('["sm"]', "[1]"), "small.toml: extensions=1 must be of type str"),
        (SMALL.replace('"small"\ntitle', '"large"\ntitle'), "name='large' must be the file's name"),
        (SMALL + "[outline]", "an outline must have a grammar"),
        (SMALL + "content = 1", "small.toml: content=1 must be a list"),
        (SMALL + '[[content]]\nextensions = ["x"]\npatterns = []', "must be among extensions"),
        (SMALL + '[[content]]\nextensions = ["sm"]\npatterns = ["("]', "must be a regular expr"),
        (SMALL + '[[content]]\nextensions = ["sm"]', "content: missing key 'patterns'"),
        (SMALL + "[outline]\ncomments = 1", "small.toml: outline: comments=1 must be a list"),
        (SMALL + "[outline.doc]\ninside = 'x'", "outline.doc.inside='x' must be"),
        (SMALL + "[outline]\nlayout = 'x'", "outline.layout='x' must be"),
        (SMALL + "[mutations]\nbooleans = ['and']", "mutations.booleans=['and'] must be pairs"),
        (SMALL + "[mutations]\nbooleans = ['a, b', 'b, c']", "mutations.booleans=['a, b', 'b, c']"),
    ],
    ids=lambda value: "" if "\n" in value else value.removeprefix("small.toml: ").replace(" ", "_"),
)
def test_a_wrong_data_file_is_an_error_that_names_file_and_key(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_language("small.toml", text)


def test_a_language_with_anothers_outline_has_its_mutations() -> None:
    languages = load_languages()
    assert languages["tsx"].mutations == languages["typescript"].mutations
    assert languages["tsx"].mutations is not None


def test_the_small_data_file_is_right() -> None:
    assert parse_language("small.toml", SMALL).extensions == ("sm",)


HOSTILE = [
    b"a" * 100_000,
    b"a\n" * 50_000,
    b"a(" * 50_000,
    b"a(\n" * 33_000,
    b" " * 100_000,
    b"\n" * 100_000,
    b"-*-" * 33_000,
    b"a b " * 25_000,
    b"a::" * 33_000,
    b"a.a " * 25_000,
    b"; " * 50_000,
    b"class a " * 12_000,
    b"\tpublic \n" * 11_000,
    b"{" * 100_000,
    b":- a\n" * 20_000,
    b"\xc2\xb7" * 50_000,
]


def test_no_pattern_can_be_made_slow() -> None:
    for language in load_languages().values():
        for rule in language.content:
            pattern = re.compile("|".join(rule.patterns).encode(), re.MULTILINE)
            for text in HOSTILE:
                start = time.process_time()
                sum(1 for _ in pattern.finditer(text))
                assert time.process_time() - start < 2, (language.name, text[:10])
