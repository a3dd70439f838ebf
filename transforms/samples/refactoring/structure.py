"""Worse structure for a definition: the sites, those chosen, and that the result parses."""

import dataclasses
import functools
import re
import types
from collections.abc import Callable, Mapping, Sequence

import tree_sitter

from transforms.languages.refactor_spec import RefactorSpec, StructureSpec
from transforms.languages.spec import load_languages
from transforms.outlines.grammar import compile_patterns, load_grammar, matches
from transforms.outlines.outline import Definition
from transforms.samples.augmentations import bytecode
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import Edits, Piece, render_text
from transforms.samples.refactoring import branches, python_rules, statements
from transforms.samples.refactoring.code import Code, Found, Rewrite, opens_lines
from transforms.samples.refactoring.shells import parse_alone, parse_in

_MAX_SITES = 3
_MINOR = frozenset(
    "long_assignment negated_equality compared_to_true split_chain long_count needless_variable"
    .split()
)  # fmt: skip
_WHOLE = re.compile(r"\s*\((\w+).*\)\s*@site\s*\Z", re.DOTALL)
_MAX_INDENT = 200  # characters; a file may be one line
_SMALL_BYTES = 500  # in which one of these is worth a sample

_RULES: Mapping[str, Callable[[Code, Found], Rewrite | None]] = types.MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            branches.else_after_jump,
            branches.nested_guard,
            branches.nested_and,
            branches.swapped_branches,
            branches.nested_else_if,
            statements.long_boolean,
            statements.branches_for_conditional,
            statements.needless_variable,
            statements.long_assignment,
            statements.negated_equality,
            statements.compared_to_true,
            python_rules.loop_for_comprehension,
            python_rules.format_for_f_string,
            python_rules.split_chain,
            python_rules.long_count,
        )
    }
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Tools:
    """What a process keeps for a language."""

    spec: RefactorSpec
    structure: StructureSpec
    query: tree_sitter.Query
    blocker: re.Pattern[bytes] | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Site:
    kind: str
    rewrite: Rewrite


class Restructurer:
    """Makes the edits that give definitions of one file a worse structure."""

    def __init__(self, view: SourceView) -> None:
        """Take a file; it is looked at when the first definition asks."""
        self._view = view

    def __call__(self, definition: Definition, digest: bytes) -> Edits:
        """Make the edits for a definition of this digest; none where there is nothing to do."""
        view, tools = self._view, _load_tools(self._view.language.name)
        if tools is None:
            return ()
        span = definition.span
        line = view.text.rfind(b"\n", max(span.start - _MAX_INDENT, 0), span.start) + 1
        start = line if line and not view.text[line : span.start].strip() else span.start
        raw = view.text[start : span.end]
        if b"\r" in raw or (tools.blocker and tools.blocker.search(raw)):
            return ()
        edits = self._edits(tools, raw, digest, span.size <= _SMALL_BYTES)
        return tuple((begin + start, end + start, text) for begin, end, text in edits)

    def _edits(self, tools: _Tools, raw: bytes, digest: bytes, small: bool) -> list[Rewrite]:
        """Choose up to three sites in a definition by hash; each is a span of its own."""
        view = self._view
        parsed = parse_alone(tools.spec, view.language.name, raw.decode())
        if parsed is None:
            return []
        tree, shell = parsed
        code = self._code(tools, tree, shell, raw)
        sites = _chosen(view.seed, digest, _sites(code, tools, tree))
        weight = sum(0.5 if site.kind in _MINOR else 1.0 for site in sites)
        if weight < (0.5 if small else 1.0):
            return []
        rewrites = (site.rewrite for site in sites)
        edits = sorted((at - code.start, end - code.start, text) for at, end, text in rewrites)
        changed = render_text(raw, (Piece(0, len(raw), tuple(edits)),))
        if changed.encode() == raw or parse_in(shell, view.language.name, changed) is None:
            return []
        if view.language.name == "python" and bytecode.parse(changed) is None:
            return []  # the grammar knows Python 2 as well
        return edits

    @functools.cached_property
    def _opens_lines(self) -> bool:
        return opens_lines(self._view.text)

    def _code(self, tools: _Tools, tree: tree_sitter.Tree, shell: str, raw: bytes) -> Code:
        before, _, after = (part.encode() for part in shell.partition("@"))
        strings = [
            (node.start_byte, node.end_byte)
            for node in load_grammar(self._view.language.name).find_strings(tree.root_node)
            if node.start_point.row != node.end_point.row
        ]
        return Code(
            text=before + raw + after,
            spec=tools.structure,
            strings=strings,
            start=len(before),
            end=len(before) + len(raw),
            opens_lines=self._opens_lines,
        )


def _sites(code: Code, tools: _Tools, tree: tree_sitter.Tree) -> list[_Site]:
    """Find where a rule applies, in source order."""
    sites = []
    for pattern, captures in matches(tools.query, tree.root_node):
        kind, node = tools.structure.sites[pattern].kind, tools.structure.sites[pattern].node
        if not _is_whole(node, captures["site"][0]):
            continue
        found = {name: nodes[0] for name, nodes in captures.items()}
        rewrite = _RULES[kind](code, found)
        if rewrite is not None and code.start <= rewrite[0] and rewrite[1] <= code.end:
            sites.append(_Site(kind, rewrite))
    return sites


def _is_whole(pattern: str, site: tree_sitter.Node) -> bool:
    """Whether a pattern that is a site as a whole found a node of its type.

    The node around one may be captured in its place (0.25.2, Python's expression statements).
    """
    match = _WHOLE.match(pattern)
    return match is None or match.group(1) == site.type


def _chosen(seed: int, digest: bytes, sites: Sequence[_Site]) -> list[_Site]:
    """Choose sites by hash, of one kind after the other, none inside another."""
    most = 1 + int(unit_interval(seed, digest, "sites") * _MAX_SITES)
    kinds: dict[str, int] = {}
    ranked = []
    for site in sorted(sites, key=lambda site: _draw(seed, digest, site)):
        turn = kinds[site.kind] = kinds.get(site.kind, 0) + 1
        minor = site.kind in _MINOR
        ranked.append((minor, turn, unit_interval(seed, digest, "kind", site.kind), site))
    ranked.sort(key=lambda each: each[:3])
    chosen: list[_Site] = []
    for _, _, _, site in ranked:
        begin, end, _ = site.rewrite
        if len(chosen) < most and all(
            end <= other.rewrite[0] or other.rewrite[1] <= begin for other in chosen
        ):
            chosen.append(site)
    return chosen


def _draw(seed: int, digest: bytes, site: _Site) -> float:
    return unit_interval(seed, digest, site.kind, str(site.rewrite[0]))


@functools.cache
def _load_tools(name: str) -> _Tools | None:
    """Compile a language's patterns, once in a process; None where it has none.

    Raises:
      ValueError: if they name nodes that its grammar has not, or rules that are none.
    """
    language = load_languages()[name]
    spec = language.refactor
    if spec is None or spec.structure is None:
        return None
    structure = spec.structure
    unknown = [site.kind for site in structure.sites if site.kind not in _RULES]
    if unknown:
        raise ValueError(f"{name}.toml: refactor.structure: {unknown} must be rules")
    patterns = [site.node for site in structure.sites]
    query = compile_patterns(name, patterns, "refactor.structure")
    blocker = re.compile(structure.blocker.encode(), re.MULTILINE) if structure.blocker else None
    return _Tools(spec, structure, query, blocker)
