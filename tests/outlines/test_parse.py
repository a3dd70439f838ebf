import contextlib
import itertools
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.outlines.views import body, doc, parse, whole
from tests.shared_corpus import hostile_files, real_files, vendored
from transforms.isolation import Isolated, Limits, NoAnswer
from transforms.languages.naming import name_language
from transforms.languages.spec import Language, load_languages
from transforms.outlines.outline import Outline
from transforms.outlines.parse import TooDeep, outline
from transforms.rows import Reason

PARSED = sorted(name for name, language in load_languages().items() if language.outline)
# Their grammars end soon on whatever they are given. Others hang or crash on some of it, and are
# tried in a process of their own.
STEADY = ("c", "go", "java", "javascript", "python", "rust", "tsx", "typescript")


def check_promises(text: bytes, found: Outline) -> None:
    """What holds of every outline of every text."""
    enclosing: list[int] = []  # indexes of the definitions that are still open
    definitions = found.definitions
    for index, definition in enumerate(definitions):
        span = definition.span
        assert 0 <= span.start < span.end <= len(text)
        assert index == 0 or definitions[index - 1].span.start <= span.start
        while enclosing and definitions[enclosing[-1]].span.end <= span.start:
            enclosing.pop()
        assert definition.parent == (enclosing[-1] if enclosing else None)
        assert not enclosing or definitions[enclosing[-1]].span.contains(span)
        enclosing.append(index)
        assert definition.signature.start == span.start
        assert definition.signature.end == (definition.body.start if definition.body else span.end)
        assert definition.body is None or span.contains(definition.body)
        assert definition.start_line == text.count(b"\n", 0, span.start) + 1
        assert definition.end_line == text.count(b"\n", 0, span.end - 1) + 1
        assert definition.name
        assert definition.qualified_name.endswith(definition.name)
        assert definition.details.complexity > 0 <= definition.details.nesting
        doc_text = (doc(text, definition) or b"").decode(errors="replace")
        assert all(word in doc_text for word in definition.details.summary.split())
    for spans in (found.imports, found.comments):
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert 0 <= found.error_ratio <= 1


def parsed_language(path: str, text: bytes) -> Language | None:
    language = name_language(path, text)
    return language if language and language.outline else None


def test_real_files_keep_all_promises() -> None:
    languages = set()
    for row in real_files():
        text = (vendored() / row["path"]).read_bytes()
        language = parsed_language(row["path"], text)
        if language:
            check_promises(text, outline(text, language))
            languages.add(language.name)
    assert languages >= set(STEADY)


def test_hostile_files_keep_all_promises_and_end_soon() -> None:
    for case in hostile_files():
        text = (vendored() / "adversarial" / case["path"]).read_bytes()
        language = parsed_language(case["path"], text)
        if language and language.name in STEADY:
            start = time.process_time()
            check_promises(text, outline(text, language))
            assert time.process_time() - start < 5, case["path"]


@pytest.mark.parametrize("language", STEADY)
@pytest.mark.parametrize(
    ("before", "middle", "after", "count"),
    [
        ("x = ", "(", "1" + ")" * 5_000, 5_000),
        ("", "{", "}" * 100_000, 100_000),
        ("", "-", "1;", 100_000),
        ("f(", "(", "", 2_000),
        ("", "a.b(c => ", "", 1_000),
        ("", "if (a) {} else ", "{}", 2_000),
    ],
    ids=["parentheses", "braces", "minus", "open_parentheses", "open_calls", "else_if"],
)
def test_depth_is_no_danger(
    language: str, before: str, middle: str, after: str, count: int
) -> None:
    text = (before + middle * count + after).encode()
    start = time.process_time()
    try:
        check_promises(text, parse(language, text))
    except TooDeep:
        pass
    assert time.process_time() - start < 5


@pytest.mark.parametrize("language", STEADY)
@pytest.mark.parametrize("opening", ["{", "(", "["], ids=["braces", "parentheses", "brackets"])
def test_100_000_open_brackets_are_turned_away_soon(language: str, opening: str) -> None:
    start = time.process_time()
    try:
        parse(language, b"f" + opening.encode() * 100_000)
    except TooDeep:
        pass
    assert time.process_time() - start < 5


PIECES = (
    *("def f(a):", "class A", "function f(", "x => ", "fn f()", "func (s *T) f()", "impl A"),
    *("struct a", "#define f(x) ", "typedef ", "return 1", "if a", "@x", "#[x]", "=", ","),
    *("{", "}", "(", ")", ";", "\n", "\n    ", "/** d */", "// c", "# c", '"""s"""', "\u00e9"),
)


def _keep_promises(language: str, text: bytes) -> None:
    check_promises(text, parse(language, text))


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated[None]]:
    with contextlib.closing(Isolated(_keep_promises, Limits(cpu_s=5, memory_mb=512))) as one:
        yield one


@pytest.mark.parametrize("language", PARSED)
def test_any_text_keeps_all_promises(language: str, isolated: Isolated[None]) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from(PIECES)))
    def keep(pieces: list[str]) -> None:
        try:
            isolated(language, " ".join(pieces).encode())
        except NoAnswer as error:  # a grammar may fail, in which case the file is a reject
            if error.reason == Reason.FAILED and "TooDeep" not in error.detail:
                raise

    keep()


def test_an_error_is_told_by_definition() -> None:
    text = b"function good() { return 1; }\nfunction bad() { return 1 +* ; }\nfunction too() {}\n"
    good, bad, too = parse("javascript", text).definitions
    assert (good.has_error, bad.has_error, too.has_error) == (False, True, False)
    assert whole(text, too) == b"function too() {}"


def test_error_ratio_is_the_share_of_bytes_in_top_most_errors() -> None:
    text = b"int x;\n@@@@ @@@@;\nint f(void) { return 1; }\n"
    found = parse("c", text)
    assert found.error_ratio == pytest.approx(len(b"@@@@ @@@@") / len(text), abs=2 / len(text))
    assert [body(text, d) for d in found.definitions] == [b"{ return 1; }"]
    assert parse("c", b"int f(void) { return 1; }").error_ratio == 0


def test_an_empty_text_has_an_empty_outline() -> None:
    found = parse("python", b"")
    assert (found.definitions, found.imports, found.comments) == ((), (), ())
    assert found.error_ratio == 0


def test_a_language_without_grammar_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a grammar"):
        parse("awk", b"x = 1\n")
