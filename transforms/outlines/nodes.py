"""Small steps on syntax nodes that all parts of an outline take. None of them recurses."""

import re
from collections.abc import Sequence

import tree_sitter

from transforms.outlines.outline import Span

# What stands around the name of a type: references, pointers, lifetimes, then arguments.
_SPACE = ord(" ")
_TYPE_NAME = re.compile(r"(?:[&*(\s]|'\w+\b|(?:mut|dyn|const)\b)*(?:\w+(?:::|\.))*(\w+)")


def find(node: tree_sitter.Node, names: Sequence[str]) -> tree_sitter.Node | None:
    """Find the first of the fields that a node has, or else its first child of these types."""
    for name in names:
        child = node.child_by_field_name(name)
        if child is not None:
            return child
    if names:
        for child in node.children:
            if child.type in names:
                return child
    return None


def find_all(node: tree_sitter.Node, names: Sequence[str]) -> list[tree_sitter.Node]:
    """Find a node's fields and children of these names, each name at most once."""
    return [child for name in names if (child := find(node, (name,))) is not None]


def descend(
    node: tree_sitter.Node, names: Sequence[str], unwrap: Sequence[str]
) -> list[tree_sitter.Node]:
    """Follow `find` downwards, through the first named child of nodes to unwrap.

    Returns:
      the nodes on the way, `node` first.
    """
    path = [node]
    while node.child_count:
        child = find(node, names)
        if child is None and node.type in unwrap:
            child = first_named(node)
        if child is None:
            break
        path.append(child)
        node = child
    return path


def first_named(node: tree_sitter.Node) -> tree_sitter.Node | None:
    """Find the first child that is no token."""
    return node.named_child(0) if node.named_child_count else None


def span_of(node: tree_sitter.Node) -> Span:
    """Tell the bytes of a node."""
    return Span(node.start_byte, node.end_byte)


def trimmed(text: bytes, start: int, end: int) -> Span:
    """Leave out white space at a span's end: some grammars count a line's end to its node."""
    if start < end and text[end - 1] <= _SPACE:
        return Span(start, start + len(text[start:end].rstrip()))
    return Span(start, end)


def is_blank(text: bytes, start: int, end: int) -> bool:
    """Whether only white space stands between, less than 1,000 bytes of it."""
    return end - start < 1000 and not text[start:end].strip()


def words(text: bytes) -> str:
    """Put text on one line, single spaces between its words."""
    written = text.decode(errors="replace")
    return written if written.isidentifier() else " ".join(written.split())


def unquoted(name: str) -> str:
    """Leave out the quotes around a name; a prime at its end, as in Haskell, belongs to it."""
    return name.strip(name[0]) if name[:1] in ("'", '"') else name


def type_name(text: bytes, node: tree_sitter.Node | None) -> str:
    """Name what a reference, pointer or generic type is about; as written if that has no name."""
    if node is None:
        return ""
    written = words(text[node.start_byte : node.end_byte])
    match = _TYPE_NAME.match(written)
    return match.group(1) if match else written
