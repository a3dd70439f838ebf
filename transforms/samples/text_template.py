"""Text templates: how a model family writes a hole, an instruction, a conversation.

A template is known by a file `text_templates/NAME.toml` being there.
"""

import dataclasses
import functools
import re
import string
import tomllib
import types
from collections.abc import Mapping
from importlib import resources

_KEYS = {
    "infill": {"psm": "", "spm": "", "end": ""},
    "chat": {"user": "", "answer_end": "", "join": "", "end": ""},
    "instruct": {"with_input": "", "without_input": "", "end": ""},
}
_FIELDS = {
    "psm": ["prefix", "suffix"],
    "spm": ["suffix", "prefix"],
    "user": ["content"],
    "with_input": ["instruction", "input"],
    "without_input": ["instruction"],
}


@dataclasses.dataclass(frozen=True, slots=True)
class TextTemplate:
    """A template.

    Attributes:
      title: for people.
      special: what the template's texts are told apart by; no text of a sample may hold it.
      psm, spm: a hole, up to where its middle begins, prefix first and suffix first; empty where
        the family was not trained on that order, both where it does not fill holes.
      infill_end: what follows the middle.
      user: a user's turn, up to where the answer begins; empty where there is an instruction form.
      answer_end: what follows each answer.
      join: what stands between two exchanges.
      with_input, without_input: one instruction, up to where the answer begins; empty where there
        is a chat form.
      end: what follows the last answer.
    """

    title: str
    special: tuple[str, ...]
    psm: str
    spm: str
    infill_end: str
    user: str
    answer_end: str
    join: str
    with_input: str
    without_input: str
    end: str

    @property
    def fills(self) -> bool:
        """Whether it has a form for holes."""
        return bool(self.psm or self.spm)


@functools.cache
def load_text_templates() -> Mapping[str, TextTemplate]:
    """Read every template, by name.

    Raises:
      ValueError: if a file breaks the schema.
    """
    folder = resources.files("transforms.samples") / "text_templates"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    return types.MappingProxyType(
        {
            file.name.removesuffix(".toml"): parse_text_template(file.name, file.read_text("utf-8"))
            for file in files
        }
    )


def parse_text_template(file_name: str, text: str) -> TextTemplate:
    """Read one template.

    Raises:
      ValueError: if it breaks the schema.
    """
    table = tomllib.loads(text)
    unknown = sorted(set(table) - {"title", "special", *_KEYS})
    if unknown:
        raise ValueError(f"{file_name}: key={unknown[0]!r} must be title, special or {list(_KEYS)}")
    if ("chat" in table) == ("instruct" in table):
        raise ValueError(f"{file_name}: keys={sorted(table)!r} must have one of chat and instruct")
    infill, chat, instruct = (_section(file_name, table, name) for name in _KEYS)
    if "infill" in table and not (infill["psm"] or infill["spm"]):
        raise ValueError(f"{file_name}: infill must have psm, spm or both")
    special = _special(file_name, table.get("special"))
    orders = [sorted(special_pattern(special).findall(infill[key])) for key in ("psm", "spm")]
    if infill["psm"] and infill["spm"] and orders[0] != orders[1]:
        raise ValueError(f"{file_name}: psm and spm must have the same special strings")
    return TextTemplate(
        title=str(table.get("title", "")),
        special=special,
        psm=infill["psm"],
        spm=infill["spm"],
        infill_end=infill["end"],
        user=chat["user"],
        answer_end=chat["answer_end"],
        join=chat["join"],
        with_input=instruct["with_input"],
        without_input=instruct["without_input"],
        end=chat["end"] or instruct["end"],
    )


def _section(file_name: str, table: Mapping[str, object], name: str) -> dict[str, str]:
    """A section's values, each with the fields that it must have, in their order."""
    given = table.get(name, {})
    if not isinstance(given, dict) or not set(given) <= set(_KEYS[name]):
        raise ValueError(f"{file_name}: {name}={given!r} must have no keys but {list(_KEYS[name])}")
    for key, value in given.items():
        wanted = _FIELDS.get(key, [])
        found = [field for _, field, _, _ in string.Formatter().parse(value) if field is not None]
        if found != wanted:
            raise ValueError(f"{file_name}: {key}={value!r} must have just the fields {wanted}")
    needed = {"chat": ["user"], "instruct": ["with_input", "without_input"]}.get(name, [])
    missing = [key for key in needed if name in table and not given.get(key)]
    if missing:
        raise ValueError(f"{file_name}: {name} must have {missing[0]}")
    return {**_KEYS[name], **given}


def _special(file_name: str, special: object) -> tuple[str, ...]:
    if not isinstance(special, list) or not all(isinstance(s, str) and s for s in special):
        raise ValueError(f"{file_name}: special={special!r} must be a list of strings")
    return tuple(special)


@functools.cache
def special_pattern(special: tuple[str, ...]) -> re.Pattern[str]:
    """What matches any of them, the longest where several begin at one place."""
    return re.compile("|".join(re.escape(s) for s in sorted(special, key=len, reverse=True)))
