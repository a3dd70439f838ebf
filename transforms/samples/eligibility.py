"""Which definitions are worth a sample."""

import bisect
import re

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import SourceView, remembered

FUNCTION_KINDS = frozenset(
    "function procedure subroutine test task process iterator converter".split()
)
METHOD_KINDS = frozenset(
    "method constructor destructor initializer getter setter accessor operator subscript".split()
)
CLASS_KINDS = frozenset(
    """actor annotation class class_type component contract enum extension given helper impl
    instance interface library mixin module object protocol record service struct trait
    union""".split()
)

_MIN_LINES = 2
_MIN_LETTERS = 20
_LOOKED_BYTES = 1 << 16  # of a body; functions in functions may have each nearly all of a file
# What only says that parameters are not used.
_UNUSED = rb"(?:(?:\w*UNUSED\w*\s*\([^()]*\)|\(void\)\s*\w+)[\s;]*)*"
_STUB = re.compile(
    rb"[\s{}]*"
    + _UNUSED
    + rb"(pass|\.\.\.|return(\s+(None|null|nil|-?\d|[Tt]rue|[Ff]alse))?|raise\s+NotImplemented.*"
    rb"|throw\s+new\s+\w*(NotImplemented|Unsupported|NotSupported)\w*.*"
    rb"|(unimplemented|todo|unreachable|panic)!?\s*\(.*\))[\s;{}]*",
    re.DOTALL,
)
# Nim's examples, all there is in the body of what its compiler does itself.
_EXAMPLES = re.compile(
    rb"\s*?\n([ \t]+)runnableExamples\b[^\n]*(?:\n(?:\1[ \t][^\n]*|[ \t\r]*))*\s*"
)
# Directives of C's manner and of Pascal's, with what goes on or ends a conditional as a group.
_CONDITIONAL = re.compile(
    rb"^[ \t]*(?:#[ \t]*|\{\$)(?:(el(?:se|if|seif)\b|end(?:if)?\b)|if)",
    re.MULTILINE | re.IGNORECASE,
)
# Data rather than code: tables of numbers, and runs of characters in which nothing is said.
_MIN_DATA_BYTES, _MAX_DATA_RATIO = 400, 0.5
_NUMBERS = re.compile(rb"""^[\sxXa-fA-FuUlL.,(){}\[\]'"+-]*\d[\s\dxXa-fA-FuUlL.,(){}\[\]'"+-]*$""")
_UNBROKEN = re.compile(rb"[!-~]{60,}")
# What a parser that does not know a macro takes for a function: `class EXPORT Name {`.
_TYPE_HEADER = re.compile(rb"(?:typedef\s+)?(?:class|enum|namespace|struct|union)\s[^(]*\Z")
_LETTER = re.compile(rb"[0-9A-Za-z\x80-\xff]")
_OTHERS = bytes(byte for byte in range(256) if not _LETTER.match(bytes([byte])))


def head_start(definition: Definition) -> int:
    """Return where a definition begins, a doc comment before it included."""
    doc = definition.doc
    return min(doc.start, definition.span.start) if doc else definition.span.start


def whole(definition: Definition) -> Span:
    """Return a definition's span, a doc comment before it included."""
    return Span(head_start(definition), definition.span.end)


def code_of(view: SourceView, span: Span) -> bytes:
    """Return the span's text without its comments."""
    comments = view.outline.comments if view.outline else ()
    parts, at = [], span.start
    for comment in comments[bisect.bisect_left(comments, span.start, key=lambda c: c.start) :]:
        if comment.start >= span.end:
            break
        parts.append(view.text[at : comment.start])
        at = comment.end
    return b"".join([*parts, view.text[at : span.end]])


def letters(code: bytes) -> int:
    """Count letters and digits; a byte of a non-ASCII character counts as one."""
    return len(code.translate(None, delete=_OTHERS))


@remembered
def has_substance(view: SourceView, definition: Definition) -> bool:
    """Whether a definition parses and has a body that does something, in more than one line."""
    if definition.body is None or definition.has_error:
        return False
    if _TYPE_HEADER.match(view.text, definition.span.start, definition.body.start):
        return False
    body = definition.body
    code = code_of(view, Span(body.start, min(body.end, body.start + _LOOKED_BYTES)))
    lines = sum(1 for line in code.splitlines() if letters(line))
    if lines < _MIN_LINES or letters(code) < _MIN_LETTERS or _does_nothing(code):
        return False
    is_cut = view.language.line_comment == "//" and _begins_inside(code)
    return not is_cut and not _is_data(code)


def is_stub(view: SourceView, body: Span) -> bool:
    """Whether a body does nothing, or says that it is still to be written."""
    return _does_nothing(code_of(view, body))


def _does_nothing(code: bytes) -> bool:
    return not letters(code) or bool(_STUB.fullmatch(code) or _EXAMPLES.fullmatch(code))


def _begins_inside(code: bytes) -> bool:
    """Whether a conditional that ends in the code began before it, so that its header is cut."""
    first = _CONDITIONAL.search(code)
    return first is not None and first[1] is not None


def _is_data(code: bytes) -> bool:
    """Whether most of the code is numbers, or text without words such as keys and encoded files."""
    if len(code) < _MIN_DATA_BYTES:
        return False
    unbroken = sum(len(run) for run in _UNBROKEN.findall(code))
    numbers = sum(len(line) for line in code.splitlines() if _NUMBERS.match(line))
    return max(unbroken, numbers) > _MAX_DATA_RATIO * len(code)
