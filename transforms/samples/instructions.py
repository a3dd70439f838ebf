"""Instructions: what a person would say above the code, a template filled with what is known.

A template (see `phrasings`) fits where all fields in its text are known.
"""

import dataclasses
import functools
import re
from collections.abc import Mapping

from transforms.samples.choice import pick, unit_interval
from transforms.samples.english import article, load_words
from transforms.samples.phrasings import FIELDS, Template, held_out, load_templates

# How often a template that mentions particulars is taken where there is one, not a plain one.
CONTEXTUAL_SHARE = 0.65
MAX_PARAMETERS = 4
MAX_NAME_CHARS = 60
ROUND_LINES_FROM = 20  # nobody says "about 87 lines"

_PARTICULARS = FIELDS - {"language", "kind", "doc_term", "name"}
_RECEIVERS = frozenset({"self", "cls", "this", "&self", "&mut self", "mut self", "$this"})
_ARTICLE_AND_FIELD = re.compile(r"(?:\b([Aa])n? )?\{(\w+)\}")
_FILE_FILE = re.compile(r"\b([A-Z]\w*file) file\b")  # such as a Dockerfile
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
class Instruction:
    """A filled template: one to three sentences."""

    template_id: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Wording:
    """Which templates may be chosen.

    Attributes:
      held_out_ratio: about the share of each task's templates that is held out for evaluation.
      held_out: whether those that are held out are wanted, or the others; with a ratio of 0 all.
    """

    held_out_ratio: float = 0.0
    held_out: bool = False


def instruct(
    task: str,
    facts: Facts,
    seed: int,
    *parts: bytes | str,
    wording: Wording = Wording(),
    later: bool = False,
) -> Instruction:
    """Choose a template by the hash of `parts` among those whose fields are all known, and fill it.

    Where the fitting templates are of both sorts, one that mentions particulars (class, parameters,
    purpose, file, difficulty, length) is taken in `CONTEXTUAL_SHARE` of the cases; in later turns
    all are taken alike.

    Args:
      later: whether this is said after a conversation's first turn; a task that has no templates
        for that is asked for as it is at first.

    Raises:
      ValueError: if the task has no templates.
    """
    if task not in load_templates():
        raise ValueError(f"task={task!r} must be one of {', '.join(load_templates())}")
    values = _values(facts)
    known = {field for field, value in values.items() if value}
    allowed = _allowed(task, wording, later) or _allowed(task, wording, later=False)
    fitting = [template for template in allowed if template.fields <= known]
    contextual = [template for template in fitting if template.fields & _PARTICULARS]
    plain = [template for template in fitting if not template.fields & _PARTICULARS]
    wants_contextual = unit_interval(seed, "contextual", task, *parts) < CONTEXTUAL_SHARE
    if fitting[0].later:  # they are few, so that one of a sort would be said over and over
        chosen = fitting
    else:
        chosen = contextual if contextual and wants_contextual else plain
    template = pick(seed, chosen, "template", task, *parts)
    return Instruction(template.template_id, _fill(template.text, values))


@functools.cache
def _allowed(task: str, wording: Wording, later: bool) -> tuple[Template, ...]:
    """The templates of a task, for its first turn or later ones, that may be chosen."""
    templates = [template for template in load_templates()[task] if template.later == later]
    if not templates or not wording.held_out_ratio:
        return tuple(templates)
    held = held_out(templates, wording.held_out_ratio)
    return tuple(each for each in templates if (each.template_id in held) == wording.held_out)


def _values(facts: Facts) -> dict[str, str]:
    names = [_code(name) for name in _parameter_names(facts.parameters)]
    plural = "s" if len(names) > 1 else ""
    about = facts.lines if facts.lines < ROUND_LINES_FROM else round(facts.lines, -1)
    next_lines = f"next {facts.lines} lines" if facts.lines > 1 else "next line"
    return {
        "language": _words(facts.language),
        "kind": _words(load_words().kinds.get(facts.kind, facts.kind.replace("_", " "))),
        # The constructor of a JavaScript class is called "constructor": once is enough.
        "name": _code(facts.name) if facts.name != facts.kind else "",
        # A constructor that is called like its class says so itself.
        "class": _code(facts.class_name) if facts.name != facts.class_name else "",
        # Who speaks of the Dockerfile has said what it is called.
        "file": _code(facts.file_name) if facts.file_name != facts.language else "",
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

    filled = _FILE_FILE.sub(r"\1", _ARTICLE_AND_FIELD.sub(value, text))
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
