"""Where a body may have a hole: at nodes of the syntax, of a kind, or at random."""

import bisect
import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

import tree_sitter

from transforms.outlines.outline import Span
from transforms.samples.eligibility import letters

_MAX_CLIMB_BYTES = 2400
# What one cannot guess, or need not: words of a text, names, operators.
_NOT_A_HOLE = re.compile(
    r"comment|string|heredoc|char|text|content|regex|identifier|pattern|preproc|ERROR"
    r"|member|access|attribute|selector|field_expression|navigation|dot"  # but beginnings of calls
    r"|selected|qualified|scope|signature|(?<!^)procedure_body|subprogram_body|extract_operator|^k[A-Z]|^end"
)
_SEQUENCE = re.compile(
    r"(block|[bB]ody|suite|compound_statement|statement_list|statements|program|section|Block(Expr)?"
    r"|braced_expression|block_statement|do_group|lambda_literal|braced_word)$|^(then|else|do|ensure)$"
)
_OPERATIONS = ("expression", "custom_invoke")  # a smali operand is called body
_ARGUMENTS = re.compile(
    r"^(argument_list|arguments|value_arguments|call_arguments|named_arguments|args|expr_args"
    r"|actual_parameter_part|FnCallArguments|argument_expression_list|macro_call_args|exprArgs)$"
)
_EXPRESSION = re.compile(
    r"expression$|_expr$|(?<!Block)Expr$|^expr|call(_expr)?$|invocation|^binary|^unary|operat(or|ion)$|ternary"
    r"|^conditional$|lambda|closure|anonymous_function|function_literal|comprehension|subscript"
    r"|^index|^infix$|^apply$|_lit$|^(list|array|vec|map|hash|tuple|dictionary|object|table)(_literal)?$"
    r"|literal_value|initializer_list|InitList|^conjunction|^disjunction|^comparison"
)
_WORDS = re.compile(rb"[\w.:]+")
_QUOTED = re.compile(rb"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\\n])*'|`[^`]*`", re.DOTALL)
_MIN_SAID_LETTERS = 8  # of an expression, outside of its strings
_MAX_TEXT_LETTERS = 40  # of the strings in a hole, where they are most of it
_MIN_SAID_RATIO = 1 / 3
# Where a body ends with its own end, by a keyword below its header, and what opens one.
_END = re.compile(rb"\n([ \t]*)end\w*\b[^\n]*$", re.IGNORECASE)
_OPENING = re.compile(rb"(do|begin|then|is)\b(?![ \t]*[|(\[])", re.IGNORECASE)
_EQUALS = re.compile(rb"(?:=>?|->)(?=\s)")
_CLOSING = re.compile(r"comment|^k[A-Z]|^end")
_NO_EXPRESSION = re.compile(r"assign|statement|declaration|clause|_case$|^case|sym_lit|kwd_lit")
_BRACKETS = {b"(": b")", b"{": b"}", b"[": b"]"}
_LINES = 8
_INDENT = re.compile(rb"[ \t]*")
_BLANK_LINES = re.compile(rb"(?:[ \t\r]*\n)*")


def find(
    kind: str, text: bytes, around: Sequence["Enclosing"], inner: Span, place: int, size: int
) -> Span | None:
    """Find a hole.

    Args:
      kind: statement, block, expression, arguments, body, lines or characters.
      around: the nodes around the place.
      inner: the inside of a body, which holds the hole.
      place: a byte that is to be in the hole.
      size: about how many bytes it is to have.
    """
    if kind == "body":
        return inner
    if kind == "characters":
        return _characters(text, inner, place, size)
    if kind == "lines":
        return _lines(text, inner, place, size)
    nodes = [enclosing.node for enclosing in around if enclosing.kind == kind]
    if not nodes:
        return None
    node = next((n for n in nodes if n.end_byte - n.start_byte >= size), nodes[-1])
    if kind == "statement":
        return _trimmed(text, node.start_byte, max(_run_end(node, size), node.end_byte))
    if kind == "block":
        return _between(text, node)
    whole = _trimmed(text, node.start_byte, node.end_byte)
    whole = _without_brackets(text, whole) if kind == "arguments" else whole
    return whole if _says_something(text[whole.start : whole.end]) else None


class Enclosing(NamedTuple):
    """A node around a place, and what kind of hole it is; empty for none."""

    kind: str
    node: tree_sitter.Node


def enclosing(tree: tree_sitter.Node, inner: Span, place: int) -> list[Enclosing]:
    """Return the nodes around a place inside a body, the smallest first, but for large ones.

    Args:
      tree: the root of the syntax that the place is in.
    """
    found: list[Enclosing] = []
    node = tree.named_descendant_for_byte_range(place, place + 1)
    while node is not None and node.end_byte - node.start_byte <= _MAX_CLIMB_BYTES:
        if not inner.contains(Span(node.start_byte, node.end_byte)):
            break
        parent = node.parent  # found from the root
        if parent is not None:
            found.append(Enclosing(_kind_of(node.type, parent.type), node))
        node = parent
    return found


