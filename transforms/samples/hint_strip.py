"""A file's hints, types that may be left out: where they stand, and whether code does without."""

import bisect
import functools
from collections.abc import Iterator
from typing import NamedTuple

import tree_sitter

from transforms.languages.hint_spec import HintRule
from transforms.languages.spec import Language, load_languages
from transforms.outlines.grammar import compile_patterns, load_grammar, matches
from transforms.outlines.outline import Definition, Outline, Span
from transforms.samples.drafts import Edit
from transforms.samples.places import BLANKS, back, on


class _Query(NamedTuple):
    """A language's patterns; the first of them are those of its rules."""

    query: tree_sitter.Query
    rules: tuple[HintRule, ...]


class _Found(NamedTuple):
    """What a tree has of hints, each in source order.

    Attributes:
      edits: what takes the hints away.
      hints: the hints themselves.
      needed: where something begins that must keep its types.
    """

    edits: tuple[Edit, ...]
    hints: tuple[Span, ...]
    needed: tuple[int, ...]


@functools.cache
def load_hint_query(name: str) -> _Query | None:
    """Make the query of a language's hints, once in a process; None where it has none.

    Raises:
      ValueError: if the data file has a pattern that its grammar does not know.
    """
    language = load_languages()[name]
    if language.hints is None:
        return None
    spec = language.hints
    patterns = [*(rule.node for rule in spec.rules), *spec.types, *spec.needed]
    query = compile_patterns(name, patterns, "hints")
    return _Query(query, spec.rules)


class HintStrip:
    """Takes the hints out of one file's definitions.

    Made once for all of them: the tree is searched once, and parsed once more without any hint, to
    see which definitions still are code.
    """

    def __init__(self, text: bytes, outline: Outline | None, language: Language) -> None:
        """Look at nothing before it is asked for."""
        self._text = text
        self._outline = outline
        self._language = language

    def edits(self, definition: Definition) -> tuple[Edit, ...]:
        """What takes all hints out of a definition; nothing where it has none or needs some."""
        span = definition.span
        if definition.has_error or self._outline is None or self._outline.embedded:
            return ()
        found = self._found
        first = bisect.bisect_left(found.hints, span.start, key=lambda hint: hint.start)
        last = bisect.bisect_left(found.hints, span.end, key=lambda hint: hint.start)
        if first == last:
            return ()
        needed = bisect.bisect_left(found.needed, span.start)
        if needed < len(found.needed) and found.needed[needed] < span.end:
            return ()
        if not self._is_code_without(span):
            return ()
        low = bisect.bisect_left(found.edits, span.start, key=lambda edit: edit[0])
        high = bisect.bisect_left(found.edits, span.end, key=lambda edit: edit[0])
        return found.edits[low:high]

    @functools.cached_property
    def _found(self) -> _Found:
        query = load_hint_query(self._language.name)
        if query is None or self._outline is None:
            return _Found((), (), ())
        return _find(self._text, self._outline.root, query, self._outline.comments)

    @functools.cached_property
    def _without(self) -> tuple[tree_sitter.Node, tuple[Span, ...], list[int]]:
        """The tree of the file without its hints, what is left of them, and how far places moved.

        The last says, for each edit, by how much what follows it has moved.
        """
        parts: list[bytes] = []
        moved: list[int] = []
        at = shift = 0
        for start, end, instead in self._found.edits:
            parts += (self._text[at:start], instead.encode())
            at = end
            shift += len(parts[-1]) - (end - start)
            moved.append(shift)
        text = b"".join([*parts, self._text[at:]])
        grammar = load_grammar(self._language.name)
        root = grammar.parser.parse(grammar.readable(text)).root_node
        query = load_hint_query(self._language.name)
        return root, _find(text, root, query, ()).hints if query else (), moved

    def _is_code_without(self, span: Span) -> bool:
        """Whether a definition parses without its hints, and has none then."""
        root, left, moved = self._without
        start, end = self._moved(span.start, moved), self._moved(span.end, moved)
        index = bisect.bisect_left(left, start, key=lambda hint: hint.start)
        if index < len(left) and left[index].start < end:
            return False
        node = root.descendant_for_byte_range(start, end)
        return node is not None and not node.has_error

    def _moved(self, place: int, moved: list[int]) -> int:
        index = bisect.bisect_right(self._found.edits, place, key=lambda edit: edit[1])
        return place + (moved[index - 1] if index else 0)


def _find(text: bytes, root: tree_sitter.Node, query: _Query, comments: tuple[Span, ...]) -> _Found:
    """Search a tree for hints, those inside other types aside."""
    spans: list[tuple[int, int, HintRule | None]] = []
    marks: set[Span] = set()
    needed: list[int] = []
    for number, captures in matches(query.query, root):
        needed += [node.start_byte for node in captures.get("needed", ())]
        spans += [(node.start_byte, -node.end_byte, None) for node in captures.get("type", ())]
        hint = captures.get("hint")
        if hint:
            first = min(node.start_byte for node in hint)
            end = max(node.end_byte for node in hint)
            spans.append((first, -end, query.rules[number]))
            marks.update(Span(node.start_byte, node.end_byte) for node in captures.get("mark", ()))
    hints, edits = [], [(mark.start, mark.end, "") for mark in marks]
    for span, rule in _outermost(spans):
        if rule is not None:
            edit = _edit(text, span, rule, comments)
            if edit is None:
                needed.append(span.start)
            hints.append(span)
            edits.append(edit or (span.start, span.end, rule.instead))
    return _Found(_disjoint(sorted(edits)), tuple(hints), tuple(sorted(needed)))


def _outermost(
    spans: list[tuple[int, int, HintRule | None]],
) -> Iterator[tuple[Span, HintRule | None]]:
    """Yield in source order what stands in no other; ends are given as negative numbers."""
    last = -1
    for start, end, rule in sorted(spans, key=lambda one: (one[0], one[1], one[2] is not None)):
        if -end > last:
            last = -end
            yield Span(start, -end), rule


def _disjoint(edits: list[Edit]) -> tuple[Edit, ...]:
    """Leave out what overlaps the edit before: what a grammar took for two things at once."""
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return tuple(kept)


def _edit(text: bytes, span: Span, rule: HintRule, comments: tuple[Span, ...]) -> Edit | None:
    """Take a hint away with its white space; None where that would touch a comment."""
    start, end = span
    if rule.spaces in ("before", "both"):
        start = back(text, start, BLANKS)
    if rule.spaces in ("after", "both"):
        end = on(text, end, BLANKS)
    index = bisect.bisect_left(comments, start, key=lambda comment: comment.end)
    touched = index < len(comments) and comments[index].start <= end
    return None if touched else (start, end, rule.instead)
