"""What a definition says of itself: parameters, result, decorators, visibility, doc, branches."""

import bisect
import dataclasses
import functools
from collections.abc import Iterator, Sequence

import tree_sitter

from transforms.languages.outline_spec import OutlineSpec
from transforms.outlines.docs import Comments, summary
from transforms.outlines.grammar import Found
from transforms.outlines.item import Item
from transforms.outlines.lines import Lines
from transforms.outlines.outline import Details, Span
from transforms.outlines.parameters import read_parameters
from transforms.outlines.results import read_result
from transforms.outlines.visibility import VisibilityReader


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
      lines: the file's, shared by all pieces of code in it.
    """

    spec: OutlineSpec
    comments: Comments
    decorators: tuple[Span, ...]
    found: Found
    lines: Lines

    def read_doc(self, item: Item) -> Span | None:
        """Find what documents a definition: what its item has inside, or what stands before."""
        if item.inside_doc is not None or self.spec.doc.inside:
            return item.inside_doc
        start = item.span.start
        doc = self.comments.before(start)
        if doc is None and item.own_start != start:
            doc = self.comments.before(item.own_start)
        return doc

    @functools.cached_property
    def asides(self) -> frozenset[int]:
        """Where comments and decorators end."""
        return self.comments.closing.union([end for _, end in self.decorators])

    def read_details(self, item: Item) -> Details:
        """Read what a definition says of itself."""
        text, spec, doc = self.comments.text, self.spec, item.doc
        decorators, parameters = self._decorators(item), item.parameters
        complexity, nesting = self._branches.measure(item.body)
        return Details(
            summary=summary(text[doc.start : doc.end], spec.doc) if doc else "",
            parameters=read_parameters(text, parameters, spec.parameters),
            returns=read_result(text, item, spec, _declarations(text, item, decorators)),
            decorators=decorators,
            visibility=self._visibility.read(item, decorators, parameters),
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

    @functools.cached_property
    def _visibility(self) -> VisibilityReader:
        return VisibilityReader(self.comments.text, self.spec)


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


def _declarations(text: bytes, item: Item, decorators: Sequence[Span]) -> Iterator[str]:
    """The texts that may declare a definition's type: decorators, or itself without a body."""
    spans = (*decorators, *(() if item.body else (item.span,)))
    return (text[span.start : span.end].decode() for span in spans)
