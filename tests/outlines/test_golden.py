"""Every structured language, on real-style code whose outline somebody has looked at."""

import pytest

from tests.outlines.golden import FOLDER, SEEN, describe, golden_file, structured
from tests.outlines.test_parse import check_promises
from transforms.languages.naming import name_language
from transforms.languages.spec import load_languages
from transforms.outlines.parse import outline

# Of so many kinds a golden file must have definitions, unless its language has fewer.
_KINDS = 5
# Shaders have the outline of C or C++, and no enums, unions or classes; HCL has Terraform's, which
# has the more kinds.
_FEWER = {"glsl": 3, "hlsl": 3, "hcl": 3}


@pytest.mark.parametrize("name", structured())
def test_outline_is_as_it_was_reviewed(name: str) -> None:
    text = golden_file(name).read_bytes()
    seen = (FOLDER / name / SEEN).read_text(encoding="utf-8")
    assert describe(text, load_languages()[name]) == seen


@pytest.mark.parametrize("name", structured())
def test_golden_file_shows_what_the_language_has(name: str) -> None:
    language = load_languages()[name]
    text = golden_file(name).read_bytes()
    found = outline(text, language)
    check_promises(text, found)
    assert language.outline is not None
    specs = language.outline.definitions
    kinds = {spec.kind for spec in specs} | {spec.member_kind for spec in specs} - {""}
    shown = {definition.kind for definition in found.definitions}
    assert len(shown) >= min(_FEWER.get(name, _KINDS), len(kinds)), (
        f"{name}: {sorted(kinds - shown)} not shown"
    )
    assert not any(definition.has_error for definition in found.definitions)


@pytest.mark.parametrize("name", structured())
def test_golden_file_is_named_as_its_language(name: str) -> None:
    path = golden_file(name)
    named = name_language(path.name, path.read_bytes())
    assert named is not None
    assert named.name == name
