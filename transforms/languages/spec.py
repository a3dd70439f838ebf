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

_Record = typing.TypeVar("_Record")


@dataclasses.dataclass(frozen=True, slots=True)
class DefinitionSpec:
    """A syntax node that is a definition.

    A list of fields or child types means the first that is there. A name is sought downwards from
    field to field, until none of them is there any more.

    Attributes:
      node: the node's type.
      kind: the definition's kind.
      member_kind: its kind as a member of a definition or scope; empty where that is `kind`.
      members: whether functions directly inside are its members.
      name: fields or child types that lead to the name.
      names: types the name must have; empty where any will do. What has no name is no definition.
      value: field with the node that has the parameters and the body; empty where that is the node
        itself.
      value_types: types which that node must have, for this to be a definition.
      parameters: fields with the parameters.
      body: fields or child types of the body; a token, such as `{`, begins a body that reaches to
        its parent's end.
      needs_body: whether a node without body is a mere use of the name.
      receiver: field whose type qualifies the name, as in Go.
      constructors: names which, as a member, make the kind `constructor`.
    """

    node: str
    kind: str
    member_kind: str = ""
    members: bool = False
    name: tuple[str, ...] = ("name",)
    names: tuple[str, ...] = ()
    value: str = ""
    value_types: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ("parameters",)
    body: tuple[str, ...] = ("body",)
    needs_body: bool = False
    receiver: str = ""
    constructors: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class ScopeSpec:
    """A node that qualifies its members' names without being a definition, such as Rust's impl.

    Attributes:
      name: field with the type that it is about.
    """

    node: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True)
class ParameterSpec:
    """How to read a list of parameters.

    Attributes:
      name: fields or child types that lead to the name.
      type: fields with the type. default: fields with the default value.
      unwrap: node types that stand around a name or type; their first named child is meant.
      rest: parameter types whose type is all but their name.
      skip: nodes of the list that are no parameters.
      nameless: nodes that stand where a name could, and are none.
    """

    name: tuple[str, ...]
    type: tuple[str, ...]
    default: tuple[str, ...] = ()
    unwrap: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class DocSpec:
    """What documents a definition.

    Attributes:
      inside: whether it is a string at the start of the body; else it is comments right before.
      block: pattern of how a comment begins that is a doc by itself; empty for none.
      line: pattern of how a comment begins that makes a doc with its like on the lines before;
        empty for none.
      not_doc: pattern of the beginnings among these which are none, such as directives; empty for
        none.
    """

    inside: bool = False
    block: str = ""
    line: str = ""
    not_doc: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class OutlineSpec:
    """The syntax nodes an outline is made of.

    Node lists hold node types, tokens, or whole tree-sitter patterns in parentheses.

    Attributes:
      comments: all comments. imports: import statements.
      forks: nodes that add one to the complexity. nests: nodes that nest their content.
      wrappers: nodes which, around a single definition, belong to it: a statement, an export.
      decorators: nodes which, right before a definition, belong to it.
      header_end: the token after which a body begins; empty where it begins with its own node.
    """

    definitions: tuple[DefinitionSpec, ...]
    comments: tuple[str, ...]
    imports: tuple[str, ...]
    forks: tuple[str, ...]
    nests: tuple[str, ...]
    parameters: ParameterSpec
    doc: DocSpec
    scopes: tuple[ScopeSpec, ...] = ()
    wrappers: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    header_end: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class ContentRule:
    """How this language's files are told from another's with the same extension.

    Attributes:
      extensions: those of the language's extensions that other languages have too.
      patterns: regular expressions, ^ and $ matching at lines. The language whose patterns match
        most often is the file's.
      certain: whether one match settles it.
    """

    extensions: tuple[str, ...]
    patterns: tuple[str, ...]
    certain: bool = False


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
      outline_of: a language whose outline this has too.
      outline: the nodes of an outline; None where there is no grammar.
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
            outline = languages[language.outline_of].outline
            languages[name] = dataclasses.replace(language, outline=outline)
    return types.MappingProxyType(languages)


def parse_language(file_name: str, text: str) -> Language:
    """Read one data file's text.

    Raises:
      ValueError: as `load_languages`.
    """
    language = _build(Language, tomllib.loads(text), file_name)
    if language.name != file_name.removesuffix(".toml"):
        raise ValueError(f"{file_name}: name={language.name!r} must be the file's name")
    if bool(language.grammar) != bool(language.outline or language.outline_of):
        raise ValueError(f"{file_name}: grammar and an outline must both be given, or none of them")
    for rule in language.content:
        if not set(rule.extensions) <= set(language.extensions):
            raise ValueError(
                f"{file_name}: content.extensions={rule.extensions!r} must be among extensions"
            )
        for pattern in rule.patterns:
            _check_pattern(pattern, f"{file_name}: content.patterns")
    if language.outline is not None:
        for key in ("block", "line", "not_doc"):
            _check_pattern(getattr(language.outline.doc, key), f"{file_name}: outline.doc.{key}")
    return language


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
