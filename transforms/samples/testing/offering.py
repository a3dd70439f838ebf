"""From a parsed file to its definitions that tests may be of."""

import bisect
import dataclasses
import re
from collections.abc import Sequence

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import SourceView
from transforms.samples.difficulty import hardness
from transforms.samples.eligibility import (
    FUNCTION_KINDS,
    METHOD_KINDS,
    has_substance,
    head_start,
)
from transforms.samples.purpose import purpose_from_doc, purpose_from_name
from transforms.samples.quality import definition_grade
from transforms.samples.testing.evidence import Lines, Offer, Offered, Other
from transforms.samples.testing.finding import Test

MAX_DEFINITION_CHARS = 4096
MAX_HEADER_CHARS = 600

_UNNAMED = frozenset("test constructor destructor initializer".split())
_METHODS_APART = frozenset(("rust", "go"))  # where a type's methods do not stand in it
_TYPE_KINDS = frozenset("class struct record object trait enum interface union contract".split())
_ASIDE = re.compile(
    r"(?:\A|/)(?:examples?|samples?|demos?|fixtures?|testdata|mocks?|stubs?|bench\w*|third_party"
    r"|vendor|inst/doc|docs|vignettes)/",
    re.IGNORECASE,
)
# What a tool made of definitions that stand elsewhere.
_MADE = re.compile(r"(?:\A|/)(?:node_modules|dist|build)/|\.d\.[cm]?ts\Z|\.min\.js\Z")
_TEST_SCOPE = re.compile(r"\A_?tests?\Z", re.IGNORECASE)
_HELPER = re.compile(
    r"_*(?i:test(?:s|ing)?|asserts?|expects?|should|mock|fake|stub|dummy)(?![a-z])"
)
_NAME = re.compile(r"[^\W\d][\w$*+!?<>=/'-]*")
_MAX_PARTS = 12


def offered_of(view: SourceView, tests: Sequence[Test], all_aside: bool) -> Offered:
    """List the definitions that stand in no function, those worth a sample apart.

    Overloads, clauses and the like, all those of one name in one place, are one.

    Args:
      view: the file.
      tests: its.
      all_aside: whether none of its definitions is what is tested.
    """
    offering = _Offering(view, tests)
    offers: list[Offer] = []
    others: dict[Other, None] = {}
    for (name, within, is_type), parts in offering.groups().items():
        offer = None if all_aside else offering.offer(parts, within, is_type)
        if offer is not None:
            offers.append(offer)
        elif not all(offering.is_of_test(part) for _, part in parts):
            others[Other(name, within[-1] if within else "", is_type)] = None
    return Offered(tuple(offers), tuple(others))


def is_made(path: str) -> bool:
    """Whether a path in a repository is one of copies and declarations of its definitions."""
    return bool(_MADE.search(path))


def is_aside(path: str) -> bool:
    """Whether a path in a repository is one of examples, or of what others wrote."""
    return bool(_ASIDE.search(path))


def whole_lines(spans: Sequence[Span], before: int) -> Lines:
    """Spans up to a place."""
    return tuple((span.start, min(span.end, before)) for span in spans if span.start < before)


_Parts = list[tuple[int, Definition]]  # with their numbers in the outline


