"""A definition as mutation operators see it: places found by pattern, confirmed by syntax."""

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import tree_sitter

from transforms.languages.mutation_spec import MutationSpec
from transforms.outlines.outline import Definition, Span
from transforms.samples.drafts import Edits, digest

# Nodes whose children are statements, one after the other.
SEQUENCE = re.compile(
    r"(block|block_statement|body_statement|body|suite|compound_statement|statement_list|statements|program|section|then|do"
    r"|chunk|do_group|source_file|braced_expression|statement_group|_case|case_statement"
    r"|switch_default|^else)$",
    re.IGNORECASE,
)
_PLACES = 24  # looked at for one operator
_CLIMB = 12  # parents looked at
_MAX_OPERANDS = 400  # bytes of an expression looked at
_MAX_LEFT_OUT = 400  # bytes of a statement
_TEXT = re.compile(r"string|char|comment|content|text|heredoc|regex|quoted|preproc_arg", re.I)
# What talks about the program rather than being it: messages, assertions, errors.
_IDLE = re.compile(
    rb"(?:raise|throw|assert|doAssert|echo|puts|warn|print|die|croak|todo)\b(?!\s*[=.:]|\()"
    rb"|(?:[\w$@]+(?:\.|->|::))*(?i:log(?:ger|f|ln|_?(?:debug|info|warn|warning|error|msg))?|log[A-Z_]\w*"
    rb"|v?debug\w*|trace\w*|warn(?:ing|f|s|ings)?|info[fs]?|\w*errorf?|fatal\w*|panic\w*|crit(?:ical)?"
    rb"|\w*print(?:f|ln|k|_\w+)?|puts|echo|syslog|\w*assert\w*|expect\w*|require|abort|die|croak|confess|carp"
    rb"|nslog|message|stopifnot|d?check(?:_\w+|(?:not|arg|state|index|type)\w*)?|sprintf|snprintf|format|trigger_error|\w*exception"
    rb"|werr?|xfail|skip\w*|unreachable|bug_?on|\w*unused\w*)!?\s*\("
    rb"|\(\s*void\s*\)"
    rb"|[A-Z_]+_VALIDATE\w*\s*\(|console\.|logger\.|logging\.|log\.|#"
    rb"|def(?:p|macrop?|guardp?)?\s"  # a head, not what it does
)

_CONDITIONALS = frozenset(("if_statement", "if_expression", "if"))
# A condition of nothing but a message, in its line or a block: up to its parenthesis, and after it.
_LOGS = re.compile(
    rb"if\b[^\n]{1,160}?[\s){:]\s*(?:[\w$@]+(?:\(\w*\))?(?:\.|->|::))*(?:\w*(?:[lL]og(?:ger|f|rus"
    rb"|[A-Z_]\w*)?|LOG\w*|[wW]arn(?:ing|f|_once)?|WARN\w*|[dD]ebug\w*)|level|trace|console)\b"
    rb"[.\w]*!?\s*\("
)
_LOGGED = re.compile(rb"(?:\.\w+\([^{}\n]*\))?;?\s*(?:\}|end|fi)?\s*")
_MAX_LOGGED = 600  # bytes of such a statement
# A line that asks how much is to be said.
_MODE = re.compile(rb"trace|verbos|debug|quiet|log_?(?:level|enabled)|isLoggable", re.IGNORECASE)
_MODE_BYTES = 200


class Infix(NamedTuple):
    """An operator between two operands.

    Attributes:
      node: all three.
      place: the operator's.
    """

    node: tree_sitter.Node
    place: Span
    left: bytes
    token: bytes
    right: bytes


