"""The records of the pairing of tests with what they are of.

As `transforms.records`, of types that Beam's row coder knows; `transforms.coders` registers them.
"""

import dataclasses
from collections.abc import Sequence

from transforms.records import FileKey


@dataclasses.dataclass(frozen=True, slots=True)
class Offers:
    """A used file's definitions that tests may be of.

    Attributes:
      file: without its bands.
      offers: packed by `transforms.samples.testing.evidence.pack`.
    """

    file: FileKey
    offers: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Claims:
    """A used file's tests.

    Attributes:
      file: without its bands.
      claims: packed by `transforms.samples.testing.evidence.pack`.
    """

    file: FileKey
    claims: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class OfferRef:
    """Which definition an offer is: the file with this content key, the number in its offers.

    The rest is what decides whether a call is one of it.
    """

    content_key: bytes
    number: int
    name: str
    owner: str
    within: Sequence[str]
    is_type: bool
    path: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """That a test in the file of this content key calls what it is keyed by."""

    content_key: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Matched:
    """That a test, the number in its file's claims, is of the offer of this number.

    Attributes:
      test_key: the content key of the test's file.
      strength: how sure that is.
      grade: of the test, in ten-thousandths.
    """

    test_key: bytes
    claim: int
    offer: int
    strength: int
    grade: int


@dataclasses.dataclass(frozen=True, slots=True)
class TestedCode:
    """The definition that a test is of: the smaller of the two texts travels.

    Attributes:
      claim: the test's number in the claims of the file this is keyed by.
      file: the definition's, without its bands.
      offer: packed, one.
      code: its text, with what encloses it; empty where it is not there any more.
      body_chars: how many of its last characters are a function's body; 0 where that is not known.
      failure: why; empty where it is.
    """

    claim: int
    file: FileKey
    offer: bytes
    code: str
    body_chars: int
    failure: str
