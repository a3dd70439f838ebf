"""Templates as data, and the instructions they make."""

import collections
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.samples import instructions
from transforms.samples.english import article
from transforms.samples.instructions import Facts, Wording, instruct
from transforms.samples.phrasings import Template, held_out, load_templates, parse_templates

TASKS = (
    "function_completion method_completion class_completion fill_in_middle line_completion "
    "add_docstring add_comments add_type_hints explain implement_from_spec write_tests debug "
    "refactor multi_turn"
).split()
LATER_TASKS = "add_docstring add_comments add_type_hints explain write_tests refactor debug".split()
# What a text must say, and what it must not, so that it asks for the task's target.
SAYS = {
    "function_completion": r"body|complete|finish|continue|rest of the",
    "method_completion": r"body|complete|finish|continue|go on|pick up",
    "class_completion": r"rest|remain|missing|finish|continue",
    "fill_in_middle": r"gap|missing|cut out|deleted",
    "line_completion": r"continue|next|go on|going|follow",
    "add_docstring": r"\{doc_term\}|document",
    "add_comments": r"comment",
    "add_type_hints": r"type",
    "explain": r"summar|what does|what is|sum up|tell me what",
    "implement_from_spec": r"body",
    "write_tests": r"test",
    "debug": r"bug|wrong|correct|fix",
    "refactor": r"refactor|clean up|rewrite|easier to read",
    "multi_turn": r"let's|step|one thing|as we go",
}
_OTHER_FORMS = (
    r"\bexplain (?!the less)|step by step|\blist\b|json|markdown|only the (?:name|signature)"
)
_WHOLE = r"whole|in full|entire|complete \{kind\} back|from scratch|again|signature and body"
NEVER_SAYS = {
    "function_completion": rf"{_WHOLE}|document|test|return the|rewrite|{_OTHER_FORMS}",
    "method_completion": rf"{_WHOLE}|document|test|return the|rewrite|{_OTHER_FORMS}",
    "class_completion": rf"{_WHOLE}|document|test|rewrite|{_OTHER_FORMS}",
    "fill_in_middle": rf"{_WHOLE}|document|\btests?\b|rewrite|\blines? (?:are|is)\b|{_OTHER_FORMS}",
    "line_completion": rf"{_WHOLE}|\{{(?:name|kind|class|purpose|parameters)\}}|{_OTHER_FORMS}",
    "add_docstring": rf"only the|just the|comments\b|{_OTHER_FORMS}",
    "add_comments": rf"doc_term|docstring|{_OTHER_FORMS}",
    "add_type_hints": rf"comment|document|{_OTHER_FORMS}",
    "explain": r"in detail|line by line|step by step|\bwrite the\b|complete|\bbody\b",
    "implement_from_spec": rf"{_WHOLE}|rewrite|{_OTHER_FORMS}",
    "write_tests": rf"tests for|test suite|several|unit tests|{_OTHER_FORMS}",
    "debug": rf"explain|why|{_OTHER_FORMS}",
    "refactor": rf"bug|faster|explain|{_OTHER_FORMS}",
    "multi_turn": r"\bbody\b|\bwrite\b|\bfix\b",
}
FULL = Facts(
    language="Elixir",
    kind="function",
    name="area",
    class_name="Box",
    parameters=("width", "height"),
    purpose="return the area of a box",
    file_name="box.ex",
    difficulty="easy",
    doc_term="doc comment",
    lines=7,
)
TEMPLATES = [template for row in load_templates().values() for template in row]
TEMPLATE = '[[template]]\nid = "plain"\ntext = "Continue."\n'
SECOND = TEMPLATE.replace("plain", "terse").replace("Continue", "Go on")
HELD_OUT = 0.2  # the option's default


def first_turn(task: str) -> list[Template]:
    return [template for template in load_templates()[task] if not template.later]


def later_turns(task: str) -> list[Template]:
    return [template for template in load_templates()[task] if template.later]


def test_every_task_of_the_contract_has_templates() -> None:
    assert load_templates().keys() == set(TASKS)
    assert {task for task in TASKS if len(first_turn(task)) < 16} == set()
    assert {task for task in LATER_TASKS if len(later_turns(task)) < 4} == set()
    assert {task for task in TASKS if later_turns(task)} == set(LATER_TASKS)
    assert sum(len(first_turn(task)) for task in TASKS) >= 260


