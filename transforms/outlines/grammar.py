"""What a process keeps for each language it parses: parser and query."""

import dataclasses
import functools

import tree_sitter
import tree_sitter_language_pack

from transforms.languages.spec import DefinitionSpec, OutlineSpec, ScopeSpec, load_languages

# Definitions deeper than this are not seen. A query's time is quadratic in the depth of the tree it
# walks, and 100,000 nested nodes take tens of seconds; the deepest definition of 8,000 real files
# stands at 81.
MAX_DEPTH = 300


@dataclasses.dataclass(frozen=True, slots=True)
class Grammar:
    """A language's parser and the query that finds all that an outline is made of."""

    spec: OutlineSpec
    parser: tree_sitter.Parser
    query: tree_sitter.Query

    def captures(self, root: tree_sitter.Node) -> dict[str, list[tree_sitter.Node]]:
        """Find the nodes of an outline.

        Returns:
          nodes by the name of the spec's list; `item.N` for definitions, and scopes after them, by
          their index there.
        """
        cursor = tree_sitter.QueryCursor(self.query)
        cursor.set_max_start_depth(MAX_DEPTH)
        return cursor.captures(root)


@functools.cache
def load_grammar(name: str) -> Grammar:
    """Make the parser and query of the language of this name, once in a process."""
    language = load_languages()[name]
    if language.outline is None:
        raise ValueError(f"language={name!r} must have an outline")
    grammar = tree_sitter_language_pack.get_language(language.grammar)
    query = tree_sitter.Query(grammar, _query(grammar, language.outline))
    return Grammar(language.outline, tree_sitter.Parser(grammar), query)


def _query(grammar: tree_sitter.Language, spec: OutlineSpec) -> str:
    lists = {
        "comments": spec.comments,
        "imports": spec.imports,
        "forks": spec.forks,
        "nests": spec.nests,
        "decorators": spec.decorators,
    }
    patterns = [
        f"{_pattern(grammar, node)} @{capture}"
        for capture, nodes in lists.items()
        for node in nodes
    ]
    items: list[DefinitionSpec | ScopeSpec] = [*spec.definitions, *spec.scopes]
    for index, item in enumerate(items):
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
