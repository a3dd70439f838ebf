"""Definitions with a bug: what is cut, what is said of it, and what is left alone."""

import dataclasses
from pathlib import Path

import pytest

from tests.file_keys import draft_rules, text_key
from tests.samples.scenes import BY_NAME
from tests.samples.views import cuts_of, texts, view_of
from transforms.languages.spec import load_languages
from transforms.samples.caps import Caps
from transforms.samples.drafting import draft_file
from transforms.samples.drafts import render, unpack
from transforms.samples.mutations.check import Reparser
from transforms.samples.mutations.operators import OPERATORS, load_hints
from transforms.sources.source import read_raw

DOCUMENTED = '''\
class Stack:
    def top(self, depth):
        """Return what stands at a depth."""
        # counted from the top
        if depth < len(self.items):
            return self.items[-depth]
        return None
'''


def test_cut_is_the_definition_with_one_edit() -> None:
    view = view_of(DOCUMENTED)
    cut = cuts_of(view, "debug")["Stack.top"]
    context, target, suffix = texts(view, cut)
    assert (cut.origin, cut.variant, suffix) == ("derived", "original", "")
    assert view.text[cut.span.start : cut.span.end].decode() == target
    assert context != target
    assert '"""Return what stands at a depth."""' in context
    assert "# counted from the top" in context
    assert cut.mutation in BY_NAME
    assert cut.hint == ""


def test_hint_only_when_asked_for() -> None:
    view = dataclasses.replace(view_of(DOCUMENTED), describe_bugs=True)
    cut = cuts_of(view, "debug")["Stack.top"]
    assert cut.hint == load_hints()[cut.mutation]


@pytest.mark.parametrize("describe_bugs", [False, True])
def test_the_instruction_ends_with_the_hint_if_asked(describe_bugs: bool, tmp_path: Path) -> None:
    text = DOCUMENTED.encode()
    every = Caps(per_definition=99, per_file=99, mix={})
    rules = dataclasses.replace(draft_rules(tmp_path), caps=every, describe_bugs=describe_bugs)
    drafted = draft_file(text_key("python", "stack.py", text), read_raw("stack.py", text), rules)
    draft = next(d for d in unpack(drafted.file_drafts.drafts) if d.task == "debug")
    instruction = render(text, draft).instruction
    assert instruction.endswith(f" {load_hints()[draft.mutation]}") == describe_bugs


def test_copies_have_the_same_bug_wherever_they_stand() -> None:
    alone = view_of(DOCUMENTED)
    moved = view_of(f"import os\n\n\nx = 1\n\n\n{DOCUMENTED}")
    contexts = [texts(view, cuts_of(view, "debug")["Stack.top"])[0] for view in (alone, moved)]
    assert contexts[0] == contexts[1]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("test_top", "python"),
        ("__repr__", "python"),
        ("dump_items", "python"),
        ("hash_record", "python"),
        ("hashInt", "python"),
    ],
)
def test_no_bug_where_nobody_would_look_for_one(name: str, language: str) -> None:
    source = DOCUMENTED.replace("def top", f"def {name}")
    assert cuts_of(view_of(source, language), "debug") == {}


def test_no_bug_in_what_is_marked_as_a_test() -> None:
    code = "fn turns(low: u8) {\n    let found = turn(low, 1);\n    run(found < 2);\n}\n"
    assert set(cuts_of(view_of(code, "rust"), "debug")) == {"turns"}
    assert cuts_of(view_of(f"#[test]\n{code}", "rust"), "debug") == {}


def test_no_bug_in_a_file_of_tests() -> None:
    view = dataclasses.replace(view_of(DOCUMENTED), path="tests/stack.py")
    assert cuts_of(view, "debug") == {}


def test_languages() -> None:
    languages = {name for name, found in load_languages().items() if found.mutations}
    assert {
        "python", "javascript", "typescript", "tsx", "java", "go", "rust", "c", "cpp", "csharp",
        "php", "ruby", "kotlin", "swift", "scala", "lua", "bash", "cuda", "glsl",
    } <= languages  # fmt: skip
    assert len(OPERATORS) == len(BY_NAME) >= 12


@pytest.mark.parametrize(
    ("edit", "parses"),
    [
        ((b"depth < len", "depth <= len"), True),
        ((b"len(self.items)", "len(self.items"), False),
        ((b"            return self.items[-depth]\n", ""), None),
        ((b"if depth < len(self.items):", "if depth:\n        x = 1\ny = 2\nif z:"), False),
    ],
    ids=["mutant", "open bracket", "empty block", "more than one"],
)
def test_parses(edit: tuple[bytes, str], parses: bool | None) -> None:
    view = view_of(DOCUMENTED)
    definition = next(d for d in view.outline.definitions if d.name == "top")
    start = view.text.index(edit[0])
    edits = ((start, start + len(edit[0]), edit[1]),)
    found = Reparser(view.outline).parses(definition.span, edits)
    assert parses is None or found == parses


def test_large_files_are_not_parsed_again_without_end() -> None:
    view = view_of("class A {\n  #f(a) { if (a < 1) { return a; } return 2; }\n}\n", "javascript")
    definition = next(d for d in view.outline.definitions if d.kind == "method")
    at = view.text.index(b"<")
    reparser = Reparser(view.outline, room=len(view.text) + 1)
    edits = ((at, at + 1, "<="),)
    assert reparser.parses(definition.span, edits)
    assert not reparser.parses(definition.span, edits)
