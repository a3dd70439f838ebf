"""What is known of each language, read from one data file a language.

A language is supported by a file `data/NAME.toml` being there. The dataclasses below are the files'
schema: every key of a file is a field, fields without a default must be given.
"""

import dataclasses
import functools
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from importlib import resources

from transforms.languages.hint_spec import HintSpec
from transforms.languages.mutation_spec import MutationSpec, check_pairs
from transforms.languages.outline_spec import OutlineSpec
from transforms.languages.refactor_spec import RefactorSpec
from transforms.languages.testing_spec import TestSpec

_Record = typing.TypeVar("_Record")
# What a language with another's outline has from it, unless it has its own.
_SHARED = ("outline", "hints", "mutations", "refactor")


@dataclasses.dataclass(frozen=True, slots=True)
class ContentRule:
    """How this language's files are told from another's with the same extension.

    Attributes:
      extensions: those of the language's extensions that other languages have too.
      patterns: regular expressions, ^ and $ matching at lines. The language whose patterns match
        most often is the file's.
      certain: whether one match settles it.
      default: whether the language is the default all the same.
    """

    extensions: tuple[str, ...]
    patterns: tuple[str, ...]
    certain: bool = False
    default: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """A language.

    Attributes:
      name: the data file's name, and tree-sitter-language-pack's where that has one.
      title: as people write it.
      fence: what follows the backticks of a Markdown fence.
      extensions: without the dot, in small letters; file names end in them in any case.
      line_comment: what begins a comment that ends with the line; empty where there is none.
      code: False for data, configuration and prose.
      doc_term: what people call the documentation that stands with a definition.
      file_names: whole file names.
      interpreters: programs in a first line that begins with `#!`, without version.
      content: rules for extensions that other languages have too. Without one, this language is the
        default.
      grammar: tree-sitter's name; empty where files are not parsed.
      outline_of: a language whose outline this has too, and its hints, mutations and refactor,
        unless it has its own.
      outline: the nodes of an outline; None where definitions are not looked for.
      hints: where types may be left out; None where nowhere.
      tests: how tests are told from other code.
      mutations: the tokens of bugs that are put in; None where none are.
      refactor: its variables and branches; None where nothing is refactored.
      reread_comments: pattern of the mark of line comments, where the grammar takes a time for them
        that is quadratic in how many are in a row; empty where it does not.
    """

    name: str
    title: str
    fence: str
    extensions: tuple[str, ...]
    line_comment: str
    code: bool
    doc_term: str = "doc comment"
    file_names: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    content: tuple[ContentRule, ...] = ()
    grammar: str = ""
    outline_of: str = ""
    outline: OutlineSpec | None = None
    hints: HintSpec | None = None
    tests: TestSpec | None = None
    mutations: MutationSpec | None = None
    refactor: RefactorSpec | None = None
    reread_comments: str = ""


@functools.cache
def load_languages() -> Mapping[str, Language]:
    """Read every language's data file.

    Returns:
      languages by name, in the order of their names.

    Raises:
      ValueError: if a data file has an unknown key, lacks one, or has a wrong value.
    """
    folder = resources.files("transforms.languages") / "data"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    languages = {
        file.name.removesuffix(".toml"): parse_language(file.name, file.read_text("utf-8"))
        for file in files
    }
    for name, language in languages.items():
        if language.outline_of:
            if language.outline_of not in languages:
                raise ValueError(f"{name}.toml: outline_of={language.outline_of!r} is no language")
            other = languages[language.outline_of]
            shared = {key: getattr(language, key) or getattr(other, key) for key in _SHARED}
            languages[name] = dataclasses.replace(language, **shared)
        for piece in language.outline.embedded if language.outline else ():
            if piece.language and not languages.get(piece.language, language).grammar:
                raise ValueError(
                    f"{name}.toml: outline.embedded.language={piece.language!r} must be a language"
                    " with a grammar"
                )
    return types.MappingProxyType(languages)


