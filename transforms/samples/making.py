"""From one cut to its draft: instructed, graded, held against what a sample must be."""

import dataclasses
import functools
import json
from collections.abc import Sequence

from transforms.outlines.lines import Lines
from transforms.records import DraftKey, FileKey
from transforms.rows import Reject, reject_sample
from transforms.samples.admission import Objection, ambiguous, outside, too_long
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.difficulty import hardness
from transforms.samples.drafts import Draft, Rendered, Turn, digest, render_text
from transforms.samples.facts import facts_of
from transforms.samples.instructions import Facts, Instruction, Wording, instruct
from transforms.samples.joins import LEAK_CHARS
from transforms.samples.quality import sample_quality, variant_quality
from transforms.samples.rules import DraftRules
from transforms.samples.sameness import Digests, Sameness
from transforms.samples.splits import VALIDATION, split_of
from transforms.samples.windows import Shown, show

_NO_DIGESTS = Digests(b"", b"", b"")


@dataclasses.dataclass(frozen=True, slots=True)
class Made:
    """A draft with what it renders to, and the digests of what makes two samples the same.

    Attributes:
      cut: with as much around it as fits into the window.
      digests: empty where there is an objection.
      objection: why it may be no sample, if anything.
    """

    cut: Cut
    draft: Draft
    rendered: Rendered
    digests: Digests
    objection: Objection | None


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
        asked = self._asked(cut, hard.difficulty, end_line - start_line + 1)
        window, layout = self._rules.window, self._rules.sample_format
        shown = show(self._view, window, layout, cut, functools.partial(_turns, asked))
        cut = shown.cut
        draft = Draft(
            draft_id=self._draft_id(cut, shown.rendered),
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
            instruction_id=asked[-1].template_id,
            instruction=shown.turns[-1][0],
            context=cut.context,
            suffix=cut.suffix,
            target=cut.target,
            earlier=tuple(shown.turns[:-1]),
            mutation=cut.mutation,
            hole=cut.hole,
            tokens=shown.tokens,
            **dataclasses.asdict(hard),
        )
        objection = self._objection(shown)
        digests = _NO_DIGESTS
        if objection is None:
            digests = self.sameness.digests(cut, shown.rendered, shown.laid.before)
        return Made(cut, draft, shown.rendered, digests, objection)

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

    def _objection(self, shown: Shown) -> Objection | None:
        rules, task = self._rules, shown.cut.task
        return (
            too_long(shown.rendered, rules.max_context_chars, rules.max_target_chars)
            or ambiguous(rules.sample_format, task, shown.rendered, shown.laid)
            or outside(rules.window, shown.tokens)
        )

    def _asked(self, cut: Cut, level: str, lines: int) -> list[Instruction]:
        """The instruction of each turn; empty ones where the format has none.

        What opens a conversation stands before its first instruction.
        """
        turns = cut.turns or (cut,)
        if not self._rules.sample_format.instructs(cut.task):
            return [Instruction("", "")] * len(turns)
        asked = []
        for number, turn in enumerate(turns):
            facts = facts_of(self._view, turn, level, lines)
            said = []
            if cut.turns and not number:  # its particulars are said by what opens
                said.append(self._instruction(cut, facts).text)
                facts = _plain(facts, name=facts.name)
            instruction = self._instruction(turn, facts, later=number > 0)
            said += [instruction.text, *filter(None, [turn.hint])]
            asked.append(dataclasses.replace(instruction, text=" ".join(said)))
        return asked

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


def _turns(asked: Sequence[Instruction], cut: Cut) -> list[Turn]:
    """The texts of each turn."""
    return [
        ((said.text,) if said.text else (), turn.context, turn.suffix, turn.target)
        for said, turn in zip(asked, cut.turns or (cut,), strict=True)
    ]


def _plain(facts: Facts, name: str = "") -> Facts:
    """Facts without particulars."""
    return Facts(language=facts.language, kind=facts.kind, doc_term=facts.doc_term, name=name)


def _place(view: SourceView, cut: Cut) -> tuple[bytes, str, str]:
    return view.content_key, cut.task, f"{cut.span.start}:{cut.span.end}"
