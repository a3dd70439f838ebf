"""From a parsed file to what the pairing needs: its definitions worth a test, and its tests."""

import bisect
import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.difficulty import hardness
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import (
    FUNCTION_KINDS,
    METHOD_KINDS,
    has_substance,
    head_start,
    letters,
)
from transforms.samples.purpose import purpose_from_doc, purpose_from_name
from transforms.samples.quality import definition_grade, text_grade
from transforms.samples.sameness import Sameness
from transforms.samples.testing.evidence import Call, Claim, Claims, Evidence, Lines, Offer, Offered
from transforms.samples.testing.finding import Test, find_tests, is_test_file

TASK = "write_tests"
MAX_DEFINITION_CHARS = 4096
_MAX_TEST_CHARS = 4096
_MIN_TEST_LETTERS = 20
_MAX_HEADER_CHARS, _MAX_IMPORT_CHARS = 600, 1200
_MAX_CALLS, _MAX_MENTIONS, _MAX_NAMES, _MAX_IMPORTS = 40, 60, 400, 60

_UNNAMED = frozenset("test constructor destructor initializer".split())
_METHODS_APART = frozenset(("rust", "go"))  # where a type's methods do not stand in it
_TYPE_KINDS = frozenset("class struct record object trait enum interface union contract".split())
_ASIDE = re.compile(
    r"(?:\A|/)(?:examples?|samples?|demos?|fixtures?|testdata|mocks?|stubs?|bench\w*|third_party"
    r"|vendor|node_modules|dist|build)/",
    re.IGNORECASE,
)
_TEST_SCOPE = re.compile(r"\A_?tests?\Z", re.IGNORECASE)
_HELPER = re.compile(
    r"_*(?i:test(?:s|ing)?|asserts?|expects?|should|mock|fake|stub|dummy)(?![a-z])"
)
_NAME = re.compile(r"[^\W\d][\w$*+!?<>=/'-]*")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
# Of what opens a group of tests: a string that is no name, and what says what the group is.
_SENTENCE = re.compile(r"(['\"`])(?:(?!\1)[^\n])* (?:(?!\1)[^\n])*\1")
_KEYWORDS = frozenset(
    """class module struct object impl mod namespace package public private internal static final
    describe context suite group testing function func fun def do end extends implements async
    tests test it""".split()
)
_CAPITAL = re.compile(r"\b[A-Z]\w+")


def evidence_of(
    view: SourceView,
    repo: str,
    file_quality: int,
    sameness: Sameness,
    line_of: Callable[[int], int],
) -> Evidence:
    """List a file's offers and claims.

    Args:
      view: the file.
      repo: its repository.
      file_quality: in ten-thousandths.
      sameness: the file's.
      line_of: tells the line of a byte.
    """
    nothing = Evidence(Offered((), ()), Claims((), (), ()))
    if view.outline is None or view.language.tests is None:
        return nothing
    in_test_file = is_test_file(view.path, repo, view.language)
    tests = find_tests(view, in_test_file)
    aside = in_test_file or bool(_ASIDE.search(view.path.removeprefix(f"{repo}/")))
    offered = _offered(view, tests, aside)
    claims = _claims(view, tests, file_quality, sameness, line_of) if tests else nothing.claims
    return Evidence(offered, claims)


def _offered(view: SourceView, tests: Sequence[Test], all_aside: bool) -> Offered:
    """List the definitions that stand in no function, those worth a sample apart.

    Args:
      view: the file.
      tests: the file's.
      all_aside: whether the file is one of tests or examples, none of whose definitions is tested.
    """
    definitions = view.outline.definitions if view.outline else ()
    starts = [test.span.start for test in tests]
    with_methods = {d.parent for d in definitions if d.kind in METHOD_KINDS and d.body}
    hidden: set[int | None] = set()  # what is local to a function, or stands among tests
    offers: list[Offer] = []
    others: dict[tuple[str, str], None] = {}
    for number, definition in enumerate(definitions):
        is_function = definition.kind in FUNCTION_KINDS | METHOD_KINDS
        if definition.parent in hidden or _TEST_SCOPE.match(definition.name):
            hidden.add(number)
            continue
        if is_function:
            hidden.add(number)
        elif definition.kind not in _TYPE_KINDS:
            continue
        if definition.body is None or len(definition.name) < 3 or definition.kind in _UNNAMED:
            continue
        span = Span(_line_start(view.text, _start_of(definition)), definition.span.end)
        is_worthy = (
            not all_aside
            and (is_function or number in with_methods or view.language.name in _METHODS_APART)
            and span.size <= 4 * MAX_DEFINITION_CHARS
            and _NAME.fullmatch(definition.name)
            and not _HELPER.match(definition.name)
            and not _overlaps(starts, tests, span.start, span.end)
            and has_substance(view, definition)
            and view.surroundings.chars(span.start, span.end) <= MAX_DEFINITION_CHARS
        )
        if is_worthy:
            offers.append(_offer(view, definition, span, not is_function))
        elif definition.kind != "test" and not _overlaps(starts, tests, span.start, span.end):
            *_, around = ["", *definition.qualified_name.split(".")[:-1]]
            others[definition.name, around] = None
    return Offered(tuple(offers), tuple(others))