def parse_language(file_name: str, text: str) -> Language:
    """Read one data file's text.

    Raises:
      ValueError: as `load_languages`.
    """
    language = _build(Language, tomllib.loads(text), file_name)
    if language.name != file_name.removesuffix(".toml"):
        raise ValueError(f"{file_name}: name={language.name!r} must be the file's name")
    for rule in language.content:
        if not set(rule.extensions) <= set(language.extensions):
            raise ValueError(
                f"{file_name}: content.extensions={rule.extensions!r} must be among extensions"
            )
        for pattern in rule.patterns:
            _check_pattern(pattern, f"{file_name}: content.patterns")
    _check_pattern(language.reread_comments, f"{file_name}: reread_comments")
    if language.outline is not None:
        _check_outline(language.outline, f"{file_name}: outline")
    if (language.outline or language.outline_of) and not language.grammar:
        raise ValueError(f"{file_name}: an outline must have a grammar")
    for hint in language.hints.rules if language.hints else ():
        _check_word(
            hint.spaces, ("before", "after", "both", "none"), f"{file_name}: hints.rules.spaces"
        )
    if language.tests is not None:
        for key in ("paths", "names", "marks", "calls", "stub_types"):
            _check_pattern(getattr(language.tests, key), f"{file_name}: tests.{key}")
    if language.mutations is not None:
        check_pairs(language.mutations, f"{file_name}: mutations")
    return language


def _check_outline(outline: OutlineSpec, where: str) -> None:
    for key in ("block", "line", "not_doc", "marker", "end_marker"):
        _check_pattern(getattr(outline.doc, key), f"{where}.doc.{key}")
    for pattern in outline.blank:
        _check_pattern(pattern, f"{where}.blank")
    for pattern in outline.doc.markup:
        _check_pattern(pattern, f"{where}.doc.markup")
    for key in ("result", "private"):
        _check_pattern(getattr(outline, key), f"{where}.{key}")
    _check_word(outline.doc.inside, ("string", "comment", ""), f"{where}.doc.inside")
    _check_word(outline.layout, ("blocks", "columns", ""), f"{where}.layout")
    if outline.embedded and outline.definitions:
        raise ValueError(f"{where}.embedded must stand without outline.definitions")


def _check_word(word: str, words: tuple[str, ...], where: str) -> None:
    if word not in words:
        *others, last = (repr(each) if each else "empty" for each in words)
        raise ValueError(f"{where}={word!r} must be {', '.join(others)} or {last}")


def _check_pattern(pattern: str, where: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{where}={pattern!r} must be a regular expression: {error}") from error


def _build(cls: type[_Record], table: object, where: str) -> _Record:
    """Make a record of a TOML table, checking its keys and their types."""
    if not isinstance(table, dict):
        raise ValueError(f"{where}={table!r} must be a table")
    fields = {field.name: field for field in dataclasses.fields(typing.cast("typing.Any", cls))}
    for key in table:
        if key not in fields:
            raise ValueError(f"{where}: unknown key {key!r}; must be one of {', '.join(fields)}")
    for key, field in fields.items():
        if key not in table and field.default is dataclasses.MISSING:
            raise ValueError(f"{where}: missing key {key!r}")
    hints = typing.get_type_hints(cls)
    return cls(
        **{key: _value(hints[key], value, f"{where}: {key}") for key, value in table.items()}
    )


def _value(hint: typing.Any, value: object, where: str) -> object:
    options = [option for option in typing.get_args(hint) if option is not types.NoneType]
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{where}={value!r} must be a list")
        return tuple(_value(options[0], item, where) for item in value)
    record = options[0] if isinstance(hint, types.UnionType) else hint
    if dataclasses.is_dataclass(record):
        return _build(typing.cast("type", record), value, where)
    if type(value) is not record:
        raise ValueError(f"{where}={value!r} must be of type {record.__name__}")
    return value
