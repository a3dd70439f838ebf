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
_STUB = re.compile(
    rb"[\s{}]*(pass|\.\.\.|return(\s+(None|null|nil))?|raise\s+NotImplemented.*"
    rb"|throw\s+new\s+\w*(NotImplemented|Unsupported|NotSupported)\w*.*"
    rb"|(unimplemented|todo|unreachable|panic)!?\s*\(.*\))[\s;{}]*",
    re.DOTALL,
)
# What a parser that does not know a macro takes for a function: `class EXPORT Name {`.
_TYPE_HEADER = re.compile(rb"(?:typedef\s+)?(?:class|enum|namespace|struct|union)\s[^(]*\Z")
_LETTER = re.compile(rb"[0-9A-Za-z\x80-\xff]")
_OTHERS = bytes(byte for byte in range(256) if not _LETTER.match(bytes([byte])))


def head_start(definition: Definition) -> int:
    """Return where a definition begins, a doc comment before it included."""
    doc = definition.doc
    return min(doc.start, definition.span.start) if doc else definition.span.start


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
    return lines >= _MIN_LINES and letters(code) >= _MIN_LETTERS and not _STUB.fullmatch(code)
