"""Find a bug: the prompt is a definition with one mutation, the target what a person wrote."""

import dataclasses
import functools
import re
from collections.abc import Iterator

from transforms.languages.mutation_spec import MutationSpec
from transforms.outlines.outline import Definition
from transforms.samples.cuts import Candidate, Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece, digest
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS, has_substance, whole
from transforms.samples.mutations.check import Reparser
from transforms.samples.mutations.operators import draw_mutation, load_hints
from transforms.samples.mutations.scene import Scene
from transforms.samples.tasks.edited import undo
from transforms.samples.testing.finding import is_marked

_NAME = "debug"
# What is written for a reader's eye, or to compare runs: a bug in it is none to be found.
_FOR_SHOW = re.compile(
    r"__(?:repr|str|format|hash|dir|doc)__|to_?str(?:ing)?|to_s|inspect|describe|(?:\w+_)?hash(?:_\w+|code|int|str\w*|bytes|data|value|key)?|fmt"
    r"|usage|help|(?:print|dump|debug|log|show)(?:[A-Z_].*|)|.*_repr|mock.*|stub.*|example.*|main",
    re.IGNORECASE,
)

# Nobody notices a round more or less.
_BENCHMARK = re.compile(
    r"(?:\A|/)(?:bench(?:marks?)?|bm|[Tt]ests?|testdata)/|[bB]enchmarks?\.\w+\Z|_bench\.\w+\Z"
)


def _find(view: SourceView) -> Iterator[Candidate]:
    """Yield a candidate for each function or method that someone would debug."""
    outline, spec = view.outline, view.language.mutations
    if outline is None or spec is None or outline.embedded or _is_test_file(view):
        return
    reparser = Reparser(outline)
    for definition in outline.definitions:
        if _is_fit(view, definition):
            target = (Piece(*whole(definition)),)
            make = functools.partial(_cut, view, spec, reparser, definition)
            yield Candidate(_NAME, definition, target, make)


def _cut(
    view: SourceView, spec: MutationSpec, reparser: Reparser, definition: Definition
) -> Cut | None:
    """Put a bug into a definition; None where there is no place for one."""
    outline, body = view.outline, definition.body
    if outline is None or body is None or reparser.room < 0:
        return None
    span = whole(definition)
    scene = Scene(
        text=view.text,
        root=outline.root,
        definition=definition,
        body=body,
        spec=spec,
        drawn=digest(str(view.seed), _NAME, view.text[span.start : span.end]),
    )
    found = draw_mutation(scene, functools.partial(reparser.parses, definition.span))
    if found is None:
        return None
    mutation, edits = found
    hint = load_hints()[mutation] if view.describe_bugs else ""
    cut = undo(_NAME, definition, span, edits, origin="derived")
    return dataclasses.replace(cut, mutation=mutation, hint=hint)


def _is_test_file(view: SourceView) -> bool:
    tests = view.language.tests
    tested = tests is not None and tests.paths and re.search(tests.paths, view.path)
    return bool(tested) or _BENCHMARK.search(view.path) is not None


def _is_fit(view: SourceView, definition: Definition) -> bool:
    """Whether a definition is code that someone would debug, and fits into a prompt."""
    tests = view.language.tests
    return (
        definition.kind in FUNCTION_KINDS | METHOD_KINDS
        and definition.kind != "test"
        and definition.span.size <= min(view.max_context_chars, view.max_target_chars)
        and not _FOR_SHOW.fullmatch(definition.name)
        and not (tests and tests.names and re.search(tests.names, definition.name))
        and not is_marked(view, definition)
        and has_substance(view, definition)
    )


SPEC = TaskSpec(name=_NAME, find=_find)
