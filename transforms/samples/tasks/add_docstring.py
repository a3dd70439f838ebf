"""Document a definition: the prompt is it without its doc, the target the same with it."""

import re
from collections.abc import Iterator

from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece, Text
from transforms.samples.eligibility import code_of, head_start, letters
from transforms.samples.stripping import inner_doc_edit

_NAME = "add_docstring"
_MIN_WORDS = 3
_MIN_CHARS = 15
_MIN_LETTERS = 20
_MIN_DOC_RATIO = 0.02  # where less of the target is the doc, the rest is copying

_MARKUP = re.compile(r"^[\s/*#!;%\"'-]+|[\s*/\"'-]+$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LICENCE = re.compile(
    r"copyright|licen[cs]ed? under|spdx-|all rights reserved|permission is hereby granted", re.I
)
_BOILERPLATE = re.compile(
    r"auto-?generated|generated (by|from)|do not (edit|modify)|@?inherit-?doc\b|non-javadoc"
    r"|^@deprecated|^(todo|fixme|xxx|hack)\b|^(eslint|jshint|istanbul|noinspection|nolint|pylint|@ts-|noqa)",
    re.I,
)
_CODE_LINE = re.compile(
    r"[;{}]$|^(return|if|for|while|import|from|def|var|let|const)\b.*[({;:=]|^\w+\(.*\)$"
)


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a cut for each definition with a body and a doc that a person wrote about it."""
    definitions = view.outline.definitions if view.outline else ()
    for definition in definitions:
        body, doc = definition.body, definition.doc
        if body is None or doc is None or definition.has_error:
            continue
        if letters(code_of(view, body)) < _MIN_LETTERS or not is_human(view.text, doc):
            continue
        span = Span(head_start(definition), definition.span.end)
        context = without_doc(view.text, definition)
        if context is None or doc.size < _MIN_DOC_RATIO * span.size:
            continue
        target = (Piece(span.start, span.end),)
        yield Cut(
            task=_NAME,
            definition=definition,
            context=context,
            suffix=(),
            target=target,
            identity=target,
            span=span,
        )


def is_human(text: bytes, doc: Span) -> bool:
    """Whether a doc says something in words: no licence, no boilerplate, no commented-out code."""
    lines = [_MARKUP.sub("", line) for line in text[doc.start : doc.end].decode().splitlines()]
    lines = [line for line in lines if line]
    prose = " ".join(lines)
    code_lines = sum(1 for line in lines if _CODE_LINE.search(line))
    return (
        len(prose) >= _MIN_CHARS
        and len(_WORD.findall(prose)) >= _MIN_WORDS
        and not _LICENCE.search(prose)
        and not _BOILERPLATE.search(prose)
        and 2 * code_lines <= len(lines)
    )


def without_doc(text: bytes, definition: Definition) -> Text | None:
    """Return the definition without its doc; None where that is not all there is around it."""
    doc, span = definition.doc, definition.span
    if doc is None:
        return None
    if doc.end <= span.start:
        # A remark between would show that a doc has gone, and often goes on with what it says.
        remark = text[doc.end : span.start].strip()
        return None if remark else (Piece(span.start, span.end),)
    edit = inner_doc_edit(text, definition)
    return (Piece(span.start, edit[0]), Piece(edit[1], span.end)) if edit else None


SPEC = TaskSpec(name=_NAME, cut=_cut)
