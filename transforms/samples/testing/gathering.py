"""From a parsed file to what the pairing needs: its definitions worth a test, and its tests."""

import re
from collections.abc import Callable, Iterator, Sequence

from transforms.outlines.outline import Span
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import letters
from transforms.samples.quality import text_grade
from transforms.samples.sameness import Sameness
from transforms.samples.testing.evidence import Call, Claim, Claims, Evidence, Offered
from transforms.samples.testing.finding import Test, find_tests, is_test_file
from transforms.samples.testing.offering import (
    MAX_HEADER_CHARS,
    is_aside,
    is_made,
    offered_of,
    whole_lines,
)

TASK = "write_tests"
_MAX_TEST_CHARS = 4096
_MIN_TEST_LETTERS = 20
_MAX_IMPORT_CHARS = 1200
_MAX_CALLS, _MAX_MENTIONS, _MAX_NAMES, _MAX_IMPORTS = 40, 60, 400, 60

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
    path = view.path.removeprefix(f"{repo}/")
    is_offered = not is_made(path)
    aside = in_test_file or is_aside(path)
    offered = offered_of(view, tests, aside) if is_offered else nothing.offered
    claims = _claims(view, tests, file_quality, sameness, line_of) if tests else nothing.claims
    return Evidence(offered, claims)


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
    calls = _calls(view, code, test)
    if letters(code.encode()) < _MIN_TEST_LETTERS or not calls:
        return None
    target = (Piece(span.start, span.end),)
    cut = Cut(TASK, test.definition, (), (), target, target, span)
    lead = whole_lines(
        view.surroundings.lead(span, MAX_HEADER_CHARS, _MAX_IMPORT_CHARS), span.start
    )
    headers = whole_lines(view.surroundings.lead(span, MAX_HEADER_CHARS, 0), span.start)
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


def _has_once(code: str, name: str) -> bool:
    """Whether a test's name stands in its code only where it is defined."""
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", code)) == 1


def _suite(view: SourceView, span: Span) -> str:
    """What stands in the parentheses of a macro that makes a test: the names of suite and test."""
    line = view.text[span.start : span.start + 300].decode(errors="replace")
    return " " + line.partition("(")[2].partition(")")[0]


def _calls(view: SourceView, code: str, test: Test) -> tuple[Call, ...]:
    """What a test's code calls; its own name is no call where it stands but there."""
    spec = view.language.tests
    if spec is None:
        return ()
    own = test.definition.name if test.definition is not None else ""
    own = own if own and _has_once(code, own) else ""
    found = []
    for match in re.finditer(spec.calls, code, re.MULTILINE):
        groups = match.groupdict()
        prefix = groups.get("prefix") or ("?" if groups.get("on") else "")
        if len(match["name"]) >= 3 and match["name"] != own:
            found.append(Call(match["name"], prefix))
    return tuple(dict.fromkeys(found))[:_MAX_CALLS]


def _first(names: Sequence[str] | Iterator[str], most: int) -> tuple[str, ...]:
    """The first of the names, each once."""
    return tuple(dict.fromkeys(names))[:most]
