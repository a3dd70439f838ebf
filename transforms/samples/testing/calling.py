"""Whether a call in a test is one of a definition, and not of something else of its name."""

import re
from collections.abc import Iterator

from transforms.languages.spec import load_languages
from transforms.pair_records import OfferRef
from transforms.records import FileKey
from transforms.samples.testing.evidence import Call, Claim, Claims
from transforms.samples.testing.keys import owners_of, stems_of_tests
from transforms.samples.testing.words import plain, stem_of

_OWN = frozenset("self this cls super $this @ expect assert".split())
# Folders that say nothing of what is in them.
_ANY_FOLDER = frozenset("src lib source include main java python internal pkg usr share".split())
_CODE_FOLDER = re.compile(r"(?:\A|/)(?:src|libs?|main|[Tt]ests?|specs?|t|R|include)(?:/|\Z)")
_VERSION = re.compile(r"-v?[\d.]+\Z")
# Folders of the versions that a repository has beside one another.
_VERSIONS = re.compile(r"(?<=/)v?\d+(?:\.\d+)+(?=/)")
# In JavaScript, the path of another file: without its extension.
_NEAR = re.compile(r"[\"'`](?:\.{1,2}/)+([\w/-]*)[\w.]*[\"'`]")
_RELATIVE = re.compile(r"[\"'`]\.{1,2}(?:/|[\"'`])|\b(?:crate|super|self)::|from\s+\.")
# In Python, what a name is imported from.
_FROM = re.compile(r"from\s+(\w[\w.]*)\s+import\b")
_WORD = re.compile(r"[^\W\d]\w*")


def is_called(file: FileKey, claims: Claims, claim: Claim, call: Call, offer: OfferRef) -> bool:
    """Whether a call is one of the offer.

    Args:
      file: of the tests.
      claims: its.
      claim: the test.
      call: of a name that is the offer's.
      offer: not the test itself.
    """
    is_here = offer.content_key == file.content_key
    if call.name in claims.defined and not is_here:
        return False  # the file's own
    if is_here and claim.start < offer.end and offer.start < claim.end:
        return False
    if _VERSIONS.findall(offer.path) != _VERSIONS.findall(file.path):
        return False
    prefix = call.prefix.strip("@$")
    if prefix in _OWN or (prefix == "?" and not offer.owner):
        return False
    if offer.owner and not offer.is_type:
        return _is_of_owner(claims, claim, prefix, offer)
    filed = plain(stem_of(offer.path)) in stems_of_tests(file)
    if not filed and _are_apart(offer.path, file.path):
        return False
    spec = load_languages()[file.language].tests
    if prefix and spec is not None and spec.whole_names:
        return _is_whole(claims, prefix, offer)
    if prefix:
        return _is_of_module(claims, prefix, offer)
    return _is_in_scope(file, claims, call.name, is_here, offer)


def _are_apart(path: str, other: str) -> bool:
    """Whether two files are of parts of a repository that each have code and tests of their own."""
    parts = [_CODE_FOLDER.split(one, maxsplit=1) for one in (path, other)]
    return all(len(part) == 2 for part in parts) and parts[0][0] != parts[1][0]


def _is_in_scope(file: FileKey, claims: Claims, name: str, is_here: bool, offer: OfferRef) -> bool:
    """Whether a bare name may be the offer's: it is not imported from elsewhere."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    named = [statement for statement in claims.imports if word.search(statement)]
    if named:
        return any(_is_from(statement, name, offer) for statement in named)
    spec = load_languages()[file.language].tests
    needs_import = spec is not None and spec.imported and not is_here
    return not needs_import or any("*" in statement for statement in claims.imports)


def _is_from(statement: str, name: str, offer: OfferRef) -> bool:
    """Whether an import of a name may be one of an offer: from near, or from a folder above it."""
    known = _above(offer) | _names_of(offer)
    near = _NEAR.search(statement)
    if near:
        folders = {plain(word) for word in near[1].split("/")} - {"", "index"}
        return folders <= known
    if _RELATIVE.search(statement):
        return True
    module = _FROM.match(statement)
    if module:
        return all(plain(word) in known for word in module[1].split("."))
    words = {plain(word) for word in _WORD.findall(statement) if word != name}
    return not words.isdisjoint(known - _ANY_FOLDER)


def _is_of_module(claims: Claims, prefix: str, offer: OfferRef) -> bool:
    """Whether a prefix is of the offer's file, folder or namespaces, or an alias of these."""
    word = re.compile(rf"(?<!\w){re.escape(prefix)}(?!\w)")
    near = [one for one in claims.imports if _NEAR.search(one) and word.search(one)]
    if near:
        return any(_is_from(statement, prefix, offer) for statement in near)
    names, lines = _names_of(offer), list(_lines_with(claims, prefix))
    modules = [found[1].split(".") for line in lines if (found := _FROM.match(line))]
    if modules:
        known = names | _above(offer)
        return plain(prefix) in names and all(plain(word) in known for word in modules[0])
    return plain(prefix) in names or any(
        _RELATIVE.search(line) or plain(["", *_WORD.findall(line)][-1]) in names for line in lines
    )


def _is_whole(claims: Claims, prefix: str, offer: OfferRef) -> bool:
    """Whether a prefix is the name of the offer's module, or an import gives it for that."""
    module = ".".join(offer.within)
    if prefix == module:
        return True
    above = module.removesuffix(prefix)
    word = re.compile(rf"(?<!\w){re.escape(prefix)}(?!\w)")
    return above != module and any(
        above in statement and word.search(statement) for statement in claims.imports
    )


def _is_of_owner(claims: Claims, claim: Claim, prefix: str, offer: OfferRef) -> bool:
    """Whether a call on something may be one of a method of the offer's owner."""
    owner = plain(offer.owner)
    if plain(prefix) == owner:
        return True
    if any(_lines_with(claims, prefix)) or (prefix[:1].isupper() and prefix.isidentifier()):
        return False  # of another module or type
    mentioned = {plain(name) for name in claim.mentions} | set(owners_of(claim))
    made = {plain(made.name) for made in claim.calls}
    return bool(prefix) and (owner in mentioned or f"new{owner}" in made)


def _lines_with(claims: Claims, name: str) -> Iterator[str]:
    """The lines of imports that have a name, up to where another name is given."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for statement in claims.imports:
        for line in statement.splitlines():
            if word.search(line):
                yield line.partition(" as ")[0]


def _names_of(offer: OfferRef) -> set[str]:
    """What an offer's module may be called: its file, folder and namespaces."""
    folder = offer.path.rpartition("/")[0].rpartition("/")[2]
    names = {stem_of(offer.path), "" if folder in _ANY_FOLDER else folder, *offer.within}
    return {plain(_VERSION.sub("", name)) for name in names} - {""}


def _above(offer: OfferRef) -> set[str]:
    """The names of the folders above an offer's file."""
    folders = offer.path.split("/")[:-1]
    return {plain(_VERSION.sub("", folder)) for folder in folders} - {""}
