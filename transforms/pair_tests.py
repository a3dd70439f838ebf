"""Pair tests: definitions and tests of a repository -> samples of a test and what it is of."""

import dataclasses
from collections.abc import Iterator

import apache_beam as beam

from transforms import metrics
from transforms.draft import Drafted, DraftOutput, DraftPlan, outputs_of, with_outputs
from transforms.group import Grouped, JoinByKey
from transforms.pair_records import (
    Asked,
    Claims,
    Matched,
    OfferRef,
    Offers,
    TestedCode,
)
from transforms.samples.exclusion import without_evaluation
from transforms.samples.testing.choosing import NOT_OFFERED, choose
from transforms.samples.testing.evidence import pack, unpack_claims, unpack_offered
from transforms.samples.testing.keys import claim_keys, name_keys
from transforms.samples.testing.pairing import all_changed, body_chars, draft_pairs, tested_code
from transforms.similarity.evaluation_index import load_index
from transforms.sources.reading import Changed, read_source

MAX_TESTS = 3  # of one definition


class PairTests(beam.PTransform):
    """{offers: Offers, claims: Claims} -> drafts of tests, of the files the tests stand in.

    Four shuffles, none of a file's text: by name, where a key with one offer finds the files that
    ask for it; by test file, where each test chooses one of the offers found; by tested file, whose
    best three tests of each definition take its text along; by test file again. A file with such
    tests is read once more, as is a file they are of; where it changed, the samples are rejected.
    """

    def __init__(self, plan: DraftPlan, spill_dir: str | None) -> None:
        super().__init__()
        self._plan = plan
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, evidence: dict[str, beam.PCollection]) -> Drafted:
        offers, claims = evidence["offers"], evidence["claims"]
        claims_by_file = claims | "KeyClaimsByFile" >> beam.Map(_claims_by_file)
        found = (
            {
                "offers": offers | "OffersByName" >> beam.FlatMap(_offers_by_name),
                "asked": claims | "AskedByName" >> beam.FlatMap(_asked_by_name),
            }
            | "JoinByName" >> JoinByKey(self._spill_dir)
            | "FindOnlyOffers" >> beam.FlatMap(_only_offers)
        )
        matched = (
            {"claims": claims_by_file, "found": found}
            | "JoinByTestFile" >> JoinByKey(self._spill_dir)
            | "Choose" >> beam.FlatMap(_choices)
        )
        tested = (
            {
                "offers": offers | "KeyOffersByFile" >> beam.Map(_offers_by_file),
                "matched": matched,
            }
            | "JoinByTestedFile" >> JoinByKey(self._spill_dir)
            | "ReadTested" >> beam.ParDo(_ReadTestedFn(self._plan))
        )
        drafts = (
            {"claims": claims_by_file, "tested": tested}
            | "JoinPairs" >> JoinByKey(self._spill_dir)
            | "DraftPairs" >> with_outputs(_DraftPairsFn(self._plan))
        )
        return Drafted(
            drafts.file_drafts, drafts.draft_keys, drafts.rejects, drafts.offers, drafts.claims
        )


def _claims_by_file(claims: Claims) -> tuple[bytes, Claims]:
    return claims.file.content_key, claims


def _offers_by_file(offers: Offers) -> tuple[bytes, Offers]:
    return offers.file.content_key, offers


def _offers_by_name(offers: Offers) -> Iterator[tuple[bytes, OfferRef]]:
    """Key all definitions of a file by their names."""
    file, offered = offers.file, unpack_offered(offers.offers)
    for number, offer in enumerate(offered.offers):
        ref = OfferRef(
            content_key=file.content_key,
            number=number,
            name=offer.name,
            owner=offer.owner,
            within=offer.within,
            is_type=offer.is_type,
            path=file.path,
            start=offer.start,
            end=offer.end,
        )
        for key in name_keys(file, offer.name, offer.within[-1] if offer.within else ""):
            yield key, ref
    for name, around, is_type in offered.others:
        ref = OfferRef(file.content_key, NOT_OFFERED, name, around, [], is_type, file.path, 0, 0)
        for key in name_keys(file, name, around):
            yield key, ref


