"""How a row says what a sample says: messages, a prompt and a completion, or one text."""

import dataclasses
from collections.abc import Sequence

from transforms.rows import Message
from transforms.samples.choice import unit_interval
from transforms.samples.drafts import Rendered, chat, code_shown
from transforms.samples.text_template import TextTemplate, load_text_templates, special_pattern

FORMATS = ("messages", "prompt_completion", "text")
# Their targets go on where their contexts end, so that a model's form for holes can show them.
CONTINUED = frozenset(
    "function_completion method_completion class_completion line_completion fill_in_middle".split()
)
_PLAIN = "plain"


@dataclasses.dataclass(frozen=True, slots=True)
class SampleFormat:
    """How a build's rows are laid out.

    Attributes:
      name: one of FORMATS.
      template: name of a text template; of messages and prompt_completion empty.
      spm_ratio: how many holes have their suffix first, where the template has both orders.
      seed: of the build.
    """

    name: str = "messages"
    template: str = ""
    spm_ratio: float = 0.5
    seed: int = 0

    @property
    def text_template(self) -> TextTemplate | None:
        """The template that samples are laid out by; messages have none."""
        if self.name == "messages":
            return None
        return load_text_templates()[self.template or _PLAIN]

    def instructs(self, task: str) -> bool:
        """Whether a sample of the task has an instruction; as a mere hole it has none."""
        template = self.text_template
        return template is None or not template.fills or task not in CONTINUED


@dataclasses.dataclass(frozen=True, slots=True)
class LaidOut:
    """A sample as its row shows it; what the format does not have is empty.

    Attributes:
      before: all that comes before the target, in parts.
    """

    before: tuple[str, ...]
    messages: tuple[Message, ...] = ()
    prompt: str = ""
    completion: str = ""
    text: str = ""

    def contents(self) -> Sequence[str]:
        """What a trainer tokenizes, each by itself."""
        if self.messages:
            return [message.content for message in self.messages]
        return [self.text] if self.text else [self.prompt, self.completion]


def lay_out(sample_format: SampleFormat, task: str, rendered: Rendered, fence_name: str) -> LaidOut:
    """Lay a sample out."""
    template = sample_format.text_template
    if template is None:
        messages = chat(rendered, fence_name)
        before = tuple(part for turn in messages[:-1] for part in (turn.role, turn.content))
        return LaidOut(before, messages=tuple(messages))
    prompt, end = _prompt(sample_format, template, task, rendered, fence_name)
    if sample_format.name == "prompt_completion":
        return LaidOut((prompt,), prompt=prompt, completion=rendered.target)
    return LaidOut((prompt,), text=f"{prompt}{rendered.target}{end}")


def sentinel(sample_format: SampleFormat, task: str, rendered: Rendered, laid: LaidOut) -> str:
    """Return a special string of the template that a sample holds itself, or nothing.

    One may come about where two texts meet, so they are counted in the whole, and held against a
    sample that says next to nothing. A prompt and a completion are told apart by their columns.
    """
    template = sample_format.text_template
    if template is None or sample_format.name != "text":
        return ""
    pattern = special_pattern(template.special)
    found = pattern.findall(laid.text)
    own = pattern.findall(lay_out(sample_format, task, _silent(rendered), "").text)
    return next((s for s in sorted(set(found)) if found.count(s) > own.count(s)), "")


def _silent(rendered: Rendered) -> Rendered:
    instruction, context, suffix, target = (
        "x" if text else ""
        for text in (rendered.instruction, rendered.context, rendered.suffix, rendered.target)
    )
    earlier = tuple(_silent(turn) for turn in rendered.earlier)
    return Rendered(instruction, context, suffix, target, earlier)


def _prompt(
    sample_format: SampleFormat,
    template: TextTemplate,
    task: str,
    rendered: Rendered,
    fence_name: str,
) -> tuple[str, str]:
    """What comes before the target, and what follows it."""
    if not sample_format.instructs(task):
        order = _order(sample_format, template, rendered.target)
        prompt = order.format(prefix=rendered.context, suffix=rendered.suffix)
        return prompt, template.infill_end
    if template.user:
        return _conversation(template, rendered, fence_name)
    return _instruction(template, rendered, fence_name), template.end


def _order(sample_format: SampleFormat, template: TextTemplate, target: str) -> str:
    """Choose which side of a hole comes first; copies that differ in white space choose alike."""
    if not (template.psm and template.spm):
        return template.psm or template.spm
    words = "".join(target.split())
    drawn = unit_interval(sample_format.seed, "spm", words)
    return template.spm if drawn < sample_format.spm_ratio else template.psm


def _conversation(template: TextTemplate, rendered: Rendered, fence_name: str) -> tuple[str, str]:
    *turns, last = (message.content for message in chat(rendered, fence_name)[:-1])
    parts = []
    for content, answer in zip(turns[::2], turns[1::2], strict=True):
        parts += [template.user.format(content=content), answer, template.answer_end, template.join]
    prompt = "".join([*parts, template.user.format(content=last)])
    return prompt, template.answer_end + template.end


def _instruction(template: TextTemplate, rendered: Rendered, fence_name: str) -> str:
    """The last instruction; its input is what was said before it, and its code."""
    before = chat(rendered, fence_name)[:-2]
    said = [f"{message.role.title()}:\n{message.content}" for message in before]
    given = "\n\n".join(filter(None, [*said, code_shown(rendered, fence_name)]))
    if not given:
        return template.without_input.format(instruction=rendered.instruction)
    return template.with_input.format(instruction=rendered.instruction, input=given)
