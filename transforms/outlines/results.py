"""The type of a definition's result, as written."""

import itertools
import re
from collections.abc import Iterable, Sequence

import tree_sitter

from transforms.languages.outline_spec import OutlineSpec
from transforms.outlines.item import Item
from transforms.outlines.nodes import find, first_named, words

_SIGN = re.compile(r"\A(?:->|returns\b|[: ])+")


def read_result(text: bytes, item: Item, spec: OutlineSpec, declared: Iterable[str]) -> str:
    """Read what type a definition's result has; empty where it is not said.

    Args:
      text: the file's.
      spec: the language's.
      declared: what may declare the type beside the definition, or in its place.
    """
    if spec.result:
        found = [match for one in declared if (match := re.search(spec.result, one))]
        return words(found[-1].group(1).encode()) if found else ""
    nodes = item.captures.get("returns") or _result_nodes(text, item, spec)
    if nodes and nodes[0].type in spec.parameters.unwrap:
        nodes = [inner] if (inner := first_named(nodes[0])) else []
    if not nodes or not nodes[-1].is_named:
        return ""
    if "returns" in item.captures:  # neighbours, and what stands between them
        written = words(text[nodes[0].start_byte : nodes[-1].end_byte])
    else:
        written = " ".join(words(text[node.start_byte : node.end_byte]) for node in nodes)
    before_name = nodes[0].start_byte < item.name_start
    return _SIGN.sub("", written) + (_pointers(item, spec) if before_name else "")


def _result_nodes(text: bytes, item: Item, spec: OutlineSpec) -> Sequence[tree_sitter.Node]:
    """Find the type beside the parameters, as in C++'s `auto f() -> int`, or at the definition."""
    if item.holder is None or not spec.returns:
        return ()
    for node in (*reversed(item.path[1:-1]), item.holder):
        found = find(node, spec.returns)
        if found is not None:
            return _qualified(text, found, node, item.name_start, spec)
    return ()


def _qualified(
    text: bytes, found: tree_sitter.Node, around: tree_sitter.Node, end: int, spec: OutlineSpec
) -> Sequence[tree_sitter.Node]:
    """Add the words beside a type that belong to it, as C's `const`; it stands before `end`."""
    if not spec.qualifiers or found.start_byte >= end:
        return (found,)
    before = itertools.takewhile(lambda child: child.start_byte < end, around.children)
    return [
        child
        for child in before
        if child == found or text[child.start_byte : child.end_byte].decode() in spec.qualifiers
    ]


def _pointers(item: Item, spec: OutlineSpec) -> str:
    """The signs of the result's type that stand before the name, as in C's `char *f(void)`."""
    nodes = itertools.takewhile(lambda node: node.type in spec.pointers, item.path[1:])
    return "".join(node.children[0].type for node in nodes) if spec.pointers else ""
