"""Whether a person wrote a doc, and what a definition is without it."""

import re

from transforms.outlines.outline import Definition, Span
from transforms.samples.drafts import Edit, Piece, Text

_MIN_WORDS = 3
_MIN_CHARS = 15

_BLANK_LINES = re.compile(rb"(?:[ \t\r]*\n)*")
_MARKUP = re.compile(r"^[\s/*#!;%\"'-]+|[\s*/\"'-]+$", re.MULTILINE)
_WORD = re.compile(
    r"[^\w\s]*[^\W\d_]{2,}(?:['\u2019-][^\W\d_]+)*[^\w\s]*"
)  # by itself, not in code
_SPACED = re.compile(r"[^\s\u3001\u3002]+")
LICENCE = re.compile(
    r"copyright|licen[cs]ed? under|spdx-|all rights reserved|permission is hereby granted", re.I
)
_BOILERPLATE = re.compile(
    r"auto-?generated|generated (by|from)|do not (edit|modify)|@?inherit-?doc\b|non-javadoc"
    r"|^@deprecated|^(todo|fixme|xxx|hack)\b|^(eslint|jshint|istanbul|noinspection|nolint|pylint|@ts-|noqa)",
    re.I,
)
# Lines of a doc that say nothing of the code: who wrote it and when, names and types alone.
_UNSAID = re.compile(
    r"[@\\](?:access|api|author|category|copyright|date|export|family|group|ingroup|internal"
    r"|keywords|link|memberof|module|package|rdname|see|since|stability|subpackage|version|within)\b"
    r"|[@\\](?:arg|exception|param|raises?|returns?|throws|tparam|type|var)\b"
    r"(?:\s*\{.*?\})?(?:\s+\S+){0,2}$"
    r"|:(?:param|raises?|returns?|rtype|type)\b[^:]*:\s*\S*$"
    r"|(?:</?\w[^>]*>\s*)+$",
    re.I,
)
# What is about other code: a lone reference, what goes on with a remark, the heading of a section.
_ELSEWHERE = re.compile(
    r"(?:please )?(?:deprecated|see(?! (?:how|if|that|whether))|cf|refer to)\b(?:(?!\.\s).)*"
    r"|(?:about|actually|also|however|now that|otherwise|since we|therefore|thus|to solve)\b.*"
    r"|(?:[\w-]+ ){0,3}(?:accessors|callbacks|constructors|destructors|functions|getters|helpers"
    r"|macros|methods|operators|overrides|prototypes|setters|utilities)\W*",
    re.I,
)
_CODE_LINE = re.compile(
    r"[;{}]$|^(return|if|for|while|import|from|def|var|let|const)\b.*[({;:=]|^\w+\(.*\)$"
)


def is_human(text: bytes, doc: Span) -> bool:
    """Whether a doc says something in words: no licence, no boilerplate, no commented-out code.

    Tags that nothing is said of, a lone reference and the heading of a section say nothing.
    """
    lines = prose_lines(text, doc)
    prose = " ".join(lines)
    said = " ".join(line for line in lines if not _UNSAID.match(line))
    code_lines = sum(1 for line in lines if _CODE_LINE.search(line))
    return (
        len(said) >= _MIN_CHARS
        and sum(1 for word in _SPACED.findall(said) if _WORD.fullmatch(word)) >= _MIN_WORDS
        and not _ELSEWHERE.fullmatch(said)
        and not LICENCE.search(prose)
        and not _BOILERPLATE.search(prose)
        and 2 * code_lines <= len(lines)
    )


def without_doc(text: bytes, definition: Definition) -> Text | None:
    """Return the definition without its doc; None where that is not all there is around it."""
    edit, span = doc_edit(text, definition), definition.span
    if edit is None:
        return None
    start, end, _ = edit
    around = Piece(span.start, start), Piece(end, span.end)
    return around if span.start < start else around[1:]


def doc_edit(text: bytes, definition: Definition) -> Edit | None:
    """What takes out a definition's doc; None where it has none, or not all of it can go.

    A doc before it goes with all up to the definition, one inside with its lines and the blank
    lines after them.
    """
    doc, span = definition.doc, definition.span
    if doc is None:
        return None
    if doc.end <= span.start:
        # A remark between would show that a doc has gone, and often goes on with what it says.
        return None if text[doc.end : span.start].strip() else (doc.start, span.start, "")
    line_start = text.rfind(b"\n", 0, doc.start) + 1
    line_end = text.find(b"\n", doc.end)
    own_lines = (
        span.start < line_start
        and 0 <= line_end < span.end
        and not text[line_start : doc.start].strip()
        and not text[doc.end : line_end].strip()
    )
    if not own_lines:
        return None
    blank_lines = _BLANK_LINES.match(text, line_end + 1, span.end)
    return line_start, blank_lines.end() if blank_lines else line_end + 1, ""


def prose_lines(text: bytes, doc: Span) -> list[str]:
    """Return the lines of a doc that say something, without what marks them."""
    lines = (_MARKUP.sub("", line) for line in text[doc.start : doc.end].decode().splitlines())
    return [line for line in lines if line]
