"""The local variables of a definition that can be renamed, in languages whose data tells them.

A variable can be where every word of the definition that is its name is a leaf that can be nothing
but this variable: no member, label, key, argument's name or word of a string or comment. It is
declared once, before all its uses, and they stand in the scope that declares it.
"""

import bisect
import collections
import dataclasses
import functools
import re
import typing
from collections.abc import Sequence

import tree_sitter

from transforms.languages.refactor_spec import RenamingSpec
from transforms.languages.spec import Language, load_languages
from transforms.outlines.grammar import compile_patterns, matches
from transforms.outlines.nodes import span_of
from transforms.outlines.outline import Outline, Span

_WORD = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")
_BEFORE_BYTES = 40  # white space is bounded, too


@dataclasses.dataclass(frozen=True, slots=True)
class _Tools:
    """What a process keeps for a language: its query, and its patterns compiled."""

    spec: RenamingSpec
    query: tree_sitter.Query
    before: re.Pattern[bytes]
    blocks: re.Pattern[bytes] | None
    uses: frozenset[str]
    scopes: frozenset[str]


class _Declared(typing.NamedTuple):
    """A declaration: where its name stands, and what is still outside the variable's scope."""

    name: Span
    before: tuple[Span, ...]


class Renamable:
    """The variables of one file; its tree is searched once for all definitions."""

    def __init__(self, text: bytes, language: Language, outline: Outline) -> None:
        """Find what is declared, and what is no variable."""
        self._text = text
        self._tools = _load_tools(language.name)
        self._root = outline.root
        self._declared: list[_Declared] = []
        others: list[Span] = []
        for _, captures in matches(self._tools.query, outline.root):
            before = tuple(span_of(node) for node in captures.get("before", ()))
            for node in captures.get("name", ()):
                self._declared.append(_Declared(span_of(node), before))
            others += [span_of(node) for node in captures.get("other", ())]
        self._declared.sort()
        self._others = _merged(others)

    def places(self, span: Span) -> dict[str, list[int]]:
        """Find the variables of a definition, and all places of their names, in order."""
        tools = self._tools
        declared = self._declarations(span)
        if not declared or (tools.blocks and tools.blocks.search(self._text, *span)):
            return {}
        words: dict[bytes, list[int]] = {name: [] for name in declared}
        for match in _WORD.finditer(self._text, *span):
            found = words.get(match.group())
            if found is not None:
                found.append(match.start())
        holder = self._root.descendant_for_byte_range(*span)
        if holder is None:
            return {}
        return {
            name.decode(): places
            for name, places in words.items()
            if places
            and name != b"_"
            and self._are_uses(places, len(name))
            and self._in_scope(holder, declared[name], places)
        }

    def _declarations(self, span: Span) -> dict[bytes, list[_Declared]]:
        """The declarations in a span by name; where names are not assigned, of those made once."""
        first = bisect.bisect_left(self._declared, span.start, key=lambda each: each.name.start)
        found: dict[bytes, list[_Declared]] = collections.defaultdict(list)
        for index in range(first, len(self._declared)):
            each = self._declared[index]
            if each.name.start >= span.end:
                break
            found[self._text[each.name.start : each.name.end]].append(each)
        return {
            name: declared
            for name, declared in found.items()
            if self._tools.spec.assigned or len({each.name for each in declared}) == 1
        }

    def _are_uses(self, places: Sequence[int], size: int) -> bool:
        """Whether nothing around or at the places says that one is no variable."""
        return all(self._is_use(place, size) for place in places)

    def _is_use(self, place: int, size: int) -> bool:
        text, tools = self._text, self._tools
        index = bisect.bisect_right(self._others, place, key=lambda other: other.start) - 1
        if index >= 0 and place < self._others[index].end:
            return False
        if text[place + size : place + size + 1] == b"$":
            return False
        before = text[max(place - _BEFORE_BYTES, 0) : place]
        return before.endswith(tools.spec.sigil.encode()) and not tools.before.search(before)

    def _in_scope(
        self, holder: tree_sitter.Node, declared: Sequence[_Declared], places: Sequence[int]
    ) -> bool:
        """Whether all places are variables in the scope of the first declaration.

        Where several assignments declare, they have to be of one scope.
        """
        size = declared[0].name.size
        scopes = {self._scope(holder, each.name) for each in declared}
        if len(scopes) != 1 or places[0] != declared[0].name.start:
            return False
        scope = scopes.pop()
        outside = [part for each in declared for part in each.before]
        for place in places:
            name = Span(place, place + size)
            if not scope.contains(name) or any(part.contains(name) for part in outside):
                return False
            leaf = holder.descendant_for_byte_range(*name)
            if leaf is None or span_of(leaf) != name or leaf.type not in self._tools.uses:
                return False
        return True

    def _scope(self, holder: tree_sitter.Node, name: Span) -> Span:
        """The innermost scope around a declaration; the definition where there is none."""
        scope = span_of(holder)
        leaf = holder.descendant_for_byte_range(*name)
        node: tree_sitter.Node | None = holder
        while node is not None and leaf is not None and node != leaf:
            if node.type in self._tools.scopes:
                scope = span_of(node)
            node = node.child_with_descendant(leaf)
        return scope


def _merged(spans: list[Span]) -> list[Span]:
    """Join spans that overlap; in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


@functools.cache
def _load_tools(name: str) -> _Tools:
    """Compile a language's patterns, once in a process.

    Raises:
      ValueError: if the language has none, or they name nodes that its grammar has not.
    """
    language = load_languages()[name]
    spec = language.refactor.renaming if language.refactor else None
    if spec is None:
        raise ValueError(f"language={name!r} must have variables that can be renamed")
    query = compile_patterns(name, (*spec.locals, *spec.others), "refactor.renaming")
    return _Tools(
        spec=spec,
        query=query,
        before=re.compile(spec.before.encode()),
        blocks=re.compile(spec.blocks.encode(), re.MULTILINE) if spec.blocks else None,
        uses=frozenset(spec.uses),
        scopes=frozenset(spec.scopes),
    )
