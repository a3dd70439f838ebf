"""Instructions: what a person would say above the code, by templates that are data.

A task is known by a file `templates/TASK.toml` being there: an array of tables `[[template]]`, each
with an `id`, which is unique in its file and never changes its meaning, and a `text` with fields in
braces. A template fits where all fields in its text are known.
"""

import dataclasses
import functools
import re
import tomllib
import types
from collections.abc import Mapping
from importlib import resources

from transforms.samples.choice import pick, unit_interval
from transforms.samples.english import article

# How often a template that mentions particulars is taken where there is one, not a plain one.
CONTEXTUAL_SHARE = 0.65
MAX_PARAMETERS = 4
MAX_NAME_CHARS = 60
MAX_SENTENCES = 3
ROUND_LINES_FROM = 20  # nobody says "about 87 lines"

_WORD_FIELDS = frozenset({"language", "kind", "difficulty", "doc_term"})
_CODE_FIELDS = frozenset({"name", "class", "file", "parameters", "arguments"})
_OTHER_FIELDS = frozenset({"purpose", "lines", "next_lines"})
_FIELDS = _WORD_FIELDS | _CODE_FIELDS | _OTHER_FIELDS
_PARTICULARS = _FIELDS - {"language", "kind", "doc_term", "name"}

_RECEIVERS = frozenset({"self", "cls", "this", "&self", "&mut self", "mut self", "$this"})
_FIELD = re.compile(r"\{(\w*)\}")
_ARTICLE_AND_FIELD = re.compile(r"(?:\b([Aa])n? )?\{(\w+)\}")
_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARAMETER = re.compile(r"[*&$@]{0,2}\w+[?!']?")


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What is known outside the target; empty where unknown.

    Attributes:
      language: as people write it, such as "C++".
      kind: of the definition, in the language's words.
      name: of the definition.
      class_name: of the definition's enclosing one.
      parameters: names of all parameters, the receiver included or not.
      purpose: a verb phrase in the base form, such as "return the area of a box".
      file_name: without its folder.
      difficulty: easy, medium or hard.
      doc_term: what the language calls its documentation of a definition, such as "docstring".
      lines: how many lines the target has; 0 where unknown.
    """

    language: str = ""
    kind: str = ""
    name: str = ""
    class_name: str = ""
    parameters: tuple[str, ...] = ()
    purpose: str = ""
    file_name: str = ""
    difficulty: str = ""
    doc_term: str = ""
    lines: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Template:
    """A phrasing.

    Attributes:
      template_id: the task and the template's id in its file, joined by a slash.
      fields: those in its text.
    """

    template_id: str
    text: str
    fields: frozenset[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Instruction:
    """A filled template: one to three sentences."""

    template_id: str
    text: str


def instruct(task: str, facts: Facts, seed: int, *parts: bytes | str) -> Instruction:
    """Choose a template by the hash of `parts` among those whose fields are all known, and fill it.

    Where the fitting templates are of both sorts, one that mentions particulars (class, parameters,
    purpose, file, difficulty, length) is taken in `CONTEXTUAL_SHARE` of the cases.

    Raises:
      ValueError: if the task has no templates.
    """
    if task not in load_templates():
        raise ValueError(f"task={task!r} must be one of {', '.join(load_templates())}")
    values = _values(facts)
    known = {field for field, value in values.items() if value}
    fitting = [template for template in load_templates()[task] if template.fields <= known]
    contextual = [template for template in fitting if template.fields & _PARTICULARS]
    plain = [template for template in fitting if not template.fields & _PARTICULARS]
    wants_contextual = unit_interval(seed, "contextual", task, *parts) < CONTEXTUAL_SHARE
    template = pick(
        seed, contextual if contextual and wants_contextual else plain, "template", task, *parts
    )
    return Instruction(template.template_id, _fill(template.text, values))


@functools.cache
def load_templates() -> Mapping[str, tuple[Template, ...]]:
    """Read every task's templates, in the order of the tasks' names.

    Raises:
      ValueError: if a file has an unknown key or field, lacks one, or breaks a rule of form.
    """
    folder = resources.files("transforms.samples") / "templates"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    templates = {
        file.name.removesuffix(".toml"): parse_templates(file.name, file.read_text("utf-8"))
        for file in files
    }
    return types.MappingProxyType(templates)


def parse_templates(file_name: str, text: str) -> tuple[Template, ...]:
    """Read one file of templates.

    Raises:
      ValueError: as `load_templates`.
    """
    table = tomllib.loads(text)
    if set(table) != {"template"} or not isinstance(table["template"], list):
        raise ValueError(
            f"{file_name}: keys={sorted(table)!r} must be one array of tables, template"
        )
    task = file_name.removesuffix(".toml")
    templates = tuple(
        _template(file_name, task, index, row) for index, row in enumerate(table["template"])
    )
    ids = [template.template_id for template in templates]
    twice = sorted({template_id for template_id in ids if ids.count(template_id) > 1})
    if twice:
        raise ValueError(f"{file_name}: id of {twice[0]!r} must stand in the file once")
    if all(template.fields for template in templates):
        raise ValueError(f"{file_name}: template must have a text that needs no field")
    return templates


def _template(file_name: str, task: str, index: int, row: Mapping[str, object]) -> Template:
    where = f"{file_name}: template {index + 1}"
    if set(row) != {"id", "text"}:
        raise ValueError(f"{where}: keys={sorted(row)!r} must be id and text")
    slug, text = row["id"], row["text"]
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        raise ValueError(f"{where}: id={slug!r} must be small letters and digits joined by hyphens")
    if not isinstance(text, str) or not text or text != " ".join(text.split()):
        raise ValueError(f"{where}: text={text!r} must be one line without spaces to spare")
    rule = _broken_rule(text)
    if rule:
        raise ValueError(f"{where}: text={text!r} must {rule}")
    return Template(f"{task}/{slug}", text, frozenset(_FIELD.findall(text)))


def _broken_rule(text: str) -> str:
    if not _FIELDS.issuperset(_FIELD.findall(text)) or re.search(r"[{}]", _FIELD.sub("", text)):
        return f"have no fields but {', '.join(sorted(_FIELDS))}"
    if not text[0].isupper() and text[0] != "{":
        return "begin with a capital or a field"
    if text[-1] not in ".?!" or len(_SENTENCE_END.findall(text)) > MAX_SENTENCES:
        return f"be one to {MAX_SENTENCES} sentences"
    after_article = {field for found, field in _ARTICLE_AND_FIELD.findall(text) if found}
    if not after_article <= _WORD_FIELDS:
        return f"have an article before no fields but {', '.join(sorted(_WORD_FIELDS))}"
    return ""


def _values(facts: Facts) -> dict[str, str]:
    names = [_code(name) for name in _parameter_names(facts.parameters)]
    plural = "s" if len(names) > 1 else ""
    about = facts.lines if facts.lines < ROUND_LINES_FROM else round(facts.lines, -1)
    next_lines = f"next {facts.lines} lines" if facts.lines > 1 else "next line"
    return {
        "language": _words(facts.language),
        "kind": _words(facts.kind.replace("_", " ")),
        # The constructor of a JavaScript class is called "constructor": once is enough.
        "name": _code(facts.name) if facts.name != facts.kind else "",
        # A constructor that is called like its class says so itself.
        "class": _code(facts.class_name) if facts.name != facts.class_name else "",
        "file": _code(facts.file_name),
        "parameters": f"the parameter{plural} {_listed(names)}" if names else "",
        "arguments": _listed(names),
        "purpose": _words(facts.purpose),
        "difficulty": _words(facts.difficulty),
        "doc_term": _words(facts.doc_term),
        "lines": f"{about} lines" if facts.lines > 1 else "",
        "next_lines": next_lines if facts.lines > 0 else "",
    }


def _fill(text: str, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        word = values[match[2]]
        return f"{match[1]}{article(word)[1:]} {word}" if match[1] else word

    filled = _ARTICLE_AND_FIELD.sub(value, text)
    return filled[0].upper() + filled[1:]


def _words(text: str, never: str = "{}`") -> str:
    """Return a text that may stand in a sentence as it is, else nothing."""
    is_tidy = text == " ".join(text.split()) and not any(char in text for char in never)
    return text if is_tidy else ""


def _code(name: str) -> str:
    """Quote a name by more backticks than it has in a row; nothing for what is hardly a name."""
    if len(name) > MAX_NAME_CHARS or not name.isprintable() or _words(name, "{}") != name:
        return ""
    if "`" not in name:
        return f"`{name}`" if name else ""
    fence = "`" * (1 + max(map(len, re.findall("`+", name))))
    return f"{fence} {name} {fence}"


def _parameter_names(parameters: tuple[str, ...]) -> list[str]:
    """Return the names but the receiver's; none where they are too many or one is a pattern."""
    names = [name for name in parameters if name not in _RECEIVERS]
    are_names = all(_PARAMETER.fullmatch(name) and name.strip("_") for name in names)
    return names if are_names and len(set(names)) == len(names) <= MAX_PARAMETERS else []


def _listed(names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
