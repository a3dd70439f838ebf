"""Pairs of a small repository's tests and definitions, without a pipeline."""

import collections
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.file_keys import draft_rules
from transforms import pair_tests
from transforms.languages.spec import load_languages
from transforms.pair_records import Claims, Offers
from transforms.records import FileKey, Place
from transforms.samples.drafting import Drafted, draft_file
from transforms.samples.testing.choosing import choose
from transforms.samples.testing.evidence import unpack_claims, unpack_offered
from transforms.sources.source import read_raw

RULES = draft_rules(Path())


def drafted(path: str, text: str) -> Drafted:
    """Draft a file of the repository that its first folder names."""
    source = read_raw(path, text.encode())
    extension = path.rpartition(".")[2]
    language = next(name for name, spec in load_languages().items() if extension in spec.extensions)
    key = FileKey(
        content_key=hashlib.blake2b(source.text, digest_size=16).digest(),
        place=Place(0, path.encode()),
        source="in",
        repo=path.partition("/")[0] if "/" in path else "",
        path=path,
        revision="",
        license="",
        container="",
        language=language,
        quality=8000,
        size_bytes=len(source.text),
        bands=b"",
    )
    return draft_file(key, source, RULES)


def pairs(files: Mapping[str, str]) -> dict[str, str]:
    """Pair the tests of files by path: what each one's title is paired with, as path and name."""
    evidence = [drafted(path, text) for path, text in files.items()]
    offers: list[Offers] = [one.offers for one in evidence if one.offers]
    claims: list[Claims] = [one.claims for one in evidence if one.claims]
    groups: dict[bytes, dict[str, Any]] = collections.defaultdict(
        lambda: {"offers": [], "asked": []}
    )
    for offer in offers:
        for key, ref in pair_tests._offers_by_name(offer):
            groups[key]["offers"].append(ref)
    for claim in claims:
        for key, asked in pair_tests._asked_by_name(claim):
            groups[key]["asked"].append(asked)
    found = collections.defaultdict(list)
    for key, group in groups.items():
        for file, ref in pair_tests._only_offers((key, group)):
            found[file].append(ref)
    names = {offer.file.content_key: unpack_offered(offer.offers).offers for offer in offers}
    chosen = {}
    for claim in claims:
        tests = unpack_claims(claim.claims)
        for choice in choose(claim.file, tests, found[claim.file.content_key]):
            ref = choice.offer
            name = names[ref.content_key][ref.number].name
            chosen[tests.tests[choice.claim].title] = f"{ref.path}:{name}"
    return chosen
