"""What mutation operators do to definitions, for tests."""

import difflib

from tests.samples.views import rendered, view_of
from transforms.outlines.outline import Definition
from transforms.samples.cuts import SourceView
from transforms.samples.drafts import Piece, digest
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS
from transforms.samples.mutations.check import Reparser
from transforms.samples.mutations.operators import OPERATORS
from transforms.samples.mutations.scene import Scene

BY_NAME = {operator.name: operator for operator in OPERATORS}


def scene_of(view: SourceView, index: int = 0) -> Scene:
    """The scene of one of a file's definitions."""
    definition = view.outline.definitions[index]
    return Scene(
        text=view.text,
        root=view.outline.root,
        definition=definition,
        body=definition.body,
        spec=view.language.mutations,
        drawn=digest("test"),
    )


def mutants(source: str, language: str, operator: str) -> set[str]:
    """Return what an operator does to the first function: the lines that differ, or are gone."""
    view = view_of(source, language)
    index = next(i for i, found in enumerate(view.outline.definitions) if is_function(found))
    scene, reparser = scene_of(view, index), Reparser(view.outline)
    found: set[str] = set()
    old = source.splitlines()
    for edits in BY_NAME[operator].find(scene):
        if edits and reparser.parses(scene.definition.span, edits):
            new = rendered(view, (Piece(0, len(view.text), edits),)).splitlines()
            for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new).get_opcodes():
                lines = new[k:m] if k < m else [f"- {line.strip()}" for line in old[i:j]]
                found |= {line.strip() for line in lines} if kind != "equal" else set()
    return found


def is_function(definition: Definition) -> bool:
    return definition.body is not None and definition.kind in FUNCTION_KINDS | METHOD_KINDS
