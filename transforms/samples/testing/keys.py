"""Keys under which offers and the tests that may be of them meet.

A key says: in this repository and family of languages, a definition of this name, or of this name
of this owner or in a file of this stem. A key with two definitions decides nothing; what is
ambiguous by name alone may not be by a longer key.
"""

from collections.abc import Iterator, Sequence

from transforms.languages.spec import load_languages
from transforms.records import FileKey
from transforms.samples.drafts import digest
from transforms.samples.testing.evidence import Claim, Claims
from transforms.samples.testing.words import plain, stem_of, subject_of, test_stem_of

_MAX_KEYS = 2000
_MAX_OWNERS = 6


def name_keys(file: FileKey, name: str, around: str) -> list[bytes]:
    """The keys of a definition of this name, with what stands around it."""
    keys = [_key(file, "name", "", name), _key(file, "stem", plain(stem_of(file.path)), name)]
    return [*keys, _key(file, "owner", plain(around), name)] if around else keys


def claim_keys(file: FileKey, claims: Claims) -> list[bytes]:
    """The keys that a file's tests ask for, each once; its first 2,000."""
    keys: dict[bytes, None] = {}
    for claim in claims.tests:
        for key in _keys_of_claim(file, claim):
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


def _keys_of_claim(file: FileKey, claim: Claim) -> Iterator[bytes]:
    owners = owners_of(claim)
    names = dict.fromkeys(call.name for call in claim.calls)
    types = {call.prefix for call in claim.calls if call.prefix[:1].isupper()}
    for name in (*names, *sorted(types - set(names))):
        yield _key(file, "name", "", name)
        for stem in stems_of_tests(file):
            yield _key(file, "stem", stem, name)
        for owner in owners:
            yield _key(file, "owner", owner, name)


def _key(file: FileKey, kind: str, scope: str, name: str) -> bytes:
    tests = load_languages()[file.language].tests
    family = (tests.family if tests else "") or file.language
    if tests is not None and tests.by_extension:
        family += f".{file.path.rpartition('.')[2]}"
    # Files at the top of an input belong to no repository: each has only itself.
    repository = file.repo or file.content_key
    return digest(file.source, repository, family, kind, scope, name)