def test_ids_and_texts_are_distinct() -> None:
    ids = [template.template_id for template in TEMPLATES]
    bare = [re.sub(r"\W+", " ", template.text.lower()) for template in TEMPLATES]
    assert len(set(ids)) == len(ids)
    assert [text for text, count in collections.Counter(bare).items() if count > 1] == []


@pytest.mark.parametrize("task", TASKS)
def test_templates_ask_for_their_target(task: str) -> None:
    texts = [template.text for template in load_templates()[task]]
    assert [text for text in texts if not re.search(SAYS[task], text, re.IGNORECASE)] == []
    assert [text for text in texts if re.search(NEVER_SAYS[task], text, re.IGNORECASE)] == []


@pytest.mark.parametrize("task", TASKS)
def test_some_templates_are_plain_and_some_are_not(task: str) -> None:
    fields = [template.fields for template in load_templates()[task]]
    assert frozenset() in fields
    assert sum(bool(known & {"purpose", "file", "class", "difficulty"}) for known in fields) >= 3


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param('[[templates]]\nid = "a"\ntext = "B."', "one array of tables", id="key"),
        pytest.param('[template]\nid = "a"\ntext = "B."', "one array of tables", id="table"),
        pytest.param(TEMPLATE + "weight = 2\n", "must be id, text", id="unknown key"),
        pytest.param(TEMPLATE + 'turn = "first"\n', "must be id, text", id="unknown turn"),
        pytest.param('[[template]]\nid = "a"\n', "must be id, text", id="missing key"),
        pytest.param(TEMPLATE.replace("plain", "Plain One"), "small letters", id="slug"),
        pytest.param(TEMPLATE.replace("plain", ""), "small letters", id="no slug"),
        pytest.param(TEMPLATE + TEMPLATE, "must stand in the file once", id="id twice"),
        pytest.param(TEMPLATE.replace('"Continue."', "3"), "one line", id="no text"),
        pytest.param(TEMPLATE.replace("Continue.", ""), "one line", id="empty text"),
        pytest.param(TEMPLATE.replace("Continue.", "Go  on."), "one line", id="double space"),
        pytest.param(TEMPLATE.replace("Continue.", "Go {where}."), "no fields but", id="field"),
        pytest.param(TEMPLATE.replace("Continue.", "Go {name."), "no fields but", id="open brace"),
        pytest.param(TEMPLATE.replace("Continue.", "go on."), "capital", id="small letter"),
        pytest.param(TEMPLATE.replace("Continue.", "Go on"), "sentences", id="no full stop"),
        pytest.param(
            TEMPLATE.replace("Continue.", "A. B. C. D."), "sentences", id="four sentences"
        ),
        pytest.param(TEMPLATE.replace("Continue.", "Write a {name}."), "article", id="article"),
        pytest.param(TEMPLATE.replace("Continue.", "Write {name}."), "no field", id="none plain"),
        pytest.param(TEMPLATE, "no field", id="one plain"),
        pytest.param(
            TEMPLATE + SECOND + 'turn = "later"\n', "no field", id="one plain of each turn"
        ),
    ],
)
def test_a_broken_template_names_file_and_rule(text: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rf"^debug\.toml.*{rule}"):
        parse_templates("debug.toml", text)


def test_an_unknown_task_is_an_error() -> None:
    with pytest.raises(ValueError, match="task='sing' must be one of"):
        instruct("sing", FULL, 0)


def test_the_choice_is_a_function_of_its_parts() -> None:
    first = [instruct("debug", FULL, 0, bytes([n])) for n in range(50)]
    assert first == [instruct("debug", FULL, 0, bytes([n])) for n in range(50)]
    assert first != [instruct("debug", FULL, 1, bytes([n])) for n in range(50)]
    assert len({instruction.template_id for instruction in first}) > 4


@pytest.mark.parametrize("task", TASKS)
def test_every_template_is_chosen_and_in_the_stated_share(task: str) -> None:
    ids = [instruct(task, FULL, 0, str(n)).template_id for n in range(5000)]
    by_id = {template.template_id: template for template in first_turn(task)}
    assert set(ids) == set(by_id)
    particulars = {"class", "parameters", "arguments", "purpose", "file", "difficulty", "lines"}
    contextual = sum(bool(by_id[i].fields & (particulars | {"next_lines"})) for i in ids)
    # 5 sigma of a binomial share of 5,000 draws.
    assert contextual / 5000 == pytest.approx(instructions.CONTEXTUAL_SHARE, abs=0.034)


