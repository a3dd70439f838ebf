"""Tells a file's language by its name, its first line and, if those do not suffice, its content."""

import dataclasses
import functools
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from identify import identify

from transforms.languages.spec import ContentRule, Language, load_languages

# Content rules look at no more: what tells languages apart stands early and often.
_HEAD_BYTES = 100_000

# Filled in when a project is built: `config.h.in` makes `config.h`.
_TEMPLATE = ".in"
# What stands before a program's name: options of env, variables.
_NO_PROGRAM = re.compile(r"-|[A-Za-z_]\w*=")
# What editors and tools leave beside the file itself: `x.py.bak`, `x.py~`.
_BACKUP = re.compile(r"(?:~|#|\.(?:bak|backup|old|orig|rej|save|swo|swp|te?mp))\Z", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class _Claim:
    """A language that has an extension.

    Attributes:
      pattern: of its files' content; None for the default.
      certain: whether one match settles it.
      is_default: whether it is taken where no claim's pattern matches.
    """

    language: Language
    pattern: re.Pattern[bytes] | None
    certain: bool
    is_default: bool


@dataclasses.dataclass(frozen=True, slots=True)
class _Names:
    file_names: Mapping[str, Language]
    extensions: Mapping[str, Sequence[_Claim]]
    interpreters: Mapping[str, Language]
    titles: Mapping[str, Language]


def name_language(path: str, text: bytes) -> Language | None:
    """Name a file's language.

    By its whole name, then its extension, then its first line if that names an interpreter, then
    the part of its name before the first dot (`Dockerfile.debian`); a template (`config.h.in`) as
    what it makes. An extension that several
    languages have is settled by the first line or by content.

    Args:
      path: below the input, or just a name.
      text: the decoded source.

    Returns:
      the language, or None where it is unknown: no name is guessed from text alone.
    """
    names = _names()
    file_name = path.rsplit("/", 1)[-1]
    made = file_name.removesuffix(_TEMPLATE)
    for whole_name in (file_name, made):
        if whole_name in names.file_names:
            return names.file_names[whole_name]
    if _BACKUP.search(file_name):
        return None
    file_name = made
    stem, dot, extension = file_name.rpartition(".")
    claims = names.extensions.get(extension.lower(), ()) if dot else ()
    if len(claims) == 1 and claims[0].pattern is None:
        return claims[0].language
    interpreted = names.interpreters.get(_interpreter(text))
    if claims:
        if interpreted in [claim.language for claim in claims]:
            return interpreted
        return _by_content(claims, text[:_HEAD_BYTES])
    return interpreted or names.file_names.get(stem.split(".", 1)[0])


def language_named(names: Iterable[str], extension: str) -> Language | None:
    """Take the first language that has one of these names, or else is the extension's default.

    Args:
      names: as people or programs write them, in any case: titles, fences, interpreters.
      extension: without the dot; empty where it is not known.
    """
    known = _names().titles
    found = [known[name.lower()] for name in names if name.lower() in known]
    return found[0] if found else name_language(f"x.{extension}", b"")


def _by_content(claims: Iterable[_Claim], head: bytes) -> Language | None:
    """Take the language whose pattern matches most often; the default where none does."""
    best: Language | None = None
    most = 0
    for claim in claims:
        if claim.is_default:
            best = best or claim.language
        if claim.pattern is None:
            continue
        matches = sum(1 for _ in claim.pattern.finditer(head))
        if matches and claim.certain:
            return claim.language
        if matches > most:
            best, most = claim.language, matches
    return best


def _interpreter(text: bytes) -> str:
    """The program, without path and version, of a first line with `#!`; empty where none is."""
    if not text.startswith(b"#!"):
        return ""
    command = identify.parse_shebang(io.BytesIO(text[:1000]))
    programs = [word for word in command if not _NO_PROGRAM.match(word)]
    program = programs[0].replace("\\", "/").rsplit("/", 1)[-1] if programs else ""
    if program == "uv":  # it runs a script of Python
        return "python"
    return re.sub(r"(?<=[A-Za-z])-?[\d.]+\Z", "", program)


@functools.cache
def _names() -> _Names:
    """Turn the data files round: from names to languages."""
    file_names: dict[str, Language] = {}
    extensions: dict[str, list[_Claim]] = {}
    interpreters: dict[str, Language] = {}
    for language in load_languages().values():
        rules = {extension: rule for rule in language.content for extension in rule.extensions}
        for extension in language.extensions:
            claim = _claim(language, rules.get(extension))
            extensions.setdefault(extension, []).append(claim)
        file_names |= dict.fromkeys(language.file_names, language)
        interpreters |= dict.fromkeys(language.interpreters, language)
    languages = load_languages().values()
    called = [(name, each) for each in languages for name in (each.name, each.title)]
    called += [(name, each) for each in languages for name in each.interpreters]
    called += [(each.fence, each) for each in languages]  # Starlark stands in fences of Python
    titles = {name.lower(): language for name, language in reversed(called)}
    return _Names(file_names, extensions, interpreters, titles)


def _claim(language: Language, rule: ContentRule | None) -> _Claim:
    if rule is None:
        return _Claim(language, None, certain=False, is_default=True)
    pattern = re.compile("|".join(rule.patterns).encode(), re.MULTILINE)
    return _Claim(language, pattern, rule.certain, rule.default)
