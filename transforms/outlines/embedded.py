"""Code in other languages inside a file: the scripts of a page.

It is parsed where it stands, so that all its places are places of the file.
"""

import dataclasses
from collections.abc import Iterator, Sequence

import tree_sitter

from transforms.outlines.grammar import Grammar, load_grammar
from transforms.outlines.outline import Definition, Outline, Span


def parse_embedded(
    text: bytes, root: tree_sitter.Node, grammar: Grammar
) -> Iterator[tuple[tree_sitter.Node, str]]:
    """Parse each piece of embedded code, as if the rest of the file were not there.

    Args:
      text: the whole file's.
      root: of the file's own tree.
      grammar: of the file's own language.

    Yields:
      the root of a piece's tree, and the name of its language, in source order.
    """
    for node, language in grammar.pieces(root).items():
        if language and not text[node.start_byte : node.end_byte].isspace():
            inner = load_grammar(language).parser.language
            # Pieces are apart from each other: a bracket that one leaves open ends with it.
            parser = tree_sitter.Parser(inner, included_ranges=[node.range])
            yield parser.parse(text).root_node, language


def with_embedded(page: Outline, pieces: Sequence[Outline]) -> Outline:
    """Put the outlines of a file's pieces into its own, which has no definitions."""
    definitions: list[Definition] = []
    for piece in pieces:
        first = len(definitions)
        for definition in piece.definitions:
            parent = None if definition.parent is None else definition.parent + first
            definitions.append(dataclasses.replace(definition, parent=parent))
    parts = (page, *pieces)
    return dataclasses.replace(
        page,
        definitions=tuple(definitions),
        imports=_sorted(span for part in parts for span in part.imports),
        comments=_sorted(span for part in parts for span in part.comments),
        find_strings=lambda: _sorted(span for part in pieces for span in part.find_strings()),
        # An error of the page's own may hold a piece with errors of its own.
        error_ratio=min(1.0, sum(part.error_ratio for part in parts)),
        embedded=tuple(piece.root for piece in pieces),
    )


def _sorted(spans: Iterator[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: span.start))