def _overlaps(starts: Sequence[int], tests: Sequence[Test], start: int, end: int) -> bool:
    """Whether a test begins in a span, or goes on into it."""
    index = bisect.bisect_left(starts, start)
    begins = index < len(tests) and starts[index] < end
    return begins or (index > 0 and tests[index - 1].span.end > start)


def _start_of(definition: Definition) -> int:
    """Where a definition begins, its doc comment included unless that is long."""
    start = head_start(definition)
    return (
        start
        if definition.span.start - start <= MAX_DEFINITION_CHARS // 2
        else definition.span.start
    )


def _offer(view: SourceView, definition: Definition, span: Span, is_type: bool) -> Offer:
    *within, _ = definition.qualified_name.split(".") if definition.qualified_name else [""]
    details = definition.details
    purpose = purpose_from_doc(details.summary) if definition.doc else ""
    return Offer(
        name=definition.name,
        kind=definition.kind,
        owner=within[-1] if within and definition.kind in METHOD_KINDS else "",
        within=tuple(within),
        is_type=is_type,
        start=span.start,
        end=span.end,
        headers=_lines(view.surroundings.lead(definition.span, _MAX_HEADER_CHARS, 0), span.start),
        parameters=tuple(parameter.name for parameter in details.parameters[:6]),
        purpose=purpose or purpose_from_name(definition.name, definition.kind),
        hard=dataclasses.astuple(hardness(definition, 0, view.language.name)),
        grade=definition_grade(view, definition),
    )


def _claims(
    view: SourceView,
    tests: Sequence[Test],
    file_quality: int,
    sameness: Sameness,
    line_of: Callable[[int], int],
) -> Claims:
    if view.outline is None:
        return Claims((), (), ())
    imports = tuple(
        view.text[span.start : min(span.end, span.start + _MAX_IMPORT_CHARS)].decode(
            errors="replace"
        )
        for span in view.outline.imports[:_MAX_IMPORTS]
    )
    defined = (d.name for d in view.outline.definitions if d.kind != "test")
    found = (_claim(view, test, file_quality, sameness, line_of) for test in tests)
    return Claims(imports, _first(defined, _MAX_NAMES), tuple(claim for claim in found if claim))


def _claim(
    view: SourceView,
    test: Test,
    file_quality: int,
    sameness: Sameness,
    line_of: Callable[[int], int],
) -> Claim | None:
    """The claim of a test; None where it is too short, too long or calls nothing."""
    span = test.span
    size = span.size
    most = min(_MAX_TEST_CHARS, view.max_target_chars)
    if size > 4 * most or view.surroundings.chars(span.start, span.end) > most:
        return None
    code = sameness.bare_code(span).decode(errors="replace")
    calls = _calls(view, code)
    if letters(code.encode()) < _MIN_TEST_LETTERS or not calls:
        return None
    target = (Piece(span.start, span.end),)
    cut = Cut(TASK, test.definition, (), (), target, target, span)
    lead = _lines(view.surroundings.lead(span, _MAX_HEADER_CHARS, _MAX_IMPORT_CHARS), span.start)
    headers = _lines(view.surroundings.lead(span, _MAX_HEADER_CHARS, 0), span.start)
    opened = b"\n".join(view.text[start:end] for start, end in headers).decode(errors="replace")
    around = _SENTENCE.sub("", opened)
    if test.definition is not None and view.text[span.start : span.end].lstrip()[:4] == b"TEST":
        around += _suite(view, span)
    return Claim(
        title=test.title[:120],
        start=span.start,
        end=span.end,
        start_line=line_of(span.start),
        end_line=line_of(span.end - 1),
        around=_first((w for w in _IDENTIFIER.findall(around) if w not in _KEYWORDS), 20),
        calls=calls,
        mentions=_first(_CAPITAL.findall(code), _MAX_MENTIONS),
        lead=lead,
        target_digest=sameness.target_digest(cut).hex(),
        grade=text_grade(view.text[span.start : span.end].decode(), file_quality),
    )


def _suite(view: SourceView, span: Span) -> str:
    """What stands in the parentheses of a macro that makes a test: the names of suite and test."""
    line = view.text[span.start : span.start + 300].decode(errors="replace")
    return " " + line.partition("(")[2].partition(")")[0]


def _calls(view: SourceView, code: str) -> tuple[Call, ...]:
    spec = view.language.tests
    if spec is None:
        return ()
    found = []
    for match in re.finditer(spec.calls, code, re.MULTILINE):
        groups = match.groupdict()
        prefix = groups.get("prefix") or ("?" if groups.get("on") else "")
        if len(match["name"]) >= 3:
            found.append(Call(match["name"], prefix))
    return tuple(dict.fromkeys(found))[:_MAX_CALLS]


def _first(names: Sequence[str] | Iterator[str], most: int) -> tuple[str, ...]:
    """The first of the names, each once."""
    return tuple(dict.fromkeys(names))[:most]


def _lines(spans: Sequence[Span], before: int) -> Lines:
    return tuple((span.start, min(span.end, before)) for span in spans if span.start < before)


def _line_start(text: bytes, position: int) -> int:
    """Where a line begins, if nothing but white space stands before the position."""
    start = text.rfind(b"\n", 0, position) + 1
    return position if text[start:position].strip() else start
