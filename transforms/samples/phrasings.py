"""Templates of instructions: data that says how people ask for each task.

A task is known by a file `templates/TASK.toml` being there: an array of tables `[[template]]`, each
with an `id`, which is unique in its file and never changes its meaning, and a `text` with fields in
braces. One with `turn = "later"` is for what comes after a conversation's first turn. Which ones
are held out for evaluation follows from their ids.
"""

import dataclasses
import functools
import re
import tomllib
import types
from collections.abc import Mapping, Sequence
from importlib import resources

from transforms.samples.choice import unit_interval

MAX_SENTENCES = 3
LATER = "later"

_WORD_FIELDS = frozenset({"language", "kind", "difficulty", "doc_term"})
_CODE_FIELDS = frozenset({"name", "class", "file", "parameters", "arguments"})
_OTHER_FIELDS = frozenset({"purpose", "lines", "next_lines"})
FIELDS = _WORD_FIELDS | _CODE_FIELDS | _OTHER_FIELDS

_FIELD = re.compile(r"\{(\w*)\}")
_SENTENCE_END = re.compile(r"[.?!](?=\s|$)")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ARTICLE_AND_FIELD = re.compile(r"\b[Aa]n? \{(\w+)\}")


@dataclasses.dataclass(frozen=True, slots=True)
class Template:
    """A phrasing.

    Attributes:
      template_id: the task and the template's id in its file, joined by a slash.
      fields: those in its text.
      later: whether it is for what comes after a conversation's first turn.
    """

    template_id: str
    text: str
    fields: frozenset[str]
    later: bool = False


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
    for turn in {False} | {template.later for template in templates}:
        without = [each for each in templates if each.later == turn and not each.fields]
        if len(without) < 2:  # one to hold out, and one not to
            raise ValueError(f"{file_name}: two templates of a turn must need no field")
    return templates


def _template(file_name: str, task: str, index: int, row: Mapping[str, object]) -> Template:
    where = f"{file_name}: template {index + 1}"
    if set(row) - {"turn"} != {"id", "text"} or row.get("turn", LATER) != LATER:
        raise ValueError(f"{where}: {row!r} must be id, text and, for later turns, turn={LATER!r}")
    slug, text = row["id"], row["text"]
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        raise ValueError(f"{where}: id={slug!r} must be small letters and digits joined by hyphens")
    if not isinstance(text, str) or not text or text != " ".join(text.split()):
        raise ValueError(f"{where}: text={text!r} must be one line without spaces to spare")
    rule = _broken_rule(text)
    if rule:
        raise ValueError(f"{where}: text={text!r} must {rule}")
    return Template(f"{task}/{slug}", text, frozenset(_FIELD.findall(text)), "turn" in row)


def _broken_rule(text: str) -> str:
    if not FIELDS.issuperset(_FIELD.findall(text)) or re.search(r"[{}]", _FIELD.sub("", text)):
        return f"have no fields but {', '.join(sorted(FIELDS))}"
    if not text[0].isupper() and text[0] != "{":
        return "begin with a capital or a field"
    if text[-1] not in ".?!" or len(_SENTENCE_END.findall(text)) > MAX_SENTENCES:
        return f"be one to {MAX_SENTENCES} sentences"
    after_article = set(_ARTICLE_AND_FIELD.findall(text))
    if not after_article <= _WORD_FIELDS:
        return f"have an article before no fields but {', '.join(sorted(_WORD_FIELDS))}"
    return ""


def held_out(templates: Sequence[Template], ratio: float) -> frozenset[str]:
    """Say which of a task's templates are held out for evaluation: those whose ids hash low.

    So templates do not change sides where others are added. But of those without fields, which
    always fit, the first by hash is held out in any case, and the last in none.

    Args:
      templates: all of a task for one turn; two or more have no fields.
      ratio: above 0.
    """
    places = {
        each.template_id: unit_interval(0, "held out", each.template_id) for each in templates
    }
    bare = sorted(
        (each.template_id for each in templates if not each.fields), key=places.__getitem__
    )
    low = {name for name, place in places.items() if place < ratio}
    return frozenset((low - {bare[-1]}) | {bare[0]})
