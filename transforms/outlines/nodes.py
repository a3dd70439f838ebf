"""Small steps on syntax nodes that all parts of an outline take. None of them recurses."""

import dataclasses
import re
from collections.abc import Callable, Sequence

import tree_sitter

from transforms.outlines.outline import Span, new_span

# What stands around the name of a type: references, pointers, lifetimes, then arguments.
_SPACE = ord(" ")
_TYPE_NAME = re.compile(r"(?:[&*(\s]|'\w+\b|(?:mut|dyn|const)\b)*(?:\w+(?:::|\.))*(\w+)")


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """Names to `find` often, as one grammar has them.

    Attributes:
      fields: ids of those that are fields.
      types: those that are types of nodes.
    """

    fields: tuple[int, ...]
    types: tuple[str, ...]

    def find(self, node: tree_sitter.Node) -> tree_sitter.Node | None:
        """Find what `find` does, three times as fast."""
        for field in self.fields:
            child = node.child_by_field_id(field)
            if child is not None:
                return child
        if self.types:
            for child in node.children:
                if child.type in self.types:
                    return child
        return None


def names_in(grammar: tree_sitter.Language, names: Sequence[str]) -> Names:
    """Look names up in a grammar."""
    fields = [grammar.field_id_for_name(name) for name in names]
    types = [
        name
        for name in names
        if any(grammar.id_for_node_kind(name, is_named) is not None for is_named in (True, False))
    ]
    return Names(tuple(field for field in fields if field is not None), tuple(types))


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


def descend(
    node: tree_sitter.Node,
    step: Callable[[tree_sitter.Node], tree_sitter.Node | None],
    unwrap: Sequence[str],
) -> list[tree_sitter.Node]:
    """Follow steps downwards, through the first named child of nodes to unwrap.

    Returns:
      the nodes on the way, `node` first.
    """
    path = [node]
    while node.child_count:
        child = step(node)
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
    return new_span((node.start_byte, node.end_byte))


def trimmed(text: bytes, start: int, end: int) -> Span:
    """Leave out white space at a span's end: some grammars count a line's end to its node."""
    if start < end and text[end - 1] <= _SPACE:
        end = start + len(text[start:end].rstrip())
    return new_span((start, end))


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