def inside(text: bytes, head: int, body: Span, comments: Sequence[Span]) -> Span:
    """Return what stands in a body, without the words and marks that open and close it.

    Nor has it the comments that it is headed by.

    Args:
      head: where the definition begins; an end as far indented as its line is its own.
    """
    span = _uncommented(text, _without_brackets(text, _stripped(text, body), b"{"), comments)
    code = text[span.start : span.end]
    opening, end = _OPENING.match(code), _END.search(code)
    indent = _INDENT.match(text, text.rfind(b"\n", 0, head) + 1)
    if end and indent and end[1] == indent[0]:
        start = span.start + (opening.end() if opening else 0)
        return _uncommented(text, _stripped(text, Span(start, span.start + end.start())), comments)
    equals = _EQUALS.match(code)
    start = span.start + (equals.end() if equals else 0)
    return _uncommented(text, _stripped(text, Span(start, span.end)), comments)


def _uncommented(text: bytes, span: Span, comments: Sequence[Span]) -> Span:
    """Leave out the comments at the beginning."""
    at = bisect.bisect_left(comments, span.start, key=lambda comment: comment.start)
    while at < len(comments) and comments[at].start == span.start and comments[at].end < span.end:
        span = _stripped(text, Span(comments[at].end, span.end))
        at += 1
    return span


@functools.cache
def _kind_of(kind: str, parent: str) -> str:
    """What kind of hole a node of this type is, in a parent of that."""
    if _NOT_A_HOLE.search(kind):
        return ""
    if _SEQUENCE.search(kind):
        return "" if parent in _OPERATIONS or kind.endswith("section") else "block"
    if _ARGUMENTS.search(kind):
        return "arguments"
    if _SEQUENCE.search(parent):
        return "statement"
    return "expression" if _EXPRESSION.search(kind) and not _NO_EXPRESSION.search(kind) else ""


def _run_end(node: tree_sitter.Node, size: int) -> int:
    """Return where the last statement ends that fits into the size together with this one."""
    end = node.end_byte
    following = node.next_named_sibling
    while following is not None and following.end_byte - node.start_byte <= size:
        if _is_statement(following):
            end = following.end_byte
        following = following.next_named_sibling
    return end


def _between(text: bytes, node: tree_sitter.Node) -> Span | None:
    """Return a block from its first statement to its last one."""
    children = [child for child in node.named_children if _is_statement(child)]
    if not children:
        return None
    span = _trimmed(text, children[0].start_byte, children[-1].end_byte)
    return _without_brackets(text, span, b"{")


def _is_statement(child: tree_sitter.Node) -> bool:
    """Whether what stands in a sequence is neither a comment nor a word that closes it."""
    return _CLOSING.search(child.type) is None


def _says_something(code: bytes) -> bool:
    """Whether an expression is more than a name and the text of strings."""
    said = letters(_QUOTED.sub(b"", code))
    return said >= _MIN_SAID_LETTERS and _WORDS.fullmatch(code) is None


def is_text(code: bytes) -> bool:
    """Whether code is strings for the most part, of words that nobody could guess."""
    whole, said = letters(code), letters(_QUOTED.sub(b"", code))
    return whole - said > _MAX_TEXT_LETTERS and said < _MIN_SAID_RATIO * whole


def _characters(text: bytes, inner: Span, place: int, size: int) -> Span | None:
    """Return bytes from the place on, whole characters."""
    start, end = place, min(place + size, inner.end)
    while start > inner.start and _continues(text, start):
        start -= 1
    while end > start and _continues(text, end):
        end -= 1
    return Span(start, end) if text[start:end].strip() else None


def _continues(text: bytes, position: int) -> bool:
    """Whether the byte at a position is no beginning of a character."""
    return position < len(text) and text[position] & 0xC0 == 0x80


def _lines(text: bytes, inner: Span, place: int, size: int) -> Span | None:
    """Return whole lines from the place's line on, without the last newline."""
    start = text.rfind(b"\n", 0, place) + 1
    if start < inner.start or not text[start : place + 1].strip():
        start = max(text.find(b"\n", place, inner.end) + 1, inner.start)
    blank = _BLANK_LINES.match(text, start)
    start = blank.end() if blank else start
    end = start
    for _ in range(_LINES):
        line_end = text.find(b"\n", end + 1, inner.end)
        end = inner.end if line_end < 0 else line_end
        if end - start >= size or line_end < 0:
            break
    return Span(start, end) if text[start:end].strip() else None


def _without_brackets(text: bytes, span: Span, opening: bytes = b"({[") -> Span:
    first, last = text[span.start : span.start + 1], text[span.end - 1 : span.end]
    if span.size >= 2 and first in opening and _BRACKETS.get(first) == last:
        return _stripped(text, Span(span.start + 1, span.end - 1))
    return span


def _stripped(text: bytes, span: Span) -> Span:
    inner = text[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    return _trimmed(text, start, span.end)


def _trimmed(text: bytes, start: int, end: int) -> Span:
    """Leave out white space at the end; the nodes of some grammars hold their newline."""
    return Span(start, start + len(text[start:end].rstrip()))