@pytest.mark.parametrize("task", LATER_TASKS)
def test_a_later_turn_has_phrasings_of_its_own(task: str) -> None:
    ids = {instruct(task, FULL, 0, str(n), later=True).template_id for n in range(500)}
    assert ids == {template.template_id for template in later_turns(task)}


@pytest.mark.parametrize("task", LATER_TASKS)
def test_no_phrasing_of_a_later_turn_is_said_over_and_over(task: str) -> None:
    ids = [instruct(task, FULL, 0, str(n), later=True).template_id for n in range(500)]
    most = collections.Counter(ids).most_common(1)[0][1]
    assert most < 1.5 * 500 / len(later_turns(task))


def test_a_task_without_phrasings_for_later_turns_is_asked_for_as_at_first() -> None:
    said = [instruct("line_completion", FULL, 0, str(n), later=True) for n in range(9)]
    assert said == [instruct("line_completion", FULL, 0, str(n)) for n in range(9)]


@pytest.mark.parametrize("later", [False, True], ids=["first turn", "later turns"])
@pytest.mark.parametrize("task", TASKS)
def test_phrasings_that_are_held_out_stay_so(task: str, later: bool) -> None:
    templates = later_turns(task) if later else first_turn(task)
    if not templates:
        return
    held = held_out(templates, HELD_OUT)
    assert 0.1 <= len(held) / len(templates) <= 0.35
    bare = {template.template_id for template in templates if not template.fields}
    assert bare & held
    assert bare - held
    added = [Template(f"{task}/new-{n}", "Go on.", frozenset()) for n in range(20)]
    assert held_out([*templates, *added], HELD_OUT) - {new.template_id for new in added} == held


def test_a_good_share_of_all_phrasings_is_held_out() -> None:
    every = [template for task in TASKS for template in first_turn(task)]
    held = [name for task in TASKS for name in held_out(first_turn(task), HELD_OUT)]
    assert len(held) / len(every) == pytest.approx(HELD_OUT, abs=0.03)


