"""Text templates as data: what the schema allows, and what the shipped ones say."""

import pytest

from transforms.samples.text_template import load_text_templates, parse_text_template

GOOD = """
title = "Some"
special = ["<a>", "<b>", "<c>"]
[infill]
psm = "<a>{prefix}<b>{suffix}<c>"
spm = "<a><b>{suffix}<c>{prefix}"
end = "<c>"
[chat]
user = "{content}\\n"
"""


def test_a_good_one() -> None:
    template = parse_text_template("some.toml", GOOD)
    assert template.fills
    assert (template.user, template.answer_end, template.end) == ("{content}\n", "", "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("[chat]", "[talk]", "'talk' must be title", id="unknown section"),
        pytest.param('user = "{content}', 'user = "{contents}', "just the fields", id="field"),
        pytest.param("{suffix}<c>{prefix}", "{prefix}<c>{suffix}", "just the fields", id="order"),
        pytest.param('"<a><b>{suffix}', '"<b>{suffix}', "same special", id="other strings"),
        pytest.param('user = "{content}\\n"', "", "must have user", id="no user"),
        pytest.param("end = ", "stop = ", "no keys but", id="unknown key"),
        pytest.param('["<a>", "<b>", "<c>"]', '"<a>"', "list of strings", id="special"),
        pytest.param("[infill]", "[infill]\nfim = 1", "no keys but", id="foreign key"),
    ],
)
def test_a_bad_one_says_what_is_wrong(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(ValueError, match=said):
        parse_text_template("some.toml", GOOD.replace(old, new))


def test_chat_and_instruct_exclude_each_other() -> None:
    both = GOOD + '[instruct]\nwith_input = "{instruction}{input}"\nwithout_input = "{instruction}"'
    with pytest.raises(ValueError, match="one of chat and instruct"):
        parse_text_template("some.toml", both)


def test_shipped_templates() -> None:
    families = {name for name, template in load_text_templates().items() if template.fills}
    assert {
        "codegemma",
        "codellama",
        "codestral",
        "deepseek-coder",
        "granite",
        "qwen2.5-coder",
        "starcoder",
    } <= families
    both = {name for name, found in load_text_templates().items() if found.psm and found.spm}
    assert both == {"codellama", "granite", "starcoder"}


@pytest.mark.parametrize("name", sorted(load_text_templates()))
def test_what_looks_special_is_special(name: str) -> None:
    """Whatever stands in angle or square brackets in a form may stand in no sample."""
    template = load_text_templates()[name]
    forms = (template.psm, template.spm, template.infill_end, template.user, template.answer_end)
    text = "".join((*forms, template.join, template.with_input, template.end))
    for special in sorted(template.special, key=len, reverse=True):
        text = text.replace(special, " ")
    assert not set(text) & set("<>[]|\uff5c")
