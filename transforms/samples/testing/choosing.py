"""Which definition a test is of: by name, then by a unique call."""

import dataclasses
from collections.abc import Sequence

from transforms.languages.spec import load_languages
from transforms.records import FileKey, OfferRef
from transforms.samples.testing.evidence import Call, Claim, Claims
from transforms.samples.testing.keys import owners_of, stems_of_tests
from transforms.samples.testing.words import plain, resemblance, stem_of

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
    """

    offer: OfferRef
    likeness: int
    owned: bool
    filed: bool

    @property
    def strength(self) -> int:
        return 4 * self.likeness + 2 * self.owned + self.filed


def choose(file: FileKey, claims: Claims, offers: Sequence[OfferRef]) -> list[Choice]:
    """Choose for each test of a file at most one of the offers that its keys found."""
    by_name: dict[str, list[OfferRef]] = {}
    unique = {(ref.content_key, ref.number): ref for ref in offers}
    for key in sorted(unique):
        by_name.setdefault(unique[key].name, []).append(unique[key])
    chosen = []
    for number, claim in enumerate(claims.tests):
        best = _best(_candidates(file, claims, claim, by_name))
        if best is not None:
            chosen.append(Choice(number, best.offer, best.strength))
    return chosen


def _best(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """The one that the test's name or else its surroundings point at, or the only one."""
    if not candidates:
        return None
    strongest = max(candidate.strength for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.strength == strongest]
    if best[0].likeness > 2:
        return best[0] if len(best) == 1 else None
    owners = {plain(candidate.offer.owner) for candidate in candidates if candidate.offer.owner}
    # A class is made so that its methods can be called.
    rest = [c for c in candidates if not (c.offer.is_type and plain(c.offer.name) in owners)]
    if len(rest) == 1:
        return rest[0]
    return best[0] if len(best) == 1 and best[0].likeness else None


def _candidates(
    file: FileKey, claims: Claims, claim: Claim, by_name: dict[str, list[OfferRef]]
) -> list[_Candidate]:
    """The offers that a test calls, each once."""
    found: dict[tuple[bytes, int], _Candidate] = {}
    types = (Call(call.prefix, "") for call in claim.calls if call.prefix[:1].isupper())
    for call in (*claim.calls, *types):
        for offer in by_name.get(call.name, ()):
            place = offer.content_key, offer.number
            if place not in found and _is_called(file, claims, claim, call, offer):
                found[place] = _candidate(file, claim, offer)
    return list(found.values())


def _candidate(file: FileKey, claim: Claim, offer: OfferRef) -> _Candidate:
    owners = owners_of(claim)[: len(claim.around)]
    return _Candidate(
        offer=offer,
        likeness=resemblance(offer.name, claim.title, claim.around),
        owned=bool(offer.owner) and plain(offer.owner) in owners,
        filed=plain(stem_of(offer.path)) in stems_of_tests(file),
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
    needs_import = spec is not None and spec.imported and not is_here
    return not needs_import or not {call.name, "*"}.isdisjoint(claims.imports)


def _is_of_module(claims: Claims, prefix: str, offer: OfferRef) -> bool:
    """Whether a prefix is of the offer's file, folder or namespaces, or an alias of these."""
    folder = offer.path.rpartition("/")[0].rpartition("/")[2]
    names = {plain(name) for name in (stem_of(offer.path), folder, *offer.within)} - {""}
    if plain(prefix) in names:
        return True
    return prefix in claims.imports and any(plain(word) in names for word in claims.imports)


def _is_of_owner(claims: Claims, claim: Claim, prefix: str, offer: OfferRef) -> bool:
    """Whether a call on something may be one of a method of the offer's owner."""
    owner = plain(offer.owner)
    if plain(prefix) == owner:
        return True
    if prefix in claims.imports or (prefix[:1].isupper() and prefix.isidentifier()):
        return False  # of another module or type
    mentioned = {plain(name) for name in claim.mentions} | set(owners_of(claim))
    made = {plain(made.name) for made in claim.calls}
    return bool(prefix) and (owner in mentioned or f"new{owner}" in made)