@pytest.mark.parametrize("ratio", [0.01, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("facts", [FULL, Facts()], ids=["all known", "nothing known"])
def test_both_sides_have_phrasings_and_share_none(facts: Facts, ratio: float) -> None:
    for task in TASKS:
        for later in (False, True):
            sides = [
                {
                    instruct(
                        task, facts, 0, str(n), wording=Wording(ratio, held_out=side), later=later
                    ).template_id
                    for n in range(100)
                }
                for side in (False, True)
            ]
            assert all(sides)
            assert not sides[0] & sides[1]


def test_without_a_share_both_sides_have_all_phrasings() -> None:
    both = [
        [instruct("debug", FULL, 0, str(n), wording=Wording(0.0, side)) for n in range(50)]
        for side in (False, True)
    ]
    assert both[0] == both[1] == [instruct("debug", FULL, 0, str(n)) for n in range(50)]


@pytest.mark.parametrize(
    ("lines", "expected"), [(0, None), (1, None), (7, "7"), (19, "19"), (87, "90"), (191, "190")]
)
def test_lengths_are_as_one_would_say_them(lines: int, expected: str | None) -> None:
    facts = Facts(name="f", lines=lines)
    texts = [instruct("function_completion", facts, 0, str(n)).text for n in range(200)]
    assert {found[1] for t in texts if (found := re.search(r"about (\d+) lines", t))} == (
        {expected} if expected else set()
    )


def test_a_constructor_is_not_said_to_be_of_the_class_it_is_called_by() -> None:
    facts = Facts(language="Java", kind="constructor", name="Box", class_name="Box")
    texts = [instruct("method_completion", facts, 0, str(n)).text for n in range(200)]
    assert max(text.count("`Box`") for text in texts) == 1


def test_a_constructor_of_that_name_is_named_once() -> None:
    facts = Facts(language="JavaScript", kind="constructor", name="constructor", class_name="Box")
    texts = [instruct("method_completion", facts, 0, str(n)).text for n in range(200)]
    assert not any("`constructor`" in text for text in texts)
    assert any("constructor" in text for text in texts)


@pytest.mark.parametrize("task", TASKS)
def test_what_is_unknown_is_not_mentioned(task: str) -> None:
    for n in range(200):
        text = instruct(task, Facts(), 0, str(n)).text
        assert "`" not in text
        assert text.strip(".?!")


_NAMES = st.one_of(
    st.text(string.ascii_letters + string.digits + "_`$?!'<>= {}", max_size=70),
    st.sampled_from(["area", "operator ==", "`type`", "__init__", "~Box", "set?", "a``b", "{x}"]),
)
_FACTS = st.builds(
    Facts,
    language=st.sampled_from(
        ["", "C", "C++", "C#", "Elixir", "SQL", "OCaml", "HTML", "Rust", "fish"]
    ),
    kind=st.sampled_from(["", "function", "method", "enum", "interface", "class", "type_alias"]),
    name=_NAMES,
    class_name=_NAMES,
    parameters=st.lists(_NAMES, max_size=6).map(tuple),
    purpose=st.sampled_from(["", "return the area of a box", "parse the {file}", "print  it"]),
    file_name=_NAMES,
    difficulty=st.sampled_from(["", "easy", "medium", "hard"]),
    doc_term=st.sampled_from(["", "docstring", "doc comment", "XML comment"]),
    lines=st.integers(0, 99),
)


@given(st.sampled_from(sorted(TASKS)), _FACTS, st.integers(0, 10_000))
def test_filled_texts_are_well_formed(task: str, facts: Facts, draw: int) -> None:
    text = instruct(task, facts, 0, str(draw)).text
    # A code span of Markdown: as many backticks behind as before. What is left has none.
    prose = re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "X", text)
    assert "`" not in prose
    assert not re.search(r"[{}]", text)
    assert "  " not in text
    assert " a e" not in text.lower()
    assert not re.search(r"\ba (?:OCaml|SQL|HTML|interface|XML)|\ban (?:C|Rust|fish|docs)", prose)
    assert not re.search(r"\s[.,;?!]", prose)
    assert prose[0].isupper()
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", prose)) <= 3


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        pytest.param(("x",), "the parameter `x`", id="one"),
        pytest.param(("x", "y"), "the parameters `x` and `y`", id="two"),
        pytest.param(("a", "b", "c"), "the parameters `a`, `b` and `c`", id="three"),
        pytest.param(("self", "x"), "the parameter `x`", id="Python receiver"),
        pytest.param(("&self", "x"), "the parameter `x`", id="Rust receiver"),
        pytest.param(("*args", "**kwargs"), "the parameters `*args` and `**kwargs`", id="stars"),
        pytest.param(("self",), "", id="only the receiver"),
        pytest.param(("a", "b", "c", "d", "e"), "", id="five"),
        pytest.param(("a", "a"), "", id="twice"),
        pytest.param(("a", ""), "", id="one without a name"),
        pytest.param(("{ a, b }",), "", id="pattern"),
        pytest.param(("_",), "", id="ignored"),
    ],
)
def test_parameters_are_listed(parameters: tuple[str, ...], expected: str) -> None:
    facts = Facts(name="f", parameters=parameters)
    found = {instruct("write_tests", facts, 0, str(n)).text for n in range(300)}
    listed = [text.partition("values for ")[2] for text in found if "values for" in text]
    assert listed == ([f"{expected}."] if expected else [])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Elixir", "an"), ("SQL", "an"), ("C++", "a"), ("C", "a"), ("R", "an"), ("F#", "an"),
        ("HTML", "an"), ("XML doc comment", "an"), ("MATLAB", "a"), ("NASM", "a"),
        ("Objective-C", "an"), ("Unison", "a"), ("user name", "a"), ("unused key", "an"),
        ("URL", "a"), ("utility", "a"), ("JavaScript", "a"), ("easy", "an"), ("hard", "a"),
        ("interface", "an"), ("one", "a"), ("empty list", "an"), ("Euler step", "a"), ("", "a"),
    ],
)  # fmt: skip
def test_article(word: str, expected: str) -> None:
    assert article(word) == expected


def test_a_kind_is_called_as_people_call_it() -> None:
    facts = Facts(language="Haskell", kind="data", name="Shape")
    texts = [instruct("class_completion", facts, 0, str(n)).text for n in range(100)]
    assert any("data type" in text for text in texts)
    assert not any(re.search(r"\bdata\b(?! type)", text) for text in texts)


@pytest.mark.parametrize("draw", range(40))
def test_a_dockerfile_is_not_named_twice(draw: int) -> None:
    facts = Facts(language="Dockerfile", file_name="Dockerfile", lines=4)
    text = instruct("line_completion", facts, 0, str(draw)).text
    assert text.count("ockerfile") <= 1
    assert "file file" not in text
