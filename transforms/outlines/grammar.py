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
from transforms.outlines.dialects import parsed_text
from transforms.outlines.nodes import Names, names_in

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

_OUTERMOST = re.compile(r"[\s(\[]*(\w+)")

Captures = dict[str, list[tree_sitter.Node]]
_Lists = tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """A definition or scope to find, and its names as the grammar has them."""

    spec: DefinitionSpec | ScopeSpec
    name: Names
    body: Names
    header: tuple[Names, ...]


_Target = _Lists | Wanted


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
    items: list[tuple[Wanted, list[Captures]]]

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
      query: of all nodes of interest, for one walk through a tree; None where there are none. The
        last of its patterns is that of candidates, where the language has such.
      inner: of what candidates may be, tried at each; None where the language has none.
      targets: for each of the query's patterns but that of candidates, then for each of the inner
        one's, the names of its lists, each with that of its capture; or the definition or scope
        that it finds.
      embedded: of code of other languages, a pattern for each of the spec's; None for none.
      strings: of nodes in which white space is text; None where there are none.
      reread: as the language has it.
    """

    spec: OutlineSpec
    parser: tree_sitter.Parser
    query: tree_sitter.Query | None
    inner: tree_sitter.Query | None
    targets: tuple[_Target, ...]
    embedded: tree_sitter.Query | None
    strings: tree_sitter.Query | None
    reread: str = ""

    def readable(self, text: bytes) -> bytes:
        """Write a text as the parser can read it, in as many bytes."""
        return parsed_text(text, self.spec, self.reread)

    def find(self, root: tree_sitter.Node) -> Found:
        """Find the nodes of an outline."""
        found: dict[int, list[Captures]] = collections.defaultdict(list)
        inside = _cursor(self.inner, 0) if self.inner else None
        # Not `captures`, which takes up to five times as long (0.25.2).
        for pattern, captures in _cursor(self.query).matches(root) if self.query else ():
            if inside is None or "candidate" not in captures:
                found[pattern].append(captures)
                continue
            for number, inner in inside.matches(captures["candidate"][0]):
                found[pattern + number].append(inner)
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


def matches(query: tree_sitter.Query, root: tree_sitter.Node) -> Iterator[tuple[int, Captures]]:
    """Yield what a query finds below a root, each with the number of its pattern."""
    yield from _cursor(query).matches(root)


def compile_patterns(name: str, patterns: Sequence[str], where: str) -> tree_sitter.Query:
    """Make a query in the language of this name; its maker keeps it, once in a process.

    Args:
      patterns: at least one.
      where: they stand in the language's data file.

    Raises:
      ValueError: if the grammar does not know one.
    """
    grammar: typing.Any = load_grammar(name).parser.language  # one a process
    try:
        query = _compile(grammar, patterns)
    except (tree_sitter.QueryError, ValueError) as error:
        raise ValueError(f"{name}.toml: {where}: {error}") from error
    if query is None:
        raise ValueError(f"{name}.toml: {where}: must have a pattern")
    return query


def _cursor(query: tree_sitter.Query, max_depth: int = MAX_DEPTH) -> tree_sitter.QueryCursor:
    cursor = tree_sitter.QueryCursor(query)
    cursor.set_max_start_depth(max_depth)
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
    outer, inner = _parted(list(_patterns(grammar, spec)), spec.candidates)
    candidates = [spec.candidates] if spec.candidates else []
    try:
        query = _compile(grammar, [*(pattern for _, pattern in outer), *candidates])
        at_candidates = _compile(grammar, [pattern for _, pattern in inner])
        embedded = _compile(grammar, [piece.node for piece in spec.embedded])
        strings = _compile(grammar, [f"({kind}) @string" for kind in string_kinds(grammar)])
    except (tree_sitter.QueryError, ValueError) as error:
        raise ValueError(f"{name}.toml: outline: {error}") from error
    targets = tuple(target for target, _ in (*outer, *inner))
    parser = tree_sitter.Parser(grammar)
    return Grammar(
        spec, parser, query, at_candidates, targets, embedded, strings, language.reread_comments
    )


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
        yield _wanted(grammar, item), _item_pattern(item)


def _wanted(grammar: tree_sitter.Language, item: DefinitionSpec | ScopeSpec) -> Wanted:
    if isinstance(item, ScopeSpec):
        return Wanted(item, names_in(grammar, (item.name,)), names_in(grammar, ()), ())
    return Wanted(
        item,
        names_in(grammar, item.name),
        names_in(grammar, item.body),
        tuple(names_in(grammar, (name,)) for name in item.header),
    )


def _parted(
    patterns: list[tuple[_Target, str]], candidates: str
) -> tuple[list[tuple[_Target, str]], list[tuple[_Target, str]]]:
    """Part patterns into those to try at all nodes, and those to try at candidates."""
    kind = outermost(candidates)
    return (
        [one for one in patterns if not kind or outermost(one[1]) != kind],
        [one for one in patterns if kind and outermost(one[1]) == kind],
    )


def outermost(pattern: str) -> str:
    """The type of the node that a pattern is about; empty where it has none."""
    match = _OUTERMOST.match(pattern)
    return match[1] if match else ""


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