@dataclasses.dataclass(frozen=True)
class Scene:
    """A definition in its file.

    Attributes:
      text: the file's.
      root: of its tree.
      drawn: what choices depend on; a function of the seed and of the definition's text.
    """

    text: bytes
    root: tree_sitter.Node
    definition: Definition
    body: Span
    spec: MutationSpec
    drawn: bytes

    def draw(self, *parts: bytes | str) -> int:
        """Draw a number from 0 to 2^64 - 1 for a choice."""
        return int.from_bytes(digest(self.drawn, *parts)[:8], "little")

    def matches(
        self,
        pattern: re.Pattern[bytes],
        salt: str,
        fits: Callable[[re.Match[bytes]], bool] | None = None,
    ) -> Iterator[re.Match[bytes]]:
        """Yield places in the body that fit a pattern, in order from a drawn one on."""
        found = list(filter(fits, pattern.finditer(self.text, self.body.start, self.body.end)))
        if found:
            first = self.draw(salt) % len(found)
            yield from (found[first:] + found[:first])[:_PLACES]

    def node_at(self, start: int, end: int) -> tree_sitter.Node | None:
        """Find the syntax node, no text or comment, that is just these bytes."""
        node = self.root.descendant_for_byte_range(start, end)
        if node is None or node.start_byte != start or node.end_byte != end:
            return None
        return None if _TEXT.search(node.type) else node

    def tokens(self, words: Sequence[str], salt: str) -> Iterator[tree_sitter.Node]:
        """Yield nodes that are one of these tokens, in code that does something."""
        if words:
            for match in self.matches(_pattern(tuple(words)), salt):
                node = self.node_at(*match.span())
                if node is not None and not self.is_idle(node):
                    yield node

    def infixes(self, words: Sequence[str], salt: str) -> Iterator[Infix]:
        """Yield places where one of these tokens stands between two operands."""
        for node in self.tokens(words, salt):
            infix = self.infix(outermost(node))
            if infix is not None:
                yield infix

    def infix(self, operator: tree_sitter.Node) -> Infix | None:
        """Return the expression whose operator a node is; None where it is none, or a long one."""
        around = operator.parent
        if around is None or around.child_count != 3:
            return None
        left, middle, right = around.children
        if middle != operator or around.end_byte - around.start_byte > _MAX_OPERANDS:
            return None
        if not (left.is_named or left.type.isalpha()) or not (
            right.is_named or right.type.isalpha()
        ):
            return None
        place = Span(operator.start_byte, operator.end_byte)
        if self._is_generic(around, place, self.written(left)):
            return None
        return Infix(
            around,
            place,
            self.written(left),
            self.text[place.start : place.end],
            self.written(right),
        )

    def _is_generic(self, around: tree_sitter.Node, place: Span, left: bytes) -> bool:
        """Whether an operator is a bracket around arguments of a type."""
        beside = self.text[place.start - 1 : place.start] + self.text[place.end : place.end + 1]
        bracket = self.text[place.start : place.end] in (b"<", b">")
        return (
            _GENERIC.match(self.text, place.start) is not None
            or self.text[around.end_byte : around.end_byte + 1] == b">"
            or (bracket and beside.split() == [beside] and _TYPE.search(left) is not None)
        )

    def written(self, node: tree_sitter.Node) -> bytes:
        """The text of a node."""
        return self.text[node.start_byte : node.end_byte]

    def is_idle(self, node: tree_sitter.Node | None) -> bool:
        """Whether a node stands in a message, an assertion or an error, or asks for one."""
        if node is not None and self._asks_to_say(node.start_byte):
            return True
        for _ in range(_CLIMB):
            if node is None or node.start_byte < self.body.start or SEQUENCE.search(node.type):
                return False
            if "preproc" in node.type or _IDLE.match(self.text, node.start_byte):
                return True
            if node.type in _CONDITIONALS and _only_logs(self.written(node)):
                return True
            node = node.parent
        return False

    def _asks_to_say(self, position: int) -> bool:
        start = self.text.rfind(b"\n", max(position - _MODE_BYTES, 0), position) + 1
        start = start or max(position - _MODE_BYTES, 0)
        end = self.text.find(b"\n", position, position + _MODE_BYTES)
        end = end if end >= 0 else position + _MODE_BYTES
        return _MODE.search(self.text, start, end) is not None

    def statement(self, node: tree_sitter.Node | None) -> tree_sitter.Node | None:
        """Return the statement that a node stands in; None where its parent is no sequence."""
        for _ in range(_CLIMB):
            if node is None or node.start_byte < self.body.start:
                return None
            around = node.parent
            if around is None:
                return None
            if SEQUENCE.search(around.type):
                return node
            node = around
        return None

    def without(self, statement: tree_sitter.Node) -> Edits:
        """Take out a statement with its lines; nothing where it shares them, or stands alone."""
        if not has_neighbours(statement):
            return ()
        start = self.text.rfind(b"\n", 0, statement.start_byte) + 1
        if statement.end_byte - statement.start_byte > _MAX_LEFT_OUT:
            return ()
        if self.text[start : statement.start_byte].strip() or start <= self.body.start:
            return ()
        if not self.text[statement.end_byte : self.body.end].strip():  # nothing ends its line
            return ((start - 1, statement.end_byte, ""),)
        after = _LINE_END.match(self.text, statement.end_byte)
        if not after or after.end() > self.body.end:
            return ()
        end = after.end()
        above = self.text[self.text.rfind(b"\n", 0, start - 1) + 1 : start]
        below = _BLANK.match(self.text, end)
        first = not self.text[self.body.start : start].strip(b"{ \t\r\n")
        if below and (first or not above.strip()):  # blank lines would show the place
            end = below.end()
        return ((start, end, ""),)


