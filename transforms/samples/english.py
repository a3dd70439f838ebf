"""A little English: articles, and the words that documentation and names are made of."""

import dataclasses
import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

# Letters whose names begin with a vowel sound, and short capitals read as words, not by letters.
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_READ_AS_WORDS = frozenset({"LISP", "MASM", "NASM", "REXX", "SAS", "SASS"})
_CONSONANT_SOUNDS = ("eu", "one", "uni", "use", "uti")


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """The lists of words.toml, which says what each is for."""

    sure_verbs: frozenset[str]
    cautious_verbs: frozenset[str]
    doubled_verbs: frozenset[str]
    name_verbs: frozenset[str]
    making_verbs: frozenset[str]
    nouns: frozenset[str]
    uncountable_nouns: frozenset[str]
    compounding_verbs: frozenset[str]
    compounding_nouns: frozenset[str]
    modifiers: frozenset[str]
    kinds: Mapping[str, str]
    spelled_out: Mapping[str, str]


@functools.cache
def load_words() -> Words:
    """Read words.toml."""
    text = (resources.files("transforms.samples") / "words.toml").read_text("utf-8")
    table = tomllib.loads(text)
    kinds, spelled_out = table.pop("kinds"), table.pop("spelled_out")
    lists = {key: frozenset(value.split()) for key, value in table.items()}
    return Words(kinds=kinds, spelled_out=spelled_out, **lists)


def article(text: str) -> str:
    """Say whether "a" or "an" stands before a text as it is read: "an SQL script", "a C class"."""
    letters = re.match(r"[^\W\d_]*", text)
    first = letters[0] if letters else ""
    if first.isupper() and len(first) <= 4 and first not in _READ_AS_WORDS:
        return "an" if first[0] in _VOWEL_LETTERS else "a"
    if first.lower().startswith(_CONSONANT_SOUNDS):
        return "a"
    return "an" if first[:1].lower() in tuple("aeiou") else "a"


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural."""
    return noun.endswith("s") and not noun.endswith(("is", "ss", "us"))


def is_noun(word: str) -> bool:
    """Whether a word in small letters is a noun that is known, or the plural of one."""
    words = load_words()
    singulars = {word}
    if is_plural(word):
        singulars |= {word[:-1], word.removesuffix("es"), f"{word.removesuffix('ies')}y"}
    return not singulars.isdisjoint(words.nouns | words.uncountable_nouns)


@functools.cache
def verb_forms() -> Mapping[str, tuple[str, str]]:
    """Return (verb, ending) for every form of every verb; the ending is "", "s" or "ing"."""
    verbs = sorted(load_words().sure_verbs | load_words().cautious_verbs)
    table = {_third_person(verb): (verb, "s") for verb in verbs}
    table |= {_gerund(verb): (verb, "ing") for verb in verbs}
    return table | {verb: (verb, "") for verb in verbs}


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("ch", "o", "s", "sh", "x", "z")) else f"{verb}s"


def _gerund(verb: str) -> str:
    if verb in load_words().doubled_verbs:
        return f"{verb}{verb[-1]}ing"
    drops_e = verb.endswith("e") and not verb.endswith("ee")
    return f"{verb[:-1] if drops_e else verb}ing"
