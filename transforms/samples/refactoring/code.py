"""A definition's text as rules see it: nodes, lines, indentation, and how a branch is written."""

import dataclasses
import re
from collections.abc import Sequence

import tree_sitter

from transforms.languages.refactor_spec import StructureSpec

Rewrite = tuple[int, int, str]  # bytes of the code, and what takes their place
Found = dict[str, tree_sitter.Node]  # what a site's pattern captured

_INDENT = re.compile(rb"[ \t]*")
_UNIT = re.compile(r" {1,8}|\t{1,2}")
_DIRECTIVE = re.compile(
    r"[ \t]*#[ \t]*(?:if|el|endif|define|undef|include|pragma|region|endregion)"
)
_PARENTHESES = re.compile(r"\((.*)\)", re.DOTALL)
_BRACE_ALONE = re.compile(rb"^[ \t]*(?:if|else|for|foreach|while)\b[^\n{]*\n[ \t]*\{", re.MULTILINE)
_BRACE_AFTER = re.compile(rb"\b(?:if|else|for|foreach|while)\b[^\n{]*\{[ \t]*$", re.MULTILINE)
_STYLE_BYTES = 50_000  # of a file, enough to see its style
_SPACE = re.compile(r"\s+")


@dataclasses.dataclass(frozen=True)
class Code:
    """A definition, parsed by itself in a shell.

    Attributes:
      text: with the shell.
      strings: where strings over several lines stand, as (start, end).
      start, end: where the definition stands in the text.
      opens_lines: whether a brace that opens a branch has a line of its own.
    """

    text: bytes
    spec: StructureSpec
    strings: Sequence[tuple[int, int]]
    start: int
    end: int
    opens_lines: bool

    def of(self, node: tree_sitter.Node) -> str:
        """The text of a node."""
        return self.between(node.start_byte, node.end_byte)

    def between(self, start: int, end: int) -> str:
        """The text from start to end."""
        return self.text[start:end].decode()

    def line_start(self, position: int) -> int:
        """Where the line of a position begins."""
        return self.text.rfind(b"\n", 0, position) + 1

    def line_end(self, position: int) -> int:
        """Where the line of a position ends, before its newline."""
        end = self.text.find(b"\n", position)
        return len(self.text) if end < 0 else end

    def indent(self, position: int) -> str:
        """White space at the beginning of a position's line."""
        match = _INDENT.match(self.text, self.line_start(position))
        return match.group().decode() if match else ""

    def begins_line(self, position: int) -> bool:
        """Whether only white space stands before a position on its line."""
        return not self.text[self.line_start(position) : position].strip()

    def ends_line(self, position: int) -> bool:
        """Whether only white space stands after a position on its line."""
        return not self.text[position : self.line_end(position)].strip()

    def stands_alone(self, node: tree_sitter.Node) -> bool:
        """Whether a node has its lines for itself."""
        return self.begins_line(node.start_byte) and self.ends_line(node.end_byte)

    def unit(self, node: tree_sitter.Node, body: tree_sitter.Node) -> str | None:
        """One step of indentation: of a body's first line below the node's; None if it is odd."""
        inside = self.content(body)
        if inside is None:
            return None
        outer = self.indent(node.start_byte)
        brace = self.spec.style == "braces" and self.begins_line(body.start_byte)
        if brace and self.indent(body.start_byte) != outer:
            return None
        first = next(line for line in inside.split("\n") if line.strip())
        inner = first[: len(first) - len(first.lstrip(" \t"))]
        step = inner.removeprefix(outer)
        return step if inner.startswith(outer) and _UNIT.fullmatch(step) else None

    def content(self, block: tree_sitter.Node) -> str | None:
        """The lines inside a block, without their last newline; None where they are not whole."""
        span = self.content_span(block)
        text = self.between(*span) if span else ""
        return text if text.strip() else None

    def content_span(self, block: tree_sitter.Node) -> tuple[int, int] | None:
        """Where the lines inside a block begin and end."""
        if self.spec.style != "braces":
            if not self.stands_alone(block):
                return None
            return self.line_start(block.start_byte), self.line_end(block.end_byte)
        start, end = block.start_byte + 1, block.end_byte - 1
        written = self.text[block.start_byte : start] + self.text[end : end + 1]
        if written != b"{}" or not self.ends_line(start) or not self.begins_line(end):
            return None
        return self.line_end(start) + 1, max(self.line_start(end) - 1, self.line_end(start) + 1)

    def indented(self, start: int, end: int, step: str) -> str | None:
        """Lines with a step before each; None where that would change what they say."""
        if any(start < after and before < end for before, after in self.strings):
            return None
        lines = self.between(start, end).split("\n")
        if any(_DIRECTIVE.match(line) or line.rstrip("\r").endswith("\\") for line in lines):
            return None
        if any(line[:1] in (" ", "\t") and line[:1] != step[:1] for line in lines):
            return None  # tabs and spaces are mixed
        return "\n".join(step + line if line.strip() else line for line in lines)

    def head(self, condition: str) -> str:
        """How a branch on a condition begins."""
        inner = _PARENTHESES.fullmatch(condition)
        if inner and "(" in self.spec.head and balanced(inner.group(1)):
            condition = inner.group(1)
        return self.spec.head.replace("@", condition)

    def branch(self, condition: str, inner: str, indent: str, other: str = "") -> str:
        """Write a branch, and another for `else` if given; inner lines are indented already.

        The first line goes where the branch begins, without indentation.
        """
        head = self.head(condition)
        if self.spec.style == "indent":
            return f"{head}\n{inner}" + (f"\n{indent}else:\n{other}" if other else "")
        if self.spec.style == "end":
            return (
                f"{head}\n{inner}\n{indent}" + (f"else\n{other}\n{indent}" if other else "") + "end"
            )
        opening = f"\n{indent}{{" if self.opens_lines else " {"
        otherwise = f"\n{indent}else" if self.opens_lines else " else"
        text = f"{head}{opening}\n{inner}\n{indent}}}"
        return f"{text}{otherwise}{opening}\n{other}\n{indent}}}" if other else text

    def says(self, start: int, end: int, expected: str) -> bool:
        """Whether a stretch is this text but for white space, so that nothing else stands there."""
        return _SPACE.sub("", self.between(start, end)) == _SPACE.sub("", expected)

    def is_all(self, node: tree_sitter.Node, parts: Sequence[str]) -> bool:
        """Whether a node is these parts and at most a few signs, so that no remark is lost."""
        whole = len(_SPACE.sub("", self.of(node)))
        return whole - sum(len(_SPACE.sub("", part)) for part in parts) <= len("ifelse")

    def negated(self, condition: tree_sitter.Node) -> str | None:
        """The opposite of a condition; None where it declares something, as `if let`."""
        text = self.of(condition)
        if "\n" in text or re.search(r"\blet\b|:=|[^=!<>]=[^=>~]", text):
            return None
        mark = self.spec.negation.partition("@")[0]
        if text.startswith(mark) and not condition.type.startswith(("binary", "boolean")):
            rest = text.removeprefix(mark).strip()
            inner = _PARENTHESES.fullmatch(rest)
            return inner.group(1) if inner and balanced(inner.group(1)) else rest
        operator = self._operator(condition)
        for pair in self.spec.opposites:
            both = pair.split("|")
            if operator is not None and self.of(operator) in both:
                other = both[1 - both.index(self.of(operator))]
                at = operator.start_byte - condition.start_byte
                raw = text.encode()
                return (raw[:at] + other.encode() + raw[at + len(self.of(operator)) :]).decode()
        return mark + (text if condition.type in self.spec.atoms else f"({text})")

    def _operator(self, node: tree_sitter.Node) -> tree_sitter.Node | None:
        """The operator of a comparison of two; a node of its own, with two others around it."""
        parts = [child for child in node.children if child.type != "comment"]
        return parts[1] if len(parts) == 3 and not parts[1].child_count else None


def opens_lines(text: bytes) -> bool:
    """Whether the braces that open branches in a file have lines of their own, most of them."""
    alone, after = (
        len(pattern.findall(text, 0, _STYLE_BYTES)) for pattern in (_BRACE_ALONE, _BRACE_AFTER)
    )
    return alone > after


def balanced(text: str) -> bool:
    """Whether each parenthesis that closes has one before it that opens."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