_GENERIC = re.compile(rb">(?=[.(:,){}])")  # ends arguments of a type, whatever the grammar says
_TYPE = re.compile(rb"(?<!\w)[A-Z]\w*[a-z]\w*\Z")  # in front of a bracket without a space
_BLANK = re.compile(rb"[ \t]*\r?\n")
_LINE_END = re.compile(rb"[ \t]*;?[ \t]*(?:(?://|#|--)[^\n]*)?\r?\n")


def _only_logs(written: bytes) -> bool:
    """Whether an `if` says something where its condition holds, and does no more."""
    head = _LOGS.match(written) if len(written) <= _MAX_LOGGED else None
    if head is None:
        return False
    depth, at = 1, head.end()
    while depth and at < len(written):
        depth += {b"(": 1, b")": -1}.get(written[at : at + 1], 0)
        at += 1
    return depth == 0 and _LOGGED.fullmatch(written, at) is not None


def outermost(node: tree_sitter.Node) -> tree_sitter.Node:
    """Return the last of the nodes around that have the same bytes; no block of statements."""
    around = node.parent
    while (
        around is not None
        and around.start_byte == node.start_byte
        and around.end_byte == node.end_byte
        and not SEQUENCE.search(around.type)
    ):
        node, around = around, around.parent
    return node


def has_neighbours(statement: tree_sitter.Node) -> bool:
    """Whether other statements stand beside one."""
    return _beside(statement, "prev_named_sibling") or follows(statement)


def follows(statement: tree_sitter.Node) -> bool:
    """Whether another statement follows one."""
    return _beside(statement, "next_named_sibling")


def _beside(statement: tree_sitter.Node, which: str) -> bool:
    node = getattr(statement, which)
    while node is not None and ("comment" in node.type or node.type == "else_clause"):
        node = getattr(node, which)
    return node is not None


@functools.cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[bytes]:
    """Make the pattern of any of these tokens, the longest first; words are whole words.

    What stands before a word is looked at after it: a pattern that begins with letters is faster.
    """
    parts = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        first, *rest = map(re.escape, word.split(" "))
        before = rf"(?<![\w$@.]{first})" if word[0].isalnum() else ""
        after = r"(?!\w)" if word[-1].isalnum() else ""
        parts.append(r"\s+".join([first + before, *rest]) + after)
    return re.compile("|".join(parts).encode())


@functools.cache
def exchange(pairs: tuple[str, ...]) -> Mapping[str, str]:
    """Tell what each token of some pairs is exchanged for."""
    table: dict[str, str] = {}
    for pair in pairs:
        one, other = pair.split(", ")
        table |= {one: other, other: one}
    return table
