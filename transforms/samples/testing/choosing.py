"""Which definition a test is of: by name, then by a unique call."""

import dataclasses
from collections.abc import Mapping, Sequence

from transforms.pair_records import OfferRef
from transforms.records import FileKey
from transforms.samples.testing.calling import is_called
from transforms.samples.testing.evidence import Call, Claim, Claims
from transforms.samples.testing.keys import owners_of, stems_of_tests
from transforms.samples.testing.words import (
    about,
    plain,
    resemblance,
    stem_of,
    subject_of,
    words_of,
)

NOT_OFFERED = -1  # the number of a definition that is not worth a sample, or one of several
_ANY_TEST = frozenset(
    """open close flush free destroy dispose delete init initialize release start stop begin end
    create build setup teardown clear reset run execute print new""".split()
)


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
        if best is None or best.offer.number == NOT_OFFERED:
            continue
        if best.likeness or not _names_another(claim, best.offer):
            chosen.append(Choice(number, best.offer, best.strength))
    return chosen


def _names_another(claim: Claim, offer: OfferRef) -> bool:
    """Whether a test's title is the name of something else that it calls."""
    wanted = about(claim.title)
    return any(words_of(call.name) == wanted for call in claim.calls if call.name != offer.name)


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
            if place not in found and is_called(file, claims, claim, call, offer):
                found[place] = _candidate(file, claim, offer)
    return list(found.values())


def _candidate(file: FileKey, claim: Claim, offer: OfferRef) -> _Candidate:
    owners = owners_of(claim)[: len(claim.around)]
    owned = bool(offer.owner) and plain(offer.owner) in owners
    filed = plain(stem_of(offer.path)) in stems_of_tests(file)
    likeness = resemblance(offer.name, claim.title, claim.around)
    is_titled = plain(subject_of(claim.title)) == plain(offer.name)
    is_sure = len(words_of(offer.name)) > 1 or is_titled or (likeness > 3 and (owned or filed))
    return _Candidate(offer, likeness, owned, filed, is_sure)