def _asked_by_name(claims: Claims) -> Iterator[tuple[bytes, Asked]]:
    for key in claim_keys(claims.file, unpack_claims(claims.claims)):
        yield key, Asked(claims.file.content_key)


def _only_offers(element: Grouped) -> Iterator[tuple[bytes, OfferRef]]:
    """Offer the only one of a key to all who ask; of several, that there is none."""
    offers: list[OfferRef] = element[1]["offers"]
    if not offers or not element[1]["asked"]:
        return
    found = min(offers, key=lambda ref: (ref.content_key, ref.number, ref.start, ref.owner))
    if len(offers) > 1:
        found = dataclasses.replace(found, number=NOT_OFFERED)
    for one in element[1]["asked"]:
        yield one.content_key, found


def _choices(element: Grouped) -> Iterator[tuple[bytes, Matched]]:
    (packed,) = element[1]["claims"]
    if not element[1]["found"]:
        return
    claims = unpack_claims(packed.claims)
    for choice in choose(packed.file, claims, element[1]["found"]):
        grade = claims.tests[choice.claim].grade
        ref = choice.offer
        yield (
            ref.content_key,
            Matched(element[0], choice.claim, ref.number, choice.strength, grade),
        )


class _ReadTestedFn(beam.DoFn):
    """Takes the text of definitions for their best tests."""

    def __init__(self, plan: DraftPlan) -> None:
        self._plan = plan

    def process(self, element: Grouped) -> Iterator[tuple[bytes, TestedCode]]:
        (packed,) = element[1]["offers"]
        if not element[1]["matched"]:
            return
        rules, file = self._plan.rules, packed.file
        offers = unpack_offered(packed.offers).offers
        text, failure = b"", ""
        try:
            text = read_source(rules.inputs, file, rules.max_file_bytes).text
        except Changed as error:
            failure = str(error)
        for match in _best_matches(element[1]["matched"]):
            offer = offers[match.offer]
            code = "" if failure else tested_code(offer, text)
            chars = 0 if failure else body_chars(offer, text)
            yield match.test_key, TestedCode(match.claim, file, pack(offer), code, chars, failure)


def _best_matches(matches: list[Matched]) -> Iterator[Matched]:
    taken: dict[int, int] = {}
    for match in sorted(
        matches, key=lambda m: (-m.strength, -m.grade, m.test_key, m.claim, m.offer)
    ):
        taken[match.offer] = taken.get(match.offer, 0) + 1
        if taken[match.offer] <= MAX_TESTS:
            yield match


class _DraftPairsFn(beam.DoFn):
    def __init__(self, plan: DraftPlan) -> None:
        self._plan = plan

    def setup(self) -> None:
        if self._plan.exclusion is not None:
            self._evaluation = load_index(self._plan.exclusion.index_path)

    def process(self, element: Grouped) -> Iterator[DraftOutput]:
        (packed,) = element[1]["claims"]
        tested: list[TestedCode] = element[1]["tested"]
        if not tested:
            return
        file, rules, claims = packed.file, self._plan.rules, unpack_claims(packed.claims)
        exclusion = self._plan.exclusion
        try:
            text = read_source(rules.inputs, file, rules.max_file_bytes).text
            drafted = draft_pairs(file, claims, tested, text, rules)
        except Changed as error:
            drafted = all_changed(file, claims, tested, str(error))
        else:
            if exclusion is not None and any(f.suspect for f in (file, *(t.file for t in tested))):
                drafted = without_evaluation(
                    drafted, text, self._evaluation, exclusion.near_threshold
                )
        metrics.counter("pair_tests/samples").inc(len(drafted.keys))
        yield from outputs_of(drafted)
