"""Which parts of a file are tests."""

import functools
import re
import typing
from collections.abc import Iterator
from typing import NamedTuple

import tree_sitter
import tree_sitter_language_pack

from transforms.languages.spec import Language, load_languages
from transforms.outlines.grammar import MAX_DEPTH
from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import SourceView
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, head_start

_MACRO_TITLE = re.compile(rb"\A\s*\w+\s*\(([^(){}]*)\)")


class Test(NamedTuple):
    """A test: a definition, or a block without one."""

    title: str
    span: Span
    definition: Definition | None


def is_test_file(path: str, repo: str, language: Language) -> bool:
    """Whether a file is one of tests, by its place in its repository."""
    pattern = language.tests.paths if language.tests else ""
    return bool(pattern and re.search(pattern, path.removeprefix(f"{repo}/")))


def find_tests(view: SourceView, in_test_file: bool) -> list[Test]:
    """List a file's tests, in source order, none inside another."""
    spec, outline = view.language.tests, view.outline
    if spec is None or outline is None:
        return []
    named = re.compile(spec.names) if spec.names and in_test_file else None
    found = []
    for definition in outline.definitions:
        if definition.kind not in FUNCTION_KINDS | METHOD_KINDS or definition.body is None:
            continue
        is_test = definition.kind == "test" or bool(named and named.search(definition.name))
        is_test = is_test or is_marked(view, definition)
        if is_test and not definition.has_error:
            span = Span(head_start(definition), definition.span.end)
            found.append(Test(_title(view, definition), span, definition))
    if in_test_file:
        found += _blocks(view)
    found.sort(key=lambda test: (test.span.start, -test.span.end))
    return _disjoint(found)


def is_marked(view: SourceView, definition: Definition) -> bool:
    """Whether a decorator says that a definition is a test, wherever it stands."""
    marks = view.language.tests.marks if view.language.tests else ""
    return bool(marks) and any(
        re.search(marks, view.text[span.start : span.end].decode(errors="replace"))
        for span in _decorators(view, definition)
    )


def _decorators(view: SourceView, definition: Definition) -> tuple[Span, ...]:
    """A definition's decorators, if it has any: to read them takes time."""
    first = view.text[definition.span.start : definition.span.start + 1]
    return definition.details.decorators if first in (b"@", b"#", b"[") else ()


def _title(view: SourceView, definition: Definition) -> str:
    """A test's name; of a macro that makes tests, what stands in its parentheses."""
    if definition.name.isupper():
        start = definition.span.start
        found = _MACRO_TITLE.match(view.text[start : start + 400])
        if found:
            *_, last = found[1].decode(errors="replace").split(",")
            return last.strip(" \"'\n")
    return definition.name


def _blocks(view: SourceView) -> Iterator[Test]:
    """Yield the tests that are no definitions."""
    query = _query(view.language.name)
    if query is None or view.outline is None:
        return
    cursor = tree_sitter.QueryCursor(query)
    cursor.set_max_start_depth(MAX_DEPTH)
    for _, captures in cursor.matches(view.outline.root):
        node, title = captures["test"][0], captures["title"][0]
        if not node.has_error:
            words = view.text[title.start_byte : title.end_byte].decode(errors="replace")
            yield Test(words.strip("\"'`"), Span(node.start_byte, node.end_byte), None)


@functools.cache
def _query(name: str) -> tree_sitter.Query | None:
    """The query of a language's test blocks, made once in a process."""
    language = load_languages()[name]
    if language.tests is None or not language.tests.blocks:
        return None
    grammar = tree_sitter_language_pack.get_language(
        typing.cast("tree_sitter_language_pack.SupportedLanguage", language.grammar)
    )
    try:
        return tree_sitter.Query(grammar, "\n".join(language.tests.blocks))
    except tree_sitter.QueryError as error:
        raise ValueError(f"{name}.toml: tests.blocks: {error}") from error


def _disjoint(tests: list[Test]) -> list[Test]:
    """Keep the innermost of tests that stand in one another: the outer ones are groups."""
    kept: list[Test] = []
    for test in tests:
        while kept and kept[-1].span.end > test.span.start:
            kept.pop()
        kept.append(test)
    return kept
