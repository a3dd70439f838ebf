"""What a definition says of itself: parameters, result, decorators, visibility, doc, branches."""

import bisect
import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence

import tree_sitter

from transforms.languages.outline_spec import OutlineSpec
from transforms.outlines.docs import Comments, summary
from transforms.outlines.items import Item
from transforms.outlines.outline import Definition, Details, Span
from transforms.outlines.parameters import read_parameters
from transforms.outlines.results import read_result

_WORD = re.compile(rb"\w+")


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
      forks, nests: the nodes that branch.
    """

    spec: OutlineSpec
    comments: Comments
    decorators: tuple[Span, ...]
    forks: Sequence[tree_sitter.Node]
    nests: Sequence[tree_sitter.Node]

    def read(self, item: Item, definition: Definition) -> Details:
        """Read the details of a definition that was made of an item."""
        text, spec, doc = self.comments.text, self.spec, definition.doc
        complexity, nesting = self._branches.measure(definition.body)
        return Details(
            summary=summary(text[doc.start : doc.end], spec.doc) if doc else "",
            parameters=read_parameters(text, item.parameters, spec.parameters),
            returns=read_result(text, item, spec, self._declarations(item, definition)),
            decorators=self._decorators(item),
            visibility=self._visibility(item, definition),
            complexity=complexity,
            nesting=nesting,
        )

    @functools.cached_property
    def _branches(self) -> _Branches:
        return _read_branches(self.comments.text, self.forks, self.nests)

    def _decorators(self, item: Item) -> tuple[Span, ...]:
        """Those of the file's decorators that stand before the item's name."""
        first = bisect.bisect_left(self.decorators, Span(item.span.start, 0))
        end = bisect.bisect_left(self.decorators, Span(item.name_start, 0))
        return self.decorators[first:end]

    def _declarations(self, item: Item, definition: Definition) -> Iterator[str]:
        """The texts that may declare a definition's type: decorators, or itself without a body."""
        spans = (*self._decorators(item), *(() if definition.body else (definition.span,)))
        return (self.comments.text[span.start : span.end].decode() for span in spans)

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
