"""Which definition a test is of: by name, then by a unique call."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence

from transforms.languages.spec import load_languages
from transforms.records import FileKey, OfferRef
from transforms.samples.testing.evidence import Call, Claim, Claims
from transforms.samples.testing.keys import owners_of, stems_of_tests
from transforms.samples.testing.words import plain, resemblance, stem_of, subject_of, words_of

NOT_OFFERED = -1  # the number of a definition that is not worth a sample, or one of several
_ANY_FOLDER = frozenset("src lib source include main java python internal pkg usr share".split())
_VERSION = re.compile(r"-v?[\d.]+\Z")
_RELATIVE = re.compile(r"[\"'`]\.{1,2}(?:/|[\"'`])|\b(?:crate|super|self)::|from\s+\.")
_WORD = re.compile(r"[^\W\d]\w*")
_ANY_TEST = frozenset(
    """open close flush free destroy dispose delete init initialize release start stop begin end
    create build setup teardown clear reset run execute print new""".split()
)
_OWN = frozenset("self this cls super $this @ expect assert".split())


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """That a test is of an offer.

    Attributes:
      strength: how sure; 0 for a call that is only unique.
    """

    claim: int
    offer: OfferRef
    strength: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Candidate:
    """An offer that a test calls.

    Attributes:
      likeness: of the test's title and surroundings to its name.
      owned: whether the test is of its owner, by what stands around it.
      filed: whether the test's file is named as its file.
      is_sure: whether its name is not just a word that the title has among others.
    """

    offer: OfferRef
    likeness: int
    owned: bool
    filed: bool
    is_sure: bool

    @property
    def is_telling(self) -> bool:
        """Whether that it is called is enough: it is not what any test may have to call."""
        return (self.filed or self.owned) and self.offer.name.lower() not in _ANY_TEST

    @property
    def strength(self) -> int:
        """How sure it is that the test is of it."""
        return 4 * self.likeness + 2 * self.owned + self.filed


def choose(file: FileKey, claims: Claims, offers: Sequence[OfferRef]) -> list[Choice]:
    """Choose for each test of a file at most one of the offers that its keys found."""
    by_name: dict[str, dict[tuple[bytes, int, str], OfferRef]] = {}
    for ref in offers:
        by_name.setdefault(ref.name, {})[ref.content_key, ref.number, ref.owner] = ref
    settled = {
        # What is one of several by its name alone may be the only one of its class or file.
        name: [ref for _, ref in sorted(refs.items()) if ref.number >= 0] or list(refs.values())[:1]
        for name, refs in by_name.items()
    }
    chosen = []
    for number, claim in enumerate(claims.tests):
        best = _best(_candidates(file, claims, claim, settled))
        if best is not None and best.offer.number != NOT_OFFERED:
            chosen.append(Choice(number, best.offer, best.strength))
    return chosen


def _best(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """The one that the test's name or else its surroundings point at, or the only one."""
    if not candidates:
        return None
    strongest = max(candidate.strength for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.strength == strongest]
    if best[0].likeness > 2:
        return best[0] if len(best) == 1 and best[0].is_sure else None
    owners = {plain(candidate.offer.owner) for candidate in candidates if candidate.offer.owner}
    # A class is made so that its methods can be called.
    rest = [c for c in candidates if not (c.offer.is_type and plain(c.offer.name) in owners)]
    if len(rest) == 1 and (rest[0].likeness or rest[0].is_telling):
        return rest[0]
    return best[0] if len(best) == 1 and best[0].likeness else None


def _candidates(
    file: FileKey, claims: Claims, claim: Claim, by_name: Mapping[str, Sequence[OfferRef]]
) -> list[_Candidate]:
    """The offers that a test calls, each once."""
    found: dict[tuple[bytes, int, str], _Candidate] = {}
    types = (Call(call.prefix, "") for call in claim.calls if call.prefix[:1].isupper())
    for call in (*claim.calls, *types):
        for offer in by_name.get(call.name, ()):
            place = offer.content_key, offer.number, offer.name
            if place not in found and _is_called(file, claims, claim, call, offer):
                found[place] = _candidate(file, claim, offer)
    return list(found.values())


def _candidate(file: FileKey, claim: Claim, offer: OfferRef) -> _Candidate:
    owners = owners_of(claim)[: len(claim.around)]
    owned = bool(offer.owner) and plain(offer.owner) in owners
    filed = plain(stem_of(offer.path)) in stems_of_tests(file)
    is_word = len(words_of(offer.name)) < 2
    return _Candidate(
        offer=offer,
        likeness=resemblance(offer.name, claim.title, claim.around),
        owned=owned,
        filed=filed,
        is_sure=owned
        or filed
        or not is_word
        or plain(subject_of(claim.title)) == plain(offer.name),
    )


def _is_called(file: FileKey, claims: Claims, claim: Claim, call: Call, offer: OfferRef) -> bool:
    """Whether a call is one of the offer and not of something else of its name."""
    is_here = offer.content_key == file.content_key
    if call.name in claims.defined and not is_here:
        return False  # the file's own
    if is_here and claim.start < offer.end and offer.start < claim.end:
        return False
    prefix = call.prefix.strip("@$")
    if prefix in _OWN or (prefix == "?" and not offer.owner):
        return False
    if not offer.is_type and offer.owner:
        return _is_of_owner(claims, claim, prefix, offer)
    if prefix:
        return _is_of_module(claims, prefix, offer)
    spec = load_languages()[file.language].tests
    named = [
        text for text in claims.imports if re.search(rf"(?<!\w){re.escape(call.name)}\b", text)
    ]
    if named:
        return any(_is_from(text, call.name, offer) for text in named)
    needs_import = spec is not None and spec.imported and not is_here
    return not needs_import or any("*" in text for text in claims.imports)


def _names_of(offer: OfferRef) -> set[str]:
    """What an offer's module may be called: its file, folder and namespaces."""
    folder = offer.path.rpartition("/")[0].rpartition("/")[2]
    names = {stem_of(offer.path), "" if folder in _ANY_FOLDER else folder, *offer.within}
    return {plain(_VERSION.sub("", name)) for name in names} - {""}


def _is_from(statement: str, name: str, offer: OfferRef) -> bool:
    """Whether an import of a name may be one of an offer: from near, or from a folder above it."""
    if _RELATIVE.search(statement):
        return True
    folders = offer.path.split("/")[:-1]
    above = {plain(_VERSION.sub("", folder)) for folder in folders} - set(map(plain, _ANY_FOLDER))
    words = {plain(word) for word in _WORD.findall(statement) if word != name}
    return not words.isdisjoint((above | _names_of(offer)) - {""})


def _is_of_module(claims: Claims, prefix: str, offer: OfferRef) -> bool:
    """Whether a prefix is of the offer's file, folder or namespaces, or an alias of these."""
    names = _names_of(offer)
    return plain(prefix) in names or any(
        _RELATIVE.search(line) or plain(["", *_WORD.findall(line)][-1]) in names
        for line in _lines_with(claims, prefix)
    )


def _lines_with(claims: Claims, name: str) -> Iterator[str]:
    """The lines of imports that have a name, up to where another name is given."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for statement in claims.imports:
        for line in statement.splitlines():
            if word.search(line):
                yield line.partition(" as ")[0]


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
