"""refactor: the prompt's code is the target made worse, in its names or in its structure alone."""

import collections
import io
import re
import tokenize

from pipeline.validate.dataset import Record
from pipeline.validate.normal_form import normal_form
from pipeline.validate.relations.relation import Relation
from pipeline.validate.renaming import NotARenaming, check_python, renamed_words
from pipeline.validate.sources import Sources

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+|!(?![=~])|[-+*/%&|^<>=!?~.]+|[^\w\s]")
_NAME = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"')
_QUOTE = re.compile(r"""'\\?"'""")  # a character
# In the strings of other languages a variable can stand.
_PLAIN_STRINGS = frozenset("c cpp glsl java go rust zig".split())
_SIGNS = frozenset(
    "{ } ( ) ; : ! ? = == === != !== ~= && + - * / % | & ^ << >> . += -= *= /= %= |= &= ^= <<= >>="
    " .= **= >>>= ** >>> // //= ! $ ) }".split()
)
_WORDS = frozenset(
    "if else elseif elif then end not and is in return continue true false True False let const var"
    " val result ret retval res output results items collected".split()
)
_MAX_REPEATED = 30  # words of the target that a longer way to write it has once more


def _offence(row: Record, sources: Sources | None) -> str:
    """Object if the prompt's code is not the target, worse in names or structure alone."""
    worse, better = row["context"], row["target"]
    if worse == better:
        return "its prompt's code is its target"
    offence = _source_offence(row, sources)
    if offence:
        return offence
    try:
        names = renamed_words(better, worse)
    except NotARenaming:
        return _structure_offence(row["language"], worse, better)
    if row["language"] == "python" and _same_form(worse, better):
        return ""
    return _names_offence(row, names, sources)


def _source_offence(row: Record, sources: Sources | None) -> str:
    """Whether the target is the human's definition, where the sources are given."""
    text = None if sources is None else sources.text((row["source"], row["path"]))
    if text is None or row["redactions"]:
        return ""
    if text[row["start_byte"] : row["end_byte"]] != row["target"].encode():
        return "its target is not the source's definition"
    return ""


def _names_offence(row: Record, names: dict[str, str], sources: Sources | None) -> str:
    """What is wrong with a renaming of a target's words to those of the prompt's code."""
    worse, better = row["context"], row["target"]
    if not all(_NAME.fullmatch(name) for pair in names.items() for name in pair):
        return f"{names} is not from name to name"
    kept = names.keys() & set(_WORD.findall(worse)) - set(names.values())
    if kept:
        return f"{sorted(kept)} are renamed in some places only"
    text = None if sources is None else sources.text((row["source"], row["path"]))
    everything = better if text is None else text.decode(errors="replace")
    stale = set(names.values()) & set(_WORD.findall(everything))
    if stale:
        return f"the names {sorted(stale)} stand in the source already"
    plain = row["language"] in _PLAIN_STRINGS and "`" not in better
    strings = [_STRING.findall(_QUOTE.sub("", code)) for code in (better, worse)]
    if plain and strings[0] != strings[1]:
        return "a string differs"
    if row["language"] == "python":
        return _python_offence(worse, better, names)
    return ""


def _python_offence(worse: str, better: str, names: dict[str, str]) -> str:
    head = _head(better)
    try:
        check_python(head + better, head + worse, names)
    except NotARenaming as error:
        return str(error)
    except SyntaxError as error:
        return f"it does not compile: {error}"
    return ""


def _structure_offence(language: str, worse: str, better: str) -> str:
    """What is wrong with a change of structure: in Python by tree, else by token."""
    if language == "python":
        same = _same_form(worse, better)
        return "" if same else "its code and target have not the same normal form"
    old, new = (collections.Counter(_TOKEN.findall(code)) for code in (better, worse))
    lost, gained = old - new, new - old
    foreign = [token for token in lost if token not in _SIGNS | _WORDS]
    if foreign:
        return f"its code lacks {sorted(foreign)} of the target"
    more = [token for token in gained if token not in _SIGNS | _WORDS]
    if any(token not in old for token in more) or sum(gained[t] for t in more) > _MAX_REPEATED:
        return f"its code has {sorted(more)} more than the target"
    for pair in ("()", "{}", "[]"):
        if language != "c" and len({new[sign] - old[sign] for sign in pair}) > 1:
            return f"its code has {pair} that do not match"
    return ""


def _same_form(worse: str, better: str) -> bool:
    """Whether two Python definitions have one normal form and the same comments."""
    try:
        forms = {normal_form(_head(code) + code) for code in (worse, better)}
        comments = {tuple(sorted(_comments(_head(code) + code))) for code in (worse, better)}
    except (SyntaxError, RecursionError, tokenize.TokenError):
        return False
    return len(forms) == len(comments) == 1


def _comments(code: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def _head(code: str) -> str:
    """What has to stand before a definition whose first line lost its indentation."""
    for line in code.split("\n")[1:]:
        if line.lstrip().startswith(("def ", "async def ", "class ", "@")) and code[0] == "@":
            indent = line[: len(line) - len(line.lstrip())]
            return f"class _:\n{indent}" if indent else ""
    return ""


RELATION = Relation("refactor", "definitions made worse again", _offence)
