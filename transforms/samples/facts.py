"""The facts that a sample's instruction may mention."""

import dataclasses

from transforms.outlines.outline import Definition
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.eligibility import FUNCTION_KINDS, METHOD_KINDS
from transforms.samples.instructions import Facts
from transforms.samples.purpose import purpose_from_doc, purpose_from_name


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
        kind=definition.kind,
        name="" if _is_macro_call(view, definition) else definition.name,
        class_name=_class_name(view, definition),
        parameters=tuple(parameter.name for parameter in definition.details.parameters),
        purpose=_purpose(cut, definition),
    )


def _is_macro_call(view: SourceView, definition: Definition) -> bool:
    """Whether the name is that of a macro which makes a function: `TEST(Name, Case) {`."""
    call = f"{definition.name}(".encode()
    text = view.text[definition.span.start : definition.span.start + len(call) + 1]
    is_function = definition.kind == "function" and definition.name.isupper()
    return is_function and text.startswith(call) and not text.endswith(b")")


def _class_name(view: SourceView, definition: Definition) -> str:
    """The type that a method belongs to; in Go and Rust it stands elsewhere than around it."""
    if view.outline is not None and definition.parent is not None:
        around = view.outline.definitions[definition.parent]
        if around.kind in FUNCTION_KINDS | METHOD_KINDS:
            return ""  # a method of a class without a name
    owners = definition.qualified_name.split(".")[:-1]
    return owners[-1] if owners and definition.kind in METHOD_KINDS else ""


def _purpose(cut: Cut, definition: Definition) -> str:
    doc = definition.doc
    if doc is not None and not (cut.span.start <= doc.start and doc.end <= cut.span.end):
        purpose = purpose_from_doc(definition.details.summary)
        if purpose:
            return purpose
    return purpose_from_name(definition.name, definition.kind)
