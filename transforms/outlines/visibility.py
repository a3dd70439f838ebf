"""Who sees a definition: by a word of its header, or of the section that it stands in."""

import dataclasses
import functools
import re
from collections.abc import Sequence

import tree_sitter

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec
from transforms.outlines.grammar import outermost
from transforms.outlines.item import Item
from transforms.outlines.outline import Span

_WORD = re.compile(rb"\w+")


@dataclasses.dataclass(frozen=True)
class VisibilityReader:
    """Reads who sees one file's definitions.

    Attributes:
      sections: by the id of a node, where among its children sections begin, and their words.
    """

    text: bytes
    spec: OutlineSpec
    sections: dict[int, list[tuple[int, str]]] = dataclasses.field(default_factory=dict)

    def read(
        self,
        item: Item,
        decorators: Sequence[Span],
        parameters: Sequence[tree_sitter.Node],
    ) -> str:
        """Find the word that says it, before the name or, as in Solidity, after the parameters."""
        if not self.spec.visibility and not self.spec.private:
            return ""
        header = self._before_name(item, decorators)
        if isinstance(item.spec, DefinitionSpec) and item.spec.parameters:  # else a base's
            last = parameters[-1] if parameters else item.path[-1]
            header += b" " + self.text[last.end_byte : item.signature.end]
        if self.spec.private and re.search(self.spec.private.encode(), header):
            return "private"
        word = self._word(header)
        if word or item.parent is None or not self.spec.sections:
            return word
        return self._section(item)

    def _before_name(self, item: Item, decorators: Sequence[Span]) -> bytes:
        """What stands before the name, without what decorators are given."""
        header = self.text[item.span.start : item.name_start]
        for span in decorators:  # whose arguments may be anything
            start, end = span.start - item.span.start, span.end - item.span.start
            if b"(" in header[start:end]:
                header = header[:start] + b" " * (end - start) + header[end:]
        return header

    def _word(self, text: bytes) -> str:
        found = (word[0].decode() for word in _WORD.finditer(text))
        return next((word for word in found if word in self.spec.visibility), "")

    def _section(self, item: Item) -> str:
        """The last word before a definition among its neighbours, as C++'s `private:`."""
        node = item.holder
        if node is None or (self.spec.sectioned and node.type not in self.spec.sectioned):
            return ""
        while (around := node.parent) is not None:
            words = [word for start, word in self._sections_in(around) if start < node.start_byte]
            if words or around.type in self._definition_types:
                return words[-1] if words else ""
            node = around
        return ""

    def _sections_in(self, around: tree_sitter.Node) -> list[tuple[int, str]]:
        if around.id not in self.sections:
            self.sections[around.id] = [
                (child.start_byte, word)
                for child in around.children
                if child.type in self.spec.sections
                and (word := self._word(self.text[child.start_byte : child.end_byte].lower()))
            ]
        return self.sections[around.id]

    @functools.cached_property
    def _definition_types(self) -> frozenset[str]:
        """Types of definitions, which nothing around is about."""
        return frozenset(outermost(definition.node) for definition in self.spec.definitions)
