import pytest

from tests.outlines.test_parse import check_promises
from tests.outlines.views import body, doc, parse, whole
from transforms.outlines.dialects import free_form

LAPACK_STYLE = b"""\
*> \\brief \\b SCALE multiplies a vector.
*
*  Arguments:
*  ==========
*
      SUBROUTINE SCALE( N, A,
     $                  X )
      INTEGER            N
C     Nothing to do?
      IF( N.EQ.0 .OR.
     $    A.EQ.1.0 ) GO TO 20
      DO 10 I = 1, N
         X( I ) = A*X( I )
   10 CONTINUE
   20 RETURN
      END
\tREAL FUNCTION HALF(X) ! of it
\tHALF = X
\t1 / 2
\tEND
"""


def test_fixed_form_is_parsed_where_it_stands() -> None:
    found = parse("fortran", LAPACK_STYLE)
    check_promises(LAPACK_STYLE, found)
    assert found.error_ratio == 0
    scale, half = found.definitions
    assert (scale.kind, scale.name, scale.start_line, scale.end_line) == (
        "subroutine",
        "SCALE",
        6,
        16,
    )
    assert [parameter.name for parameter in scale.details.parameters] == ["N", "A", "X"]
    assert scale.details.summary == "SCALE multiplies a vector."
    assert (doc(LAPACK_STYLE, scale) or b"").endswith(b"==========\n*")
    assert (body(LAPACK_STYLE, scale) or b"").endswith(b"END")
    assert whole(LAPACK_STYLE, half).startswith(b"REAL FUNCTION HALF(X) ! of it")
    assert len(found.comments) == 7


@pytest.mark.parametrize(
    ("fixed", "free"),
    [
        pytest.param(b"C a\n* b\nD c\n", b"! a\n! b\n! c\n", id="comments"),
        pytest.param(b"      A = B\n     &+ C\n", b"      A = B       + C\n", id="continued"),
        pytest.param(b"      A = B\r\n     1+ C\r\n", b"      A = B        + C\r\n", id="crlf"),
        pytest.param(
            b"      A = B ! c\n     &+ C\n", b"      A = B ! c\n      + C\n", id="comment"
        ),
        pytest.param(b"\tA = B\n\t1+ C\n", b"\tA = B \t + C\n", id="tabs"),
        pytest.param(b"", b"", id="empty"),
        pytest.param(b"call c\nend\n", b"call c\nend\n", id="free form"),
        pytest.param(
            b"program a\n     &b\nend\n", b"program a\n     &b\nend\n", id="free and continued"
        ),
    ],
)
def test_places_stay(fixed: bytes, free: bytes) -> None:
    assert free_form(fixed) == free
    assert len(fixed) == len(free)


AUTOMAKE = b"""\
if CROSS
test:
\t@echo none
else
test: all
\tmake check
endif
"""


def test_lines_that_a_grammar_does_not_know_are_parsed_as_blank() -> None:
    found = parse("make", AUTOMAKE)
    check_promises(AUTOMAKE, found)
    assert found.error_ratio == 0
    first, second = found.definitions
    assert whole(AUTOMAKE, first) == b"test:\n\t@echo none"
    assert whole(AUTOMAKE, second) == b"test: all\n\tmake check"


def test_attributes_that_a_grammar_does_not_know_are_no_errors() -> None:
    text = b"struct __align__(16) Pair { float left, right; };\n"
    found = parse("cuda", text)
    check_promises(text, found)
    assert [(d.kind, d.name, d.has_error) for d in found.definitions] == [("struct", "Pair", False)]
    assert whole(text, found.definitions[0]).startswith(b"struct __align__(16) Pair {")


# Marks of languages whose grammars take quadratic time for many comments in a row.
@pytest.mark.parametrize(
    ("language", "comment", "code"),
    [
        ("python", "# word {}", "value = 1\n"),
        ("starlark", "# word {}", "value = 1\n"),
        ("lua", "-- word {}", "value = 1\n"),
        ("luau", "-- word {}", "value = 1\n"),
    ],
    ids=lambda value: value.strip()[:8],
)
def test_many_comments_in_a_row_are_one(language: str, comment: str, code: str) -> None:
    lines = "".join(f"{comment.format(n)}\n\n" for n in range(200))
    text = f"{code}{lines}{code}".encode()
    found = parse(language, text)
    assert found.comments == ((len(code), len(text) - len(code) - 2),)
    assert found.error_ratio == 0


def test_few_comments_in_a_row_stay_apart() -> None:
    text = ("value = 1\n" + "# word\n" * 100) * 3
    assert len(parse("python", text.encode()).comments) == 300


def test_a_block_comment_among_many_lines_ends_where_it_did() -> None:
    text = "-- word\n" * 200 + "--[[ word\nx = = 1\n]]\n" + "-- word\n" * 200 + "x = 1\n"
    found = parse("lua", text.encode())
    assert len(found.comments) == 3
    assert found.error_ratio == 0


def test_lines_of_a_string_are_no_comments() -> None:
    text = 'text = """\n' + "# word\n" * 200 + '# end """\nother = 1\n'
    found = parse("python", text.encode())
    assert found.comments == ()
    assert found.error_ratio == 0
