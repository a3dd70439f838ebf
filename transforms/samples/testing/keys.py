"""Keys under which offers and the tests that may be of them meet.

A key says: in this repository and family of languages, a definition of this name, or of this name
of this owner or in a file of this stem or a folder of this name. A key with two definitions decides
nothing; what is ambiguous by name alone may not be by a longer key.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from transforms.languages.spec import load_languages
from transforms.records import FileKey
from transforms.samples.drafts import digest
from transforms.samples.testing.evidence import Claim, Claims
from transforms.samples.testing.words import plain, stem_of, subject_of, test_stem_of

_MAX_KEYS = 8000
_MAX_OWNERS = 6
# What a name is imported from, as Python and JavaScript say it: the last word of it.
_SOURCE = re.compile(r"from\s+[\w.]*?(\w+)\s+import\b|[\"'](?:[^\"'\n]*/)?([\w-]+)[\w.]*[\"']")


def name_keys(file: FileKey, name: str, around: str) -> list[bytes]:
    """The keys of a definition of this name, with what stands around it."""
    folder = file.path.rpartition("/")[0].rpartition("/")[2]
    scopes = ("stem", stem_of(file.path)), ("folder", folder), ("owner", around)
    longer = [_key(file, kind, plain(scope), name) for kind, scope in scopes if scope]
    return [_key(file, "name", "", name), *longer]


def claim_keys(file: FileKey, claims: Claims) -> list[bytes]:
    """The keys that a file's tests ask for, each once; its first 8,000."""
    keys: dict[bytes, None] = {}
    sources = _sources(claims)
    for claim in claims.tests:
        for key in _keys_of_claim(file, claim, sources):
            if len(keys) < _MAX_KEYS:
                keys[key] = None
    return list(keys)


def stems_of_tests(file: FileKey) -> tuple[str, ...]:
    """What the name of a file of tests says it is about, and its own: tests may stand beside."""
    return tuple(dict.fromkeys((plain(test_stem_of(file.path)), plain(stem_of(file.path)))))


def owners_of(claim: Claim) -> Sequence[str]:
    """The likely owners of what a test calls: the subjects around it, and what it makes."""
    subjects = [subject_of(name) for name in claim.around]
    made = [call.name for call in claim.calls if call.name[:1].isupper()]
    named = [call.prefix for call in claim.calls if call.prefix[:1].isupper()]
    found = (plain(name) for name in (*subjects, *made, *named))
    return list(dict.fromkeys(name for name in found if name))[:_MAX_OWNERS]


def _sources(claims: Claims) -> dict[str, set[str]]:
    """For names that stand in imports, the last words of what they are imported from."""
    found: dict[str, set[str]] = {}
    for statement in claims.imports:
        source = _SOURCE.search(statement)
        if source:
            for name in re.findall(r"\w+", statement):
                found.setdefault(name, set()).add(plain(source[1] or source[2]))
    return found


def _keys_of_claim(file: FileKey, claim: Claim, sources: Mapping[str, set[str]]) -> Iterator[bytes]:
    owners = owners_of(claim)
    names = dict.fromkeys(call.name for call in claim.calls)
    types = {call.prefix for call in claim.calls if call.prefix[:1].isupper()}
    for name in (*names, *sorted(types - set(names))):
        yield _key(file, "name", "", name)
        for stem in stems_of_tests(file):
            yield _key(file, "stem", stem, name)
        for owner in owners:
            yield _key(file, "owner", owner, name)
        for source in sorted(sources.get(name, ())):
            yield _key(file, "stem", source, name)
    for call in claim.calls:
        # What it is called on may name its file, its folder or its owner.
        for kind in ("stem", "folder", "owner") if call.prefix.strip("?") else ():
            *_, last = call.prefix.split(".")
            yield _key(file, kind, plain(last), call.name)


def _key(file: FileKey, kind: str, scope: str, name: str) -> bytes:
    tests = load_languages()[file.language].tests
    family = (tests.family if tests else "") or file.language
    if tests is not None and tests.by_extension:
        family += f".{file.path.rpartition('.')[2]}"
    # Files at the top of an input belong to no repository: each has only itself.
    repository = file.repo or file.content_key
    return digest(file.source, repository, family, kind, scope, name)
