"""What a process keeps for each language it parses: parser and query."""

import dataclasses
import functools
import typing
from collections.abc import Iterator

import tree_sitter
import tree_sitter_language_pack

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.languages.spec import load_languages

# Definitions deeper than this are not seen. A query's time is quadratic in the depth of the tree it
# walks, and 100,000 nested nodes take tens of seconds; the deepest definition of 8,000 real files
# stands at 81.
MAX_DEPTH = 300

Captures = dict[str, list[tree_sitter.Node]]


@dataclasses.dataclass(frozen=True, slots=True)
class Grammar:
    """A language's parser and the queries that find all that an outline is made of.

    Attributes:
      query: of single nodes; None where the language lists none.
      patterns: of definitions that are patterns; None where there are none.
      pattern_specs: for each of these patterns, its index in the spec's definitions.
      embedded: of code of other languages, a pattern for each of the spec's; None for none.
    """

    spec: OutlineSpec
    parser: tree_sitter.Parser
    query: tree_sitter.Query | None
    patterns: tree_sitter.Query | None
    pattern_specs: tuple[int, ...]
    embedded: tree_sitter.Query | None

    def captures(self, root: tree_sitter.Node) -> Captures:
        """Find the nodes of an outline.

        Returns:
          nodes by the name of the spec's list; `item.N` for definitions, and scopes after them, by
          their index there.
        """
        if self.query is None:
            return {}
        return _cursor(self.query).captures(root)

    def matches(self, root: tree_sitter.Node) -> Iterator[tuple[int, Captures]]:
        """Find definitions that are patterns: the definition's index in the spec, and its parts."""
        if self.patterns is not None:
            for number, captures in _cursor(self.patterns).matches(root):
                yield self.pattern_specs[number], captures

    def pieces(self, root: tree_sitter.Node) -> dict[tree_sitter.Node, str]:
        """Find code of other languages, in source order: its node, and its language's name."""
        if self.embedded is None:
            return {}
        found: dict[tree_sitter.Node, int] = {}
        for number, captures in _cursor(self.embedded).matches(root):
            for node in captures["code"]:
                found[node] = min(number, found.get(node, number))
        return {
            node: self.spec.embedded[found[node]].language
            for node in sorted(found, key=lambda node: node.start_byte)
        }


def _cursor(query: tree_sitter.Query) -> tree_sitter.QueryCursor:
    cursor = tree_sitter.QueryCursor(query)
    cursor.set_max_start_depth(MAX_DEPTH)
    return cursor


@functools.cache
def load_grammar(name: str) -> Grammar:
    """Make the parser and queries of the language of this name, once in a process.

    Raises:
      ValueError: if the language has no grammar, or its data file names nodes that it has not.
    """
    language = load_languages()[name]
    if not language.grammar:
        raise ValueError(f"language={name!r} must have a grammar")
    spec = language.outline or OutlineSpec()
    grammar = tree_sitter_language_pack.get_language(
        typing.cast("tree_sitter_language_pack.SupportedLanguage", language.grammar)
    )
    numbers = [number for number, item in enumerate(spec.definitions) if item.is_pattern]
    try:
        query = _compile(grammar, _query(grammar, spec))
        patterns = _compile(grammar, "\n".join(spec.definitions[n].node for n in numbers))
        embedded = _compile(grammar, "\n".join(piece.node for piece in spec.embedded))
    except tree_sitter.QueryError as error:
        raise ValueError(f"{name}.toml: outline: {error}") from error
    parser = tree_sitter.Parser(grammar)
    return Grammar(spec, parser, query, patterns, tuple(numbers), embedded)


def _compile(grammar: tree_sitter.Language, text: str) -> tree_sitter.Query | None:
    return tree_sitter.Query(grammar, text) if text else None


def _query(grammar: tree_sitter.Language, spec: OutlineSpec) -> str:
    lists = {
        "comments": spec.comments,
        "imports": spec.imports,
        "forks": spec.forks,
        "nests": spec.nests,
        "decorators": spec.decorators,
        "docs": spec.doc.nodes,
    }
    patterns = [
        node if f"@{capture}" in node else f"{_pattern(grammar, node)} @{capture}"
        for capture, nodes in lists.items()
        for node in nodes
    ]
    items: list[DefinitionSpec | ScopeSpec] = [*spec.definitions, *spec.scopes]
    for index, item in enumerate(items):
        if isinstance(item, ScopeSpec) or not item.is_pattern:
            patterns.append(f"{_item_pattern(item)} @item.{index}")
    return "\n".join(patterns)


def _pattern(grammar: tree_sitter.Language, node: str) -> str:
    if node.lstrip().startswith("("):
        return node
    return f"({node})" if grammar.id_for_node_kind(node, True) is not None else f'"{node}"'


def _item_pattern(item: DefinitionSpec | ScopeSpec) -> str:
    if isinstance(item, DefinitionSpec) and item.value:
        types = " ".join(f"({node})" for node in item.value_types)
        return f"({item.node} {item.value}: [{types}])"
    return f"({item.node})"