class _Offering:
    """A file's definitions, as what tests may be of."""

    def __init__(self, view: SourceView, tests: Sequence[Test]) -> None:
        self._view = view
        self._tests = tests
        self._starts = [test.span.start for test in tests]
        self._definitions = view.outline.definitions if view.outline else ()
        self._with_methods = {
            d.parent for d in self._definitions if d.kind in METHOD_KINDS and d.body
        }

    def groups(self) -> dict[tuple[str, tuple[str, ...], bool], _Parts]:
        """The definitions that have a body and stand in no function, by name and place."""
        hidden: set[int | None] = set()  # what is local to a function, or stands among tests
        found: dict[tuple[str, tuple[str, ...], bool], _Parts] = {}
        for number, definition in enumerate(self._definitions):
            is_function = definition.kind in FUNCTION_KINDS | METHOD_KINDS
            if definition.parent in hidden or _TEST_SCOPE.match(definition.name):
                hidden.add(number)
                continue
            if is_function:
                hidden.add(number)
            elif definition.kind not in _TYPE_KINDS:
                continue
            has_name = len(definition.name) >= 3 and definition.kind not in _UNNAMED
            if definition.body is not None and has_name:
                within = tuple(definition.qualified_name.split(".")[:-1])
                place = definition.name, within, not is_function
                found.setdefault(place, []).append((number, definition))
        return found

    def offer(self, parts: _Parts, within: tuple[str, ...], is_type: bool) -> Offer | None:
        """The offer of what has one name in one place; None where it is not worth a sample."""
        view = self._view
        worthy = [part for number, part in parts if self._is_worthy(number, part)]
        spans = [self._span(part) for _, part in parts]
        size = sum(span.size for span in spans)
        if not worthy or len(parts) > _MAX_PARTS or not self._are_one(spans, is_type):
            return None
        if size > 4 * MAX_DEFINITION_CHARS:
            return None
        if (
            sum(view.surroundings.chars(span.start, span.end) for span in spans)
            > MAX_DEFINITION_CHARS
        ):
            return None
        return _offer(view, worthy, spans, within, is_type)

    def _are_one(self, spans: Sequence[Span], is_type: bool) -> bool:
        """Whether definitions of one name are overloads or clauses, and stand side by side."""
        if len(spans) == 1:
            return True
        nesting = self._view.surroundings.nesting
        return not is_type and len({nesting.container(span) for span in spans}) == 1

    def is_of_test(self, definition: Definition) -> bool:
        """Whether a definition is a test, or part of one or around one."""
        span = self._span(definition)
        index = bisect.bisect_left(self._starts, span.start)
        begins = index < len(self._starts) and self._starts[index] < span.end
        goes_on = index > 0 and self._tests[index - 1].span.end > span.start
        return definition.kind == "test" or begins or goes_on

    def _is_worthy(self, number: int, definition: Definition) -> bool:
        is_function = definition.kind in FUNCTION_KINDS | METHOD_KINDS
        return bool(
            (
                is_function
                or number in self._with_methods
                or self._view.language.name in _METHODS_APART
            )
            and _NAME.fullmatch(definition.name)
            and not _HELPER.match(definition.name)
            and not self.is_of_test(definition)
            and has_substance(self._view, definition)
        )

    def _span(self, definition: Definition) -> Span:
        """A definition in whole lines, its doc comment included unless that is long."""
        start = head_start(definition)
        if definition.span.start - start > MAX_DEFINITION_CHARS // 2:
            start = definition.span.start
        return Span(_line_start(self._view.text, start), definition.span.end)


def _offer(
    view: SourceView,
    worthy: Sequence[Definition],
    spans: Sequence[Span],
    within: tuple[str, ...],
    is_type: bool,
) -> Offer:
    """The offer of some spans, described by the longest of the definitions in them."""
    definition = max(worthy, key=lambda part: (part.span.size, -part.span.start))
    details = definition.details
    purpose = purpose_from_doc(details.summary) if definition.doc else ""
    start = spans[0].start
    headers = view.surroundings.lead(worthy[0].span, MAX_HEADER_CHARS, 0)
    # What follows a body, such as a bracket, nobody would have written.
    ends = definition.body is not None and definition.body.end == definition.span.end
    writes_body = ends and len(spans) == 1 and not is_type
    return Offer(
        name=definition.name,
        kind=definition.kind,
        owner=within[-1] if within and definition.kind in METHOD_KINDS else "",
        within=within,
        is_type=is_type,
        parts=tuple((span.start, span.end) for span in spans),
        headers=whole_lines(headers, start),
        parameters=tuple(parameter.name for parameter in details.parameters[:6]),
        purpose=purpose or purpose_from_name(definition.name, definition.kind),
        hard=dataclasses.astuple(hardness(definition, 0, view.language.name)),
        grade=definition_grade(view, definition),
        body_start=definition.body.start if definition.body and writes_body else 0,
    )


def _line_start(text: bytes, position: int) -> int:
    """Where a line begins, if nothing but white space stands before the position."""
    start = text.rfind(b"\n", 0, position) + 1
    return position if text[start:position].strip() else start
