"""What is known of definitions that may be tested, and of tests: small records that travel."""

import dataclasses
import json
from typing import Any, NamedTuple

Lines = tuple[tuple[int, int], ...]  # spans of whole lines, in source order


class Offer(NamedTuple):
    """A definition that tests may be of.

    Attributes:
      parts: of its text, documentation and the white space before a first line included; several
        where it is overloaded or has clauses.
      headers: what encloses it: the lines that open its class and the like.
      owner: the class or the like that it is a method of; empty for none.
      within: the names around it, outermost first, that of the owner included.
      is_type: whether it is a class or the like.
      hard: how hard it is, as the fields of `difficulty.Hardness`.
      grade: of the definition, in ten-thousandths.
      body_start: where its body begins, of a function in one part; 0 of others.
    """

    name: str
    kind: str
    owner: str
    within: tuple[str, ...]
    is_type: bool
    parts: Lines
    headers: Lines
    parameters: tuple[str, ...]
    purpose: str
    hard: tuple[int, int, int, int, str]
    grade: int
    body_start: int

    @property
    def start(self) -> int:
        """Where its text begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.parts[-1][1]


class Other(NamedTuple):
    """A definition that is not worth a sample, and so hides others of its name.

    Attributes:
      around: the innermost name around it; empty for none.
    """

    name: str
    around: str
    is_type: bool


class Offered(NamedTuple):
    """The definitions of a file.

    Attributes:
      offers: those that tests may be of.
    """

    offers: tuple[Offer, ...]
    others: tuple[Other, ...]


class Call(NamedTuple):
    """A name that a test calls.

    Attributes:
      prefix: the name of what it is called on; empty for none, "?" for one without a name.
    """

    name: str
    prefix: str


class Claim(NamedTuple):
    """A test.

    Attributes:
      title: its name, or what it says of itself.
      around: the names on the lines that open what it stands in.
      calls: in the order of their first places, each once.
      mentions: names that begin with a capital.
      lead: what of its file is shown before it: imports, and the lines that open what it is in.
      target_digest: hex, of the task and its text, normalised.
      grade: of its text, in ten-thousandths.
    """

    title: str
    start: int
    end: int
    start_line: int
    end_line: int
    around: tuple[str, ...]
    calls: tuple[Call, ...]
    mentions: tuple[str, ...]
    lead: Lines
    target_digest: str
    grade: int


class Claims(NamedTuple):
    """The tests of a file.

    Attributes:
      imports: its import statements.
      defined: the names of its definitions.
    """

    imports: tuple[str, ...]
    defined: tuple[str, ...]
    tests: tuple[Claim, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """What a file has for the pairing: its definitions, and its tests."""

    offered: Offered
    claims: Claims


def pack(value: Any) -> bytes:
    """Serialise as JSON arrays."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def unpack_offer(data: bytes) -> Offer:
    """Undo `pack` of one offer."""
    return Offer(*_tuples(json.loads(data)))


def unpack_offered(data: bytes) -> Offered:
    """Undo `pack` of what a file offers."""
    offers, others = _tuples(json.loads(data))
    return Offered(tuple(Offer(*row) for row in offers), tuple(Other(*row) for row in others))


def unpack_claims(data: bytes) -> Claims:
    """Undo `pack` of claims."""
    imports, defined, rows = json.loads(data)
    tests = tuple(
        claim._replace(calls=tuple(Call(*call) for call in claim.calls))
        for claim in (Claim(*(_tuples(value) for value in row)) for row in rows)
    )
    return Claims(tuple(imports), tuple(defined), tests)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
