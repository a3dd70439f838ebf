"""From one cut to its draft: instructed, graded, held against what a sample must be."""

import bisect
import dataclasses
import functools
import json

from transforms.records import DraftKey, FileKey
from transforms.rows import Reject, reject_sample
from transforms.samples.admission import Objection, ambiguous, too_long
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.difficulty import hardness
from transforms.samples.drafts import Draft, Rendered, Turn, digest, render_text, render_turns
from transforms.samples.facts import facts_of
from transforms.samples.instructions import Facts, Instruction, Wording, instruct
from transforms.samples.layout import lay_out
from transforms.samples.quality import sample_quality, variant_quality
from transforms.samples.rules import DraftRules
from transforms.samples.sameness import Digests, Sameness
from transforms.samples.splits import VALIDATION, split_of

# As many characters in a row of a target may not stand in its prompt.
LEAK_CHARS = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """A draft with what it renders to, and the digests of what makes two samples the same.

    Attributes:
      objection: why it may be no sample, if anything.
    """

    draft: Draft
    rendered: Rendered
    digests: Digests
    objection: Objection | None


class Lines:
    """Line numbers of a text, 1-based; only a newline byte ends a line."""

    def __init__(self, text: bytes) -> None:
        """Find where lines end."""
        self._ends: list[int] = []
        at = text.find(b"\n")
        while at >= 0:
            self._ends.append(at)
            at = text.find(b"\n", at + 1)

    def of(self, position: int) -> int:
        """The line of the byte at `position`."""
        return bisect.bisect_left(self._ends, position) + 1


class Maker:
    """Makes the drafts of one file.

    Attributes:
      split: the file's.
    """

    def __init__(self, file: FileKey, view: SourceView, rules: DraftRules) -> None:
        """Find what all drafts of the file share."""
        self._file = file
        self._view = view
        self._rules = rules
        self.split = split_of(file.repo, file.content_key, rules.seed, rules.validation_ratio)
        self._wording = Wording(rules.instruction_split, held_out=self.split == VALIDATION)
        self.lines = Lines(view.text)
        self.sameness = Sameness(view)

    def make(self, cut: Cut, original: Draft | None = None) -> Made:
        """Make the draft of a cut; `original` is the draft that it is a variant of."""
        quality = variant_quality(original.quality) if original else None
        if quality is None:
            quality = sample_quality(self._view, cut, self._file.quality)
        start_line, end_line = self.lines.of(cut.span.start), self.lines.of(cut.span.end - 1)
        hard = hardness(cut.definition, end_line - start_line + 1, self._file.language)
        turns, instruction_id = self._turns(cut, hard.difficulty, end_line - start_line + 1)
        rendered = render_turns(self._view.text, turns)
        draft = Draft(
            draft_id=self._draft_id(cut, rendered),
            task=cut.task,
            variant=cut.variant,
            variant_of=original.draft_id if original else "",
            origin=cut.origin,
            symbol=cut.definition.name if cut.definition else "",
            code_type=cut.definition.kind if cut.definition else "",
            quality=quality,
            start_byte=cut.span.start,
            end_byte=cut.span.end,
            start_line=start_line,
            end_line=end_line,
            context_path=cut.context_path,
            turn_tasks=tuple(turn.task for turn in cut.turns or (cut,)),
            instruction_id=instruction_id,
            instruction=turns[-1][0],
            context=cut.context,
            suffix=cut.suffix,
            target=cut.target,
            earlier=tuple(turns[:-1]),
            mutation=cut.mutation,
            hole=cut.hole,
            **dataclasses.asdict(hard),
        )
        return self._held_against(cut, draft, rendered)

    def key(self, made: Made) -> DraftKey:
        """What is decided on a draft by."""
        return DraftKey(
            draft_id=made.draft.draft_id,
            task=made.draft.task,
            content_key=self._file.content_key,
            prompt_digest=made.digests.prompt,
            definition_digest=made.digests.definition,
            target_digest=made.digests.target,
            source=self._file.source,
            repo=self._file.repo,
            path=self._file.path,
            language=self._file.language,
            split=self.split,
            quality=made.draft.quality,
            rendered_bytes=rendered_bytes(made.rendered),
        )

    def reject(self, draft: Draft, objection: Objection) -> Reject:
        """The row of a draft that is objected to."""
        found = {"task": draft.task, "symbol": draft.symbol, "found": objection.found}
        why = objection.stage, objection.reason, json.dumps(found)
        return reject_sample(self._file, draft.draft_id, *why)

    def _held_against(self, cut: Cut, draft: Draft, rendered: Rendered) -> Made:
        rules, fence = self._rules, self._view.language.fence
        laid = lay_out(rules.sample_format, cut.task, rendered, fence)
        objection = too_long(rendered, rules.max_context_chars, rules.max_target_chars)
        objection = objection or ambiguous(rules.sample_format, cut.task, rendered, laid)
        return Made(draft, rendered, self.sameness.digests(cut, rendered, laid.before), objection)

    def _turns(self, cut: Cut, level: str, lines: int) -> tuple[list[Turn], str]:
        """The texts of each turn, and the id of the last one's instruction.

        What opens a conversation stands before its first instruction.
        """
        texts: list[Turn] = []
        instruction_id = ""
        for number, turn in enumerate(cut.turns or (cut,)):
            asked: list[str] = []
            if self._rules.sample_format.instructs(cut.task):
                facts = facts_of(self._view, turn, level, lines)
                if cut.turns and not number:  # its particulars are said by what opens
                    asked.append(self._instruction(cut, facts).text)
                    facts = _plain(facts, name=facts.name)
                instruction = self._instruction(turn, facts, later=number > 0)
                instruction_id = instruction.template_id
                asked += [instruction.text, *filter(None, [turn.hint])]
            said = (" ".join(asked),) if asked else ()
            texts.append((said, turn.context, turn.suffix, turn.target))
        return texts, instruction_id

    def _instruction(self, cut: Cut, facts: Facts, later: bool = False) -> Instruction:
        """The instruction; a plain one where names in a row would show a piece of the target."""
        view = self._view
        target = render_text(view.text, cut.target)
        drawn_by = (*_place(view, cut), cut.variant)
        ask = functools.partial(instruct, wording=self._wording, later=later)
        said = ask(cut.task, facts, view.seed, *drawn_by)
        # Any row of so many characters holds one of half as many that begins at a multiple of that.
        half, text = LEAK_CHARS // 2, said.text
        if any(text[at : at + half] in target for at in range(0, len(text) - half + 1, half)):
            said = ask(cut.task, _plain(facts), view.seed, *drawn_by)
        return said

    def _draft_id(self, cut: Cut, rendered: Rendered) -> str:
        """A function of the sample's place, task and code."""
        provenance = (self._file.source, self._file.repo, self._file.path)
        texts = (
            text
            for turn in (*rendered.earlier, rendered)
            for text in (turn.context, turn.suffix, turn.target)
        )
        return digest(*provenance, *_place(self._view, cut), cut.variant, *texts).hex()


def rendered_bytes(rendered: Rendered) -> int:
    """The size of a row: each text stands in its own column and once more in what is shown."""
    return 2 * sum(len(text.encode()) for text in rendered.texts())


def _plain(facts: Facts, name: str = "") -> Facts:
    """Facts without particulars."""
    return Facts(language=facts.language, kind=facts.kind, doc_term=facts.doc_term, name=name)


def _place(view: SourceView, cut: Cut) -> tuple[bytes, str, str]:
    return view.content_key, cut.task, f"{cut.span.start}:{cut.span.end}"
