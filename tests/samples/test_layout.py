"""Samples laid out: what stands where, in which order, and what may not stand there."""

import dataclasses

import pytest

from transforms.samples.drafts import Rendered
from transforms.samples.layout import SampleFormat, lay_out, sentinel
from transforms.samples.text_template import load_text_templates

HOLE = Rendered("", "def f(a):\n    ", "\n    return b\n", "b = 2 * a")
ASKED = Rendered("Document `f`.", "def f(): ...\n", "", 'def f(): """Do."""\n')
TALK = dataclasses.replace(ASKED, earlier=(Rendered("Write `f`.", "", "", "def f(): ..."),))


def text_of(template: str, task: str, rendered: Rendered, spm_ratio: float = 0.0) -> str:
    return lay_out(SampleFormat("text", template, spm_ratio), task, rendered, "python").text


@pytest.mark.parametrize(
    ("template", "spm_ratio", "text"),
    [
        ("starcoder", 0, "<fim_prefix>{P}<fim_suffix>{S}<fim_middle>{M}<|endoftext|>"),
        ("starcoder", 1, "<fim_prefix><fim_suffix>{S}<fim_middle>{P}{M}<|endoftext|>"),
        ("granite", 1, "<fim_prefix><fim_suffix>{S}<fim_middle>{P}{M}<|endoftext|>"),
        ("codellama", 0, "<PRE> {P} <SUF>{S} <MID>{M} <EOT>"),
        ("codellama", 1, "<PRE> <SUF>{S} <MID> {P}{M} <EOT>"),
        ("qwen2.5-coder", 1, "<|fim_prefix|>{P}<|fim_suffix|>{S}<|fim_middle|>{M}<|endoftext|>"),
        ("deepseek-coder", 1, "<¦fim▁begin¦>{P}<¦fim▁hole¦>{S}<¦fim▁end¦>{M}<¦end▁of▁sentence¦>"),
        ("codegemma", 1, "<|fim_prefix|>{P}<|fim_suffix|>{S}<|fim_middle|>{M}<|file_separator|>"),
        ("codestral", 0, "[SUFFIX]{S}[PREFIX]{P}{M}</s>"),
    ],
)
def test_a_hole(template: str, spm_ratio: float, text: str) -> None:
    wide = text.replace("¦", "\uff5c")  # DeepSeek's bars have full width
    expected = wide.format(P=HOLE.context, S=HOLE.suffix, M=HOLE.target)
    assert text_of(template, "fill_in_middle", HOLE, spm_ratio) == expected


def test_code_to_continue_is_a_hole_without_what_follows() -> None:
    body = Rendered("", "def f(a):", "", "\n    return a")
    text = text_of("starcoder", "function_completion", body)
    assert text == ("<fim_prefix>def f(a):<fim_suffix><fim_middle>\n    return a<|endoftext|>")
    assert not SampleFormat("text", "starcoder").instructs("function_completion")
    assert SampleFormat("text", "starcoder").instructs("add_docstring")
    assert SampleFormat("text", "chatml").instructs("function_completion")
    assert SampleFormat("prompt_completion").instructs("fill_in_middle")


def test_conversations() -> None:
    shown = "Document `f`.\n\n```python\ndef f(): ...\n```"
    assert text_of("chatml", "multi_turn", TALK) == (
        "<|im_start|>user\nWrite `f`.<|im_end|>\n<|im_start|>assistant\ndef f(): ...<|im_end|>\n"
        f"<|im_start|>user\n{shown}<|im_end|>\n<|im_start|>assistant\n{ASKED.target}<|im_end|>\n"
    )
    assert text_of("codellama", "multi_turn", TALK) == (
        f"[INST] Write `f`. [/INST] def f(): ... </s><s>[INST] {shown} [/INST] {ASKED.target} </s>"
    )
    laid = lay_out(SampleFormat("prompt_completion"), "multi_turn", TALK, "python")
    assert laid.prompt == (
        "### Instruction:\nWrite `f`.\n\n### Response:\ndef f(): ...\n\n"
        f"### Instruction:\n{shown}\n\n### Response:\n"
    )
    assert (laid.completion, laid.text, laid.messages) == (ASKED.target, "", ())


def test_alpaca_has_code_and_earlier_turns_as_its_input() -> None:
    text = text_of("alpaca", "multi_turn", TALK)
    assert text.endswith(
        "### Instruction:\nDocument `f`.\n\n### Input:\nUser:\nWrite `f`.\n\n"
        "Assistant:\ndef f(): ...\n\n```python\ndef f(): ...\n```\n\n### Response:\n" + ASKED.target
    )
    bare = text_of("alpaca", "explain", Rendered("Hello.", "", "", "Hi."))
    assert "### Input:" not in bare
    assert bare.endswith("### Instruction:\nHello.\n\n### Response:\nHi.")


@pytest.mark.parametrize("name", sorted(load_text_templates()))
@pytest.mark.parametrize(
    ("task", "rendered"),
    [("fill_in_middle", HOLE), ("add_docstring", ASKED), ("multi_turn", TALK)],
    ids=["hole", "instruction", "talk"],
)
def test_a_special_string_in_any_part_is_found(name: str, task: str, rendered: Rendered) -> None:
    """Also one that comes about where prefix and target meet, whichever order is drawn."""
    for ratio in (0.0, 1.0):
        sample_format = SampleFormat("text", name, ratio)
        laid = lay_out(sample_format, task, rendered, "python")
        assert sentinel(sample_format, task, rendered, laid) == ""
        for special in load_text_templates()[name].special:
            for part in ("context", "target"):
                spoilt = dataclasses.replace(rendered, **{part: f"x{special}y"})
                laid = lay_out(sample_format, task, spoilt, "python")
                assert sentinel(sample_format, task, spoilt, laid), special


def test_a_special_string_where_two_parts_meet() -> None:
    cut = dataclasses.replace(HOLE, context="text = '<|endof", target="text|>'")
    for ratio, found in ((0.0, ""), (1.0, "<|endoftext|>")):
        sample_format = SampleFormat("text", "starcoder", ratio)
        laid = lay_out(sample_format, "fill_in_middle", cut, "python")
        assert sentinel(sample_format, "fill_in_middle", cut, laid) == found


def test_orders_have_their_share_and_copies_one_order() -> None:
    first = 0
    for number in range(400):
        hole = dataclasses.replace(HOLE, target=f"b = {number} * a")
        spaced = dataclasses.replace(hole, target=f"b  = {number} *\n a ")
        orders = {
            text_of("starcoder", "fill_in_middle", each, 0.25).startswith("<fim_prefix><fim_suf")
            for each in (hole, spaced)
        }
        assert len(orders) == 1
        first += orders.pop()
    assert 70 <= first <= 130
