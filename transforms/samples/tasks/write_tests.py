"""Stubs of tests, made by a rule and only where asked for; people's are paired in PairTests."""

import re
from collections.abc import Iterator

from transforms.languages.testing_spec import TestSpec
from transforms.outlines.outline import Definition, Span
from transforms.samples.cuts import Cut, SourceView, TaskSpec
from transforms.samples.drafts import Piece
from transforms.samples.eligibility import (
    FUNCTION_KINDS,
    METHOD_KINDS,
    has_substance,
    whole,
)
from transforms.samples.testing.finding import is_test_file

_NAME = "write_tests"
_MAX_PARAMETERS = 6
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_STATIC = re.compile(rb"\bstatic\b")


def _cut(view: SourceView) -> Iterator[Cut]:
    """Yield a stub for each function with parameters, in source order."""
    tests = view.language.tests
    if not view.synthetic_tests or tests is None or not tests.stub or view.outline is None:
        return
    if is_test_file(view.path, "", view.language):
        return
    for definition in view.outline.definitions:
        stub = _stub(view, definition, tests)
        if stub:
            code = (Piece(*whole(definition)),)
            yield Cut(
                task=_NAME,
                definition=definition,
                context=code,
                suffix=(),
                target=(stub,),
                identity=code,
                span=Span(0, 0),  # it stands nowhere
                origin="synthetic",
                context_path=view.path,
            )


def _stub(view: SourceView, definition: Definition, tests: TestSpec) -> str:
    """Fill the template; nothing for what cannot be called by its name, or has no parameters."""
    if not _is_callable(view, definition) or not _IDENTIFIER.fullmatch(definition.name):
        return ""
    parameters = definition.details.parameters
    names = [parameter.name for parameter in parameters]
    if not 0 < len(names) <= _MAX_PARAMETERS or not all(map(_IDENTIFIER.fullmatch, names)):
        return ""
    template, types = tests.stub, [parameter.type for parameter in parameters]
    if "{type}" in template and not all(one and re.search(tests.stub_types, one) for one in types):
        return ""
    lines: list[str] = []
    for line in template.strip().splitlines():
        if "{parameter}" in line:
            lines += [
                line.replace("{parameter}", one.name).replace("{type}", one.type)
                for one in parameters
            ]
        else:
            lines.append(line)
    owner = definition.qualified_name.rpartition(".")[0].rpartition(".")[2]
    name = definition.name
    facts = {
        "name": name,
        "Name": name[:1].upper() + name[1:],
        "owner": owner,
        "arguments": ", ".join(names),
    }
    return re.sub(r"\{(name|Name|owner|arguments)\}", lambda m: facts[m[1]], "\n".join(lines))


def _is_callable(view: SourceView, definition: Definition) -> bool:
    """Whether a definition is a function of the file, or of a class where its language says so."""
    if definition.kind == "test" or not has_substance(view, definition):
        return False
    if view.language.tests is not None and "{owner}" in view.language.tests.stub:
        head = view.text[definition.signature.start : definition.signature.end]
        return definition.kind in METHOD_KINDS and bool(_STATIC.search(head))
    is_function = definition.kind in FUNCTION_KINDS | METHOD_KINDS
    return is_function and "." not in definition.qualified_name


SPEC = TaskSpec(name=_NAME, find=_cut)
