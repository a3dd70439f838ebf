"""Instructions filled with the facts of real definitions in every language read well.

What a grammar checker would say of them is held here as far as a few rules can.
"""

import functools
import pathlib
import re

import pytest

from tests.samples.views import real_files, view_of
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.english import article
from transforms.samples.facts import facts_of
from transforms.samples.instructions import Facts, Wording, instruct
from transforms.samples.phrasings import load_templates

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden"
MOST_DEFINITIONS = 12  # of a file
SENTENCE_STARTS = re.compile(r"(?:^|[.?!] )([a-z])")
# What is wrong in any sentence, names in backticks left out; with an example of it.
RULES = {
    "a field that is not filled": (r"[{}]", "Write {name}."),
    "a space too many": (r"\s\s|^\s|\s$|\s[.,;:?!]", "Write it , please."),
    "a word twice": (r"\b(\w+) \1\b", "Write the the body."),
    "a mark twice": (r"[.,;:?!]{2}", "Write the body.."),
    "no end": (r"(?<![.?!])$", "Write the body"),
    "a gap that a name left": (r"\b(?:of|the|a|an) *[.?!;]", "Write the."),
    "two phrases of purpose": (r"\bshould (?:to|should)\b|\bto to\b", "It has to to write."),
    "a plural of one": (r"\b1 lines\b|\bparameters X (?!and)(?!X)[a-z]", "About 1 lines."),
}


def prose_of(text: str) -> str:
    """The text with names in backticks masked by a word that begins with a consonant."""
    return re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "X", text)


def flaws(text: str) -> list[str]:
    """What is wrong with a filled instruction."""
    prose = prose_of(text)
    found = [what for what, (pattern, _) in RULES.items() if re.search(pattern, prose)]
    found += ["a backtick"] * ("`" in prose)
    starts = SENTENCE_STARTS.findall(re.sub(r"\b(?:fish|qmake|re2c)\b", "Word", prose))
    found += ["a small letter after a full stop"] * bool(starts)
    for said, word in re.findall(r"\b([Aa]n?) (\S+)", prose):
        if article(word.strip(",.;:?!()")) != said.lower() and word != "X":
            found.append(f"{said} {word}")
    return found


@functools.cache
def real_facts() -> tuple[Facts, ...]:
    """Facts of definitions of each language, whose doc is inside the target or is not."""
    found = []
    for language, text in real_files(GOLDEN):
        view = view_of(text, language)
        definitions = view.outline.definitions[:MOST_DEFINITIONS] if view.outline else ()
        for definition in definitions:
            for span in (definition.body, definition.span):
                if span is not None:
                    cut = Cut("debug", definition, (), (), (), (), span)
                    found.append(_facts(view, cut))
        if view.outline and definitions:
            cut = Cut("line_completion", None, (), (), (), (), definitions[0].span)
            found.append(_facts(view, cut))
    return tuple(found)


def _facts(view: SourceView, cut: Cut) -> Facts:
    return facts_of(view, cut, "medium", 1 + (cut.span.start % 40))


def test_there_are_many_real_facts() -> None:
    assert len({facts.language for facts in real_facts()}) > 50
    assert sum(bool(facts.purpose) for facts in real_facts()) > 30
    assert sum(bool(facts.class_name) for facts in real_facts()) > 100


@pytest.mark.parametrize("later", [False, True], ids=["first turn", "later turns"])
@pytest.mark.parametrize("held_out", [False, True], ids=["train", "validation"])
@pytest.mark.parametrize("task", load_templates())
def test_instructions_read_well(task: str, held_out: bool, later: bool) -> None:
    wording = Wording(0.2, held_out=held_out)
    texts = {
        instruct(task, facts, 0, str(number), wording=wording, later=later).text
        for number, facts in enumerate(real_facts())
    }
    assert {text: found for text in texts if (found := flaws(text))} == {}


@pytest.mark.parametrize(
    ("what", "text"), [(what, text) for what, (_, text) in RULES.items()], ids=RULES.keys()
)
def test_the_rules_see_what_they_are_for(what: str, text: str) -> None:
    assert what in flaws(text)


@pytest.mark.parametrize(
    "text", ["Write a SQL query.", "Write an C function.", "Write it. then stop.", "Write `it."]
)
def test_other_flaws_are_seen(text: str) -> None:
    assert flaws(text)


@pytest.mark.parametrize(
    "text",
    [
        "Write an SQL query for `a  b {c}`, please.",
        "Could you continue this fish snippet? About 7 lines should do.",
        "`f` has the parameters `a`, `b` and `c`.",
    ],
)
def test_what_is_right_has_no_flaw(text: str) -> None:
    assert flaws(text) == []
