"""The facts that a sample's instruction may mention."""

import dataclasses
import re

from transforms.outlines.outline import Definition
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS
from transforms.samples.instructions import Facts
from transforms.samples.purpose import purpose_from_doc, purpose_from_name

# The dots of a qualified name that are not in a template's arguments, as of `Traits<A...>.map`.
_DOT = re.compile(r"\.(?![^<>]*>)")
_MACRO = re.compile(r"[A-Z][A-Z0-9_]+")


def facts_of(view: SourceView, cut: Cut, level: str, lines: int) -> Facts:
    """What an instruction may mention: only what stands outside the target."""
    definition = cut.definition
    language = view.language
    common = Facts(
        language=language.title,
        file_name=view.path.rpartition("/")[2],
        difficulty=level,
        doc_term=language.doc_term,
        lines=lines,
    )
    if definition is None:
        return common
    return dataclasses.replace(
        common,
        kind=_kind(view, definition),
        name="" if _is_nameless(definition) else definition.name,
        class_name=_class_name(view, definition),
        parameters=tuple(parameter.name for parameter in definition.details.parameters),
        purpose=_purpose(cut, definition),
    )


def _kind(view: SourceView, definition: Definition) -> str:
    """What people call it; a test is one whatever defines it."""
    tests = view.language.tests
    is_test = tests is not None and tests.names and re.search(tests.names, definition.name)
    return "test" if is_test and _is_macro_use(definition) else definition.kind


def _is_nameless(definition: Definition) -> bool:
    """Whether what stands for its name is none, as D's `unittest`."""
    return definition.name == "unittest" or _is_macro_use(definition)


def _is_macro_use(definition: Definition) -> bool:
    """Whether its name is a macro's, such as `TEST(suite, case) {`: no one calls it that."""
    parameters = definition.details.parameters
    has_names = any(parameter.name for parameter in parameters)
    return bool(parameters) and not has_names and bool(_MACRO.fullmatch(definition.name))


def _class_name(view: SourceView, definition: Definition) -> str:
    """The type that a method belongs to; in Go and Rust it stands elsewhere than around it."""
    if view.outline is not None and definition.parent is not None:
        around = view.outline.definitions[definition.parent]
        if around.kind in FUNCTION_KINDS | METHOD_KINDS:
            return ""  # a method of a class without a name
    owners = _DOT.split(definition.qualified_name)[:-1]
    return owners[-1] if owners and definition.kind in METHOD_KINDS else ""


def _purpose(cut: Cut, definition: Definition) -> str:
    doc = definition.doc
    if doc is not None and not (cut.span.start <= doc.start and doc.end <= cut.span.end):
        purpose = purpose_from_doc(definition.details.summary)
        if purpose:
            return purpose
    return purpose_from_name(definition.name, definition.kind)
