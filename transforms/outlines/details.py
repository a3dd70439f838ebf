"""What a definition says of itself: parameters, result, decorators, visibility, doc, branches."""

import bisect
import dataclasses
import functools
import itertools
import re
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import OutlineSpec, ParameterSpec
from transforms.outlines.docs import Comments, summary
from transforms.outlines.grammar import Found
from transforms.outlines.items import Item
from transforms.outlines.nodes import find, first_named, words
from transforms.outlines.outline import Definition, Details, Span
from transforms.outlines.parameters import read_parameters

_WORD = re.compile(rb"\w+")
_RESULT_SIGN = re.compile(r"\A(?:->|returns\b|[: ])+")


@dataclasses.dataclass(frozen=True, slots=True)
class _Branches:
    """Where a file branches, in source order.

    Attributes:
      forks: where nodes begin that add to the complexity.
      nests: where nodes begin that nest their content.
      depths: for each of these, in how many it stands, itself included.
    """

    forks: list[int]
    nests: list[int]
    depths: list[int]

    def measure(self, span: Span | None) -> tuple[int, int]:
        """Tell a body's complexity and nesting."""
        if span is None:
            return 1, 0
        forks = bisect.bisect_left(self.forks, span.end) - bisect.bisect_left(
            self.forks, span.start
        )
        first = bisect.bisect_left(self.nests, span.start)
        depths = self.depths[first : bisect.bisect_left(self.nests, span.end)]
        # The first nest of a body stands in no other of it.
        return 1 + forks, max(depths) - depths[0] + 1 if depths else 0


@dataclasses.dataclass(frozen=True)
class DetailReader:
    """Reads the details of one file's definitions.

    Attributes:
      spec: the language's.
      decorators: in source order.
      found: the nodes of the tree.
    """

    spec: OutlineSpec
    comments: Comments
    decorators: tuple[Span, ...]
    found: Found

    def read_doc(self, item: Item) -> Span | None:
        """Find what documents a definition: what its item has inside, or what stands before."""
        if item.doc is not None or self.spec.doc.inside:
            return item.doc
        start = item.span.start
        doc = self.comments.before(start)
        if doc is None and item.own_start != start:
            doc = self.comments.before(item.own_start)
        return doc

    def read_details(self, item: Item, definition: Definition) -> Details:
        """Read the details of a definition that was made of an item."""
        text, spec, doc = self.comments.text, self.spec, definition.doc
        returns = item.captures["returns"][0] if "returns" in item.captures else None
        if returns is None and item.holder is not None:
            returns = find(item.holder, spec.returns)
        complexity, nesting = self._branches.measure(definition.body)
        return Details(
            summary=summary(text[doc.start : doc.end], spec.doc) if doc else "",
            parameters=read_parameters(text, item.parameters, spec.parameters),
            returns=_returns(text, returns, spec.parameters) + _pointers(item, spec),
            decorators=self._decorators(item),
            visibility=self._visibility(item, definition),
            complexity=complexity,
            nesting=nesting,
        )

    @functools.cached_property
    def _branches(self) -> _Branches:
        return _read_branches(
            self.comments.text, self.found.nodes("forks"), self.found.nodes("nests")
        )

    def _decorators(self, item: Item) -> tuple[Span, ...]:
        """Those of the file's decorators that stand before the item's name."""
        first = bisect.bisect_left(self.decorators, Span(item.span.start, 0))
        end = bisect.bisect_left(self.decorators, Span(item.name_start, 0))
        return self.decorators[first:end]

    def _visibility(self, item: Item, definition: Definition) -> str:
        """The first word that says it, before the name or after the parameters, as in Solidity."""
        visible, text = self.spec.visibility, self.comments.text
        if not visible:
            return ""
        header = text[definition.span.start : item.name_start]
        for span in self._decorators(item):  # whose arguments may be anything
            start, end = span.start - definition.span.start, span.end - definition.span.start
            if b"(" in header[start:end]:
                header = header[:start] + b" " * (end - start) + header[end:]
        last = [*item.path, *item.parameters][-1]
        header += b" " + text[last.end_byte : definition.signature.end]
        found = (word[0].decode() for word in _WORD.finditer(header))
        return next((word for word in found if word in visible), "")


def _read_branches(
    text: bytes, forks: Sequence[tree_sitter.Node], nests: Sequence[tree_sitter.Node]
) -> _Branches:
    branches = _Branches(sorted(node.start_byte for node in forks), [], [])
    spans = sorted((node.start_byte, -node.end_byte) for node in nests)
    around: list[tuple[int, int]] = []  # end and depth of the nests that are still open
    for start, negative_end in spans:
        while around and around[-1][0] <= start:
            around.pop()
        depth = around[-1][1] if around else 0
        if not depth or not text[max(start - 40, 0) : start].rstrip().endswith(b"else"):
            depth += 1  # an `else if` is no deeper than its `if`
        branches.nests.append(start)
        branches.depths.append(depth)
        around.append((-negative_end, depth))
    return branches


def _returns(text: bytes, node: tree_sitter.Node | None, spec: ParameterSpec) -> str:
    if node is not None and node.type in spec.unwrap:
        node = first_named(node)
    if node is None or not node.is_named:
        return ""
    return _RESULT_SIGN.sub("", words(text[node.start_byte : node.end_byte]))


def _pointers(item: Item, spec: OutlineSpec) -> str:
    """The signs of the result's type that stand before the name, as in C's `char *f(void)`."""
    nodes = itertools.takewhile(lambda node: node.type in spec.pointers, item.path[1:])
    return "".join(node.children[0].type for node in nodes) if spec.pointers else ""
