"""What a process keeps for each language it parses: parser and query."""

import collections
import dataclasses
import functools
import re
import typing
from collections.abc import Iterator, Sequence

import tree_sitter
import tree_sitter_language_pack

from transforms.languages.outline_spec import DefinitionSpec, OutlineSpec, ScopeSpec
from transforms.languages.spec import load_languages

# Definitions deeper than this are not seen. A query's time is quadratic in the depth of the tree it
# walks, and 100,000 nested nodes take tens of seconds; the deepest definition of 8,000 real files
# stands at 81.
MAX_DEPTH = 300

# Kinds of nodes in which white space is text: strings and their like, and what a grammar leaves as
# it is written; but not the parts of such, nor what is only about them.
_STRING = re.compile(
    r"string|str_lit|heredoc|char|rune|regex|quoted|sigil|text|preproc_arg|^literal$", re.IGNORECASE
)
_NO_STRING = re.compile(r"_(?:content|fragment|start|end|type)$|context|keyword|escape|comment")

Captures = dict[str, list[tree_sitter.Node]]
_Lists = tuple[tuple[str, str], ...]
_Target = _Lists | DefinitionSpec | ScopeSpec


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """The nodes of a syntax tree that an outline is made of.

    Attributes:
      lists: by the name of a list of the spec's, such as comments, what was captured of its nodes,
        and under which name.
      items: what was captured of each node that may be a definition or scope, for each of these
        that the spec has; those first that go before others.
    """

    lists: dict[str, list[tuple[str, list[Captures]]]]
    items: list[tuple[DefinitionSpec | ScopeSpec, list[Captures]]]

    def nodes(self, name: str) -> list[tree_sitter.Node]:
        """The nodes of a list."""
        nodes: list[tree_sitter.Node] = []
        for mark, matches in self.lists.get(name, ()):
            for captures in matches:
                nodes += captures[mark]
        return nodes


@dataclasses.dataclass(frozen=True, slots=True)
class Grammar:
    """A language's parser and the queries that find all that an outline is made of.

    Attributes:
      query: of all nodes of interest, for one walk through a tree; None where there are none.
      targets: for each of its patterns, the names of its lists, each with that of its capture; or
        the definition or scope that it finds.
      embedded: of code of other languages, a pattern for each of the spec's; None for none.
      strings: of nodes in which white space is text; None where there are none.
    """

    spec: OutlineSpec
    parser: tree_sitter.Parser
    query: tree_sitter.Query | None
    targets: tuple[_Target, ...]
    embedded: tree_sitter.Query | None
    strings: tree_sitter.Query | None

    def find(self, root: tree_sitter.Node) -> Found:
        """Find the nodes of an outline."""
        found: dict[int, list[Captures]] = collections.defaultdict(list)
        # Not `captures`, which takes up to five times as long (0.25.2).
        for pattern, captures in _cursor(self.query).matches(root) if self.query else ():
            found[pattern].append(captures)
        lists = collections.defaultdict(list)
        items = []
        for pattern in sorted(found):
            target = self.targets[pattern]
            if isinstance(target, tuple):
                for name, mark in target:
                    lists[name].append((mark, found[pattern]))
            else:
                items.append((target, found[pattern]))
        return Found(lists, items)

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

    def find_strings(self, root: tree_sitter.Node) -> list[tree_sitter.Node]:
        """Find the nodes in which white space is text, in a walk of its own: few ask for them."""
        matches = _cursor(self.strings).matches(root) if self.strings else ()
        return [node for _, captures in matches for node in captures["string"]]


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
    patterns = list(_patterns(grammar, spec))
    try:
        query = _compile(grammar, [pattern for _, pattern in patterns])
        embedded = _compile(grammar, [piece.node for piece in spec.embedded])
        strings = _compile(grammar, [f"({kind}) @string" for kind in string_kinds(grammar)])
    except (tree_sitter.QueryError, ValueError) as error:
        raise ValueError(f"{name}.toml: outline: {error}") from error
    targets = tuple(target for target, _ in patterns)
    return Grammar(spec, tree_sitter.Parser(grammar), query, targets, embedded, strings)


def _compile(grammar: tree_sitter.Language, patterns: Sequence[str]) -> tree_sitter.Query | None:
    query = tree_sitter.Query(grammar, "\n".join(patterns)) if patterns else None
    count: typing.Any = query.pattern_count if query else 0  # an int, whatever its type says
    if count != len(patterns):
        raise ValueError(f"{count} patterns must be {len(patterns)}, one each")
    return query


def _patterns(grammar: tree_sitter.Language, spec: OutlineSpec) -> Iterator[tuple[_Target, str]]:
    """Write the patterns of an outline, each with its lists or item."""
    lists = {
        "comments": spec.comments,
        "imports": spec.imports,
        "forks": spec.forks,
        "nests": spec.nests,
        "decorators": spec.decorators,
        "docs": spec.doc.nodes,
    }
    names: dict[str, list[str]] = {}
    for name, nodes in lists.items():
        for node in nodes:
            names.setdefault(node, []).append(name)
    for node, found in names.items():
        unmarked = [name for name in found if f"@{name}" not in node]
        # One capture for all lists: each makes a list and a node of its own.
        target = tuple((name, unmarked[0] if name in unmarked else name) for name in found)
        yield target, _pattern(grammar, node) + "".join(f" @{name}" for name in unmarked[:1])
    # What has a value goes first, as that may be a definition by itself.
    definitions = sorted(spec.definitions, key=lambda definition: not definition.value)
    items: tuple[DefinitionSpec | ScopeSpec, ...] = (*definitions, *spec.scopes)
    for item in items:
        yield item, _item_pattern(item)


def _pattern(grammar: tree_sitter.Language, node: str) -> str:
    if node.lstrip().startswith("("):
        return node
    return f"({node})" if grammar.id_for_node_kind(node, True) is not None else f'"{node}"'


def _item_pattern(item: DefinitionSpec | ScopeSpec) -> str:
    if isinstance(item, DefinitionSpec) and item.is_pattern:
        return item.node
    if isinstance(item, DefinitionSpec) and item.value:
        types = " ".join(f"({node})" for node in item.value_types)
        return f"({item.node} {item.value}: [{types}] @holder) @definition"
    return f"({item.node}) @definition"


def string_kinds(grammar: tree_sitter.Language) -> list[str]:
    """Name the nodes of a grammar in which white space is text."""
    return sorted(
        {
            kind
            for index in range(grammar.node_kind_count)
            if grammar.node_kind_is_named(index) and grammar.node_kind_is_visible(index)
            for kind in (grammar.node_kind_for_id(index) or "",)
            if _STRING.search(kind) and not _NO_STRING.search(kind)
        }
    )
