"""Parsing a definition by itself, in a shell that makes it a file of its language."""

import tree_sitter

from transforms.languages.refactor_spec import RefactorSpec
from transforms.outlines.grammar import load_grammar


def parse_alone(
    spec: RefactorSpec, language: str, code: str
) -> tuple[tree_sitter.Tree, str] | None:
    """Parse a definition in the first shell in which no error is met.

    Returns:
      the tree, and the shell; None where there is none.
    """
    for shell in spec.shells:
        tree = parse_in(shell, language, code)
        if tree is not None:
            return tree, shell
    return None


def parse_in(shell: str, language: str, code: str) -> tree_sitter.Tree | None:
    """Parse code in a shell; None where there is an error."""
    before, _, after = shell.partition("@")
    tree = load_grammar(language).parser.parse(f"{before}{code}{after}".encode())
    return None if tree.root_node.has_error else tree


def same_but_for_names(
    one: tree_sitter.Tree, other: tree_sitter.Tree, names: dict[str, str]
) -> bool:
    """Whether two trees have the same nodes and leaves, but for these names of leaves."""
    if one.root_node.descendant_count != other.root_node.descendant_count:
        return False
    left, right = one.walk(), other.walk()
    while True:
        a, b = left.node, right.node
        if a is None or b is None or a.type != b.type or a.child_count != b.child_count:
            return False
        if not a.child_count and not _same_text(a, b, names):
            return False
        if _step(left) != _step(right):
            return False
        if left.depth == 0:
            return True


def _same_text(one: tree_sitter.Node, other: tree_sitter.Node, names: dict[str, str]) -> bool:
    old, new = (one.text or b"").decode(), (other.text or b"").decode()
    return names.get(old, old) == new


def _step(cursor: tree_sitter.TreeCursor) -> int:
    """Go to the next node in the order of their beginnings; back to the root after the last."""
    if cursor.goto_first_child():
        return cursor.depth
    while not cursor.goto_next_sibling():
        if not cursor.goto_parent():
            return 0
    return cursor.depth
