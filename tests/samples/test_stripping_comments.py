"""What takes comments out of a definition, and leaves tidy code."""

import pytest

from tests.samples.views import view_of
from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import Piece, render_text
from transforms.samples.stripping import comment_edits


def without_comments(source: str, language: str, name: str = "") -> str:
    """Take the comments out of a definition, the first one where no name is given."""
    view, definition = _definition(source, language, name)
    span = definition.span
    return render_text(view.text, (Piece(span.start, span.end, comment_edits(view, definition)),))


def _definition(source: str, language: str, name: str) -> tuple[SourceView, Definition]:
    view = view_of(source, language)
    return view, next(d for d in view.outline.definitions if name in ("", d.name))


PYTHON = """\
def total(lines, rate=1):  # in the currency of the account
    # Lines without an amount
    # are notes.

    found = [line for line in lines if line.amount]

    # An empty list has no sum.

    if not found:

        # nothing to add up

        return None
    result = sum(
        found,  # of lines that have one
        # begin at nothing
        0,
    )
    # The rate is
    # that of today.

    # It may be negative.
    result *= rate
    for line in found:
        line.done = True

        # and on with the next

    return result  # in cents
"""
PYTHON_BARE = """\
def total(lines, rate=1):
    found = [line for line in lines if line.amount]

    if not found:
        return None
    result = sum(
        found,
        0,
    )

    result *= rate
    for line in found:
        line.done = True

    return result"""


def test_python() -> None:
    assert without_comments(PYTHON, "python") == PYTHON_BARE


@pytest.mark.parametrize("newline", ["\r\n", "\n"], ids=["crlf", "lf"])
def test_line_ends(newline: str) -> None:
    source = PYTHON.replace("\n", newline)
    assert without_comments(source, "python") == PYTHON_BARE.replace("\n", newline)


C = """\
int sum(int *numbers /* not owned */, /* how many */ int count)
{
  /* Nothing is in it yet. */
  int result = 0; /* so far */

  for (int i = 0; i < count; i++) // one after the other
    /* may overflow
       and wrap around */
    result += numbers[/* the next */ i];
  check(/* no arguments */);
  return/* all of it */result;
}"""
C_BARE = """\
int sum(int *numbers, int count)
{
  int result = 0;

  for (int i = 0; i < count; i++)
    result += numbers[i];
  check();
  return result;
}"""
HASKELL = """\
module M where
total xs = go 0 xs -- starts with nothing
  where
    {- The sum so far comes first. -}
    go acc [] = acc
    -- take one more
    go acc (y:ys) = go (acc + y) ys
"""
HASKELL_BARE = """\
total xs = go 0 xs
  where
    go acc [] = acc
    go acc (y:ys) = go (acc + y) ys"""
LUA = """\
local function total(numbers)
  local sum = 0 -- nothing yet
  --[[ All of them, one
       after the other. ]]
  for _, n in ipairs(numbers) do sum = sum + n end
  return sum
end"""
LUA_BARE = """\
local function total(numbers)
  local sum = 0
  for _, n in ipairs(numbers) do sum = sum + n end
  return sum
end"""
PASCAL = """\
unit u;
implementation
procedure Stop(Code: Integer);
begin
  { Set the error code first. }
  Error := Code; // and keep it
  {$IFDEF Unix}
  Halt(Code); (* no way back *)
  {$ENDIF}
end;
end."""
PASCAL_BARE = """\
procedure Stop(Code: Integer);
begin
  Error := Code;
  {$IFDEF Unix}
  Halt(Code);
  {$ENDIF}
end;"""
LISP = """\
(defun total (numbers)
  ;; Add up all of them.
  (let ((sum 0)) ; nothing yet
    (dolist (n numbers sum)
      #| one more |#
      (incf sum n))))"""
LISP_BARE = """\
(defun total (numbers)
  (let ((sum 0))
    (dolist (n numbers sum)
      (incf sum n))))"""
ERLANG = """\
-module(m).
total(Numbers) ->
    %% Begin with nothing.
    lists:foldl(fun(N, Sum) -> Sum + N end, 0, Numbers). % no tail is kept
"""
ERLANG_BARE = """\
total(Numbers) ->
    lists:foldl(fun(N, Sum) -> Sum + N end, 0, Numbers)."""


@pytest.mark.parametrize(
    ("language", "source", "bare"),
    [
        ("c", C, C_BARE),
        ("haskell", HASKELL, HASKELL_BARE),
        ("lua", LUA, LUA_BARE),
        ("pascal", PASCAL, PASCAL_BARE),
        ("commonlisp", LISP, LISP_BARE),
        ("erlang", ERLANG, ERLANG_BARE),
    ],
    ids=["c", "haskell", "lua", "pascal", "commonlisp", "erlang"],
)
def test_languages(language: str, source: str, bare: str) -> None:
    assert without_comments(source, language, "Stop" if language == "pascal" else "") == bare


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "def f(a):\n    # noqa: E501\n    # print(a)\n    return a  # TODO: say more\n"),
        ("c", "int f(int a) {\n  return a; /* one remark */ /* another */\n}\n"),
        (
            "tcl",
            "proc f {a} {\n    puts $a ;# say it\n             # aloud\n    return $a\n}\n",
        ),
        ("tsx", "function f() {\n  return <p>{/* nothing is in it */}</p>;\n}\n"),
        (
            "python",
            "def f(a):\n    b = a  # TODO: say more\n           # than that alone\n    return b\n",
        ),
        ("python", "def f(a):\n    text = '# no comment at all'\n    return text + a\n"),
    ],
    ids=["no words", "side by side", "tcl", "jsx", "goes on", "string"],
)
def test_what_stays(language: str, source: str) -> None:
    view, definition = _definition(source, language, "")
    assert comment_edits(view, definition) == ()


JAVA = """\
class Sums {
  // What was added so far.
  int sum;

  /** Adds a number. */
  int add(int n) {
    // it may overflow
    return sum += n;
  }
}"""


def test_docs_inside_stay() -> None:
    bare = without_comments(JAVA, "java", "Sums")
    kept = [line for line in JAVA.splitlines() if "//" not in line]
    assert bare == "\n".join(kept)
    assert without_comments(JAVA, "java", "add") == "int add(int n) {\n    return sum += n;\n  }"


def test_many_comments_on_one_line_take_no_time() -> None:
    calls = " ".join(f"f({n} /* number of it */);" for n in range(20_000))
    source = f"void all(void) {{ {calls} }}"
    assert without_comments(source, "c").count("(") == 20_001
