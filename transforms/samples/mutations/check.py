"""Whether a mutant parses: by itself, or in its file, parsed again where it differs."""

import dataclasses

import tree_sitter

from transforms.outlines.grammar import load_grammar
from transforms.outlines.outline import Outline, Span
from transforms.samples.drafts import Edits, Piece, render_text

# Each try in the file copies its bytes, and takes 1 ms.
_MAX_BYTES = 100_000_000


@dataclasses.dataclass
class Reparser:
    """Tries edits of one file.

    Attributes:
      room: bytes that tries may still copy; a large file with many definitions has but some tried.
    """

    outline: Outline
    room: int = _MAX_BYTES

    def parses(self, span: Span, edits: Edits) -> bool:
        """Whether a definition still parses after edits inside it, as the one node that it was."""
        tree, code = self.outline.tree, self.outline.parsed
        before = _around(tree.root_node, span) if tree is not None else None
        if tree is None or before is None:
            return False
        if self._parses_alone(before, _edited(code, span.start, span.end, edits)):
            return True
        self.room -= len(code)
        if self.room < 0:
            return False
        start, end = edits[0][0], edits[-1][1]
        written = _edited(code, start, end, edits)
        edited = b"".join((code[:start], written, code[end:]))
        old = tree.copy()
        old.edit(
            start_byte=start,
            old_end_byte=end,
            new_end_byte=start + len(written),
            start_point=_point(code, start),
            old_end_point=_point(code, end),
            new_end_point=_point(edited, start + len(written)),
        )
        root = load_grammar(self.outline.language).parser.parse(edited, old).root_node
        if root.has_error and not tree.root_node.has_error:
            return False
        grown = start + len(written) - end
        after = _around(root, Span(span.start, span.end + grown))
        return (
            after is not None
            and not after.has_error
            and after.type == before.type
            and after.start_byte == before.start_byte
            and after.end_byte == before.end_byte + grown
        )

    def _parses_alone(self, before: tree_sitter.Node, written: bytes) -> bool:
        """Whether a definition is one by itself, which is cheaper to tell than in its file."""
        root = load_grammar(self.outline.language).parser.parse(written).root_node
        node = root.named_child(0) if root.named_child_count == 1 and not root.has_error else None
        return (
            node is not None and node.type == before.type and node.end_byte >= len(written.rstrip())
        )


def _around(root: tree_sitter.Node, span: Span) -> tree_sitter.Node | None:
    return root.descendant_for_byte_range(span.start, span.end)


def _edited(code: bytes, start: int, end: int, edits: Edits) -> bytes:
    return render_text(code, (Piece(start, end, edits),)).encode()


def _point(code: bytes, at: int) -> tree_sitter.Point:
    return tree_sitter.Point(code.count(b"\n", 0, at), at - (code.rfind(b"\n", 0, at) + 1))
