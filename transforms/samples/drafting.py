"""From one file's text to its drafts: parse, split, augment, instruct."""

import dataclasses
import json
from collections.abc import Iterator, Sequence

from transforms.languages.spec import load_languages
from transforms.outlines.lines import Lines
from transforms.outlines.parse import TooDeep, outline
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Stage, reject_sample
from transforms.samples.augmentations import load_augmentations
from transforms.samples.caps import Caps, Rooms, keep
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.difficulty import difficulty
from transforms.samples.drafts import Draft, Rendered, Turn, digest, pack, render_text, render_turns
from transforms.samples.facts import facts_of
from transforms.samples.instructions import Facts, instruct
from transforms.samples.quality import sample_quality, variant_quality
from transforms.samples.sameness import Digests, Sameness
from transforms.samples.splits import split_of
from transforms.samples.tasks import load_tasks
from transforms.sources.inputs import Input
from transforms.sources.source import Source

# As many characters in a row of a target may not stand in its prompt.
LEAK_CHARS = 40


@dataclasses.dataclass(frozen=True, slots=True)
class DraftRules:
    """What drafting and rendering need to know of a build's options."""

    inputs: tuple[Input, ...]
    max_file_bytes: int
    max_context_chars: int
    max_target_chars: int
    caps: Caps
    seed: int
    validation_ratio: float


@dataclasses.dataclass(frozen=True, slots=True)
class Drafted:
    """What became of a used file.

    Its drafts, the keys that decide on them, and the samples that did not pass.
    """

    file_drafts: FileDrafts
    keys: Sequence[DraftKey]
    rejects: Sequence[Reject]


@dataclasses.dataclass(frozen=True, slots=True)
class _Made:
    """A draft with what it renders to, and the digests of what makes two samples the same."""

    draft: Draft
    rendered: Rendered
    digests: Digests


def draft_file(file: FileKey, source: Source, rules: DraftRules) -> Drafted:
    """Make all drafts of a file.

    Args:
      file: what screening said of it.
      source: read again.
    """
    view = view_of(file, source, rules)
    lines, sameness = Lines(source.text), Sameness(view)
    drafts: list[_Made] = []
    rejects: list[Reject] = []
    originals = keep(view, [cut for task in load_tasks() for cut in task.cut(view)], rules.caps)
    rooms = Rooms(originals, rules.caps)
    for original in originals:
        made = _make(file, view, lines, sameness, original, None)
        too_long = _too_long(made.rendered, rules)
        if too_long is not None:
            rejects.append(_reject(file, made.draft, *too_long))
            continue
        drafts.append(made)
        for variant in _variants(view, original, made.draft.quality, rooms):
            drafts.append(_make(file, view, lines, sameness, variant, made.draft))
    split = split_of(file.repo, file.content_key, rules.seed, rules.validation_ratio)
    return Drafted(
        FileDrafts(
            file=file,
            definitions=len(view.outline.definitions) if view.outline else 0,
            samples_made=len(drafts) + len(rejects),
            drafts=pack(made.draft for made in drafts),
        ),
        [_key(file, split, made) for made in drafts],
        rejects,
    )


def view_of(file: FileKey, source: Source, rules: DraftRules) -> SourceView:
    """Parse a file.

    Where its language has no grammar, or its nesting no end, tasks see lines only.
    """
    language = load_languages()[file.language]
    seen = None
    if language.grammar:
        try:
            seen = outline(source.text, language, source.code)
        except TooDeep:
            seen = None
    return SourceView(
        text=source.text,
        content_key=file.content_key,
        path=file.path,
        language=language,
        outline=seen,
        max_context_chars=rules.max_context_chars,
        max_target_chars=rules.max_target_chars,
        seed=rules.seed,
    )


def _variants(view: SourceView, original: Cut, quality: int, rooms: Rooms) -> Iterator[Cut]:
    """The variants of a cut of this quality; none where they could not rank below it."""
    if variant_quality(quality) is None or original.definition is None:
        return
    for augmentation in load_augmentations():
        applies = original.task in augmentation.tasks
        if not applies or view.language.name not in augmentation.languages:
            continue
        variant = augmentation.vary(view, original) if rooms.left(original.definition) else None
        if variant is not None:
            rooms.take(original.definition)
            yield variant


def _make(
    file: FileKey,
    view: SourceView,
    lines: Lines,
    sameness: Sameness,
    cut: Cut,
    original: Draft | None,
) -> _Made:
    """Make the draft of a cut; `original` is the draft that it is a variant of."""
    quality = variant_quality(original.quality) if original else None
    if quality is None:
        quality = sample_quality(view, cut, file.quality)
    start_line, end_line = lines.of(cut.span.start), lines.of(cut.span.end - 1)
    level = _level(cut, end_line - start_line + 1, file.language)
    turns = [_turn(view, turn, level, end_line - start_line + 1) for turn in (*cut.earlier, cut)]
    rendered = render_turns(view.text, turns)
    draft = Draft(
        draft_id=_draft_id(file, view, cut, rendered),
        task=cut.task,
        variant=cut.variant,
        variant_of=original.draft_id if original else "",
        origin=cut.origin,
        symbol=cut.definition.name if cut.definition else "",
        code_type=cut.definition.kind if cut.definition else "",
        quality=quality,
        difficulty=level,
        start_byte=cut.span.start,
        end_byte=cut.span.end,
        start_line=start_line,
        end_line=end_line,
        context_path=cut.context_path,
        turn_tasks=tuple(turn.task for turn in (*cut.earlier, cut)),
        instruction=turns[-1][0],
        context=cut.context,
        suffix=cut.suffix,
        target=cut.target,
        earlier=tuple(turns[:-1]),
    )
    return _Made(draft, rendered, sameness.digests(cut, rendered))


def _turn(view: SourceView, cut: Cut, level: str, lines: int) -> Turn:
    """One turn's texts."""
    instruction = _instruction(view, cut, facts_of(view, cut, level, lines))
    return (instruction,), cut.context, cut.suffix, cut.target


def _instruction(view: SourceView, cut: Cut, facts: Facts) -> str:
    """The instruction; a plain one where names in a row would show a piece of the target."""
    target = render_text(view.text, cut.target)
    chosen_by = (*_place(view, cut), cut.variant)
    text = instruct(cut.task, facts, view.seed, *chosen_by).text
    # Any row of so many characters holds one of half the length that begins at a multiple of it.
    half = LEAK_CHARS // 2
    if any(text[at : at + half] in target for at in range(0, len(text) - half + 1, half)):
        plain = Facts(language=facts.language, kind=facts.kind, doc_term=facts.doc_term)
        text = instruct(cut.task, plain, view.seed, *chosen_by).text
    return text


def _place(view: SourceView, cut: Cut) -> tuple[bytes, str, str]:
    return view.content_key, cut.task, f"{cut.span.start}:{cut.span.end}"


def _level(cut: Cut, lines: int, language: str) -> str:
    """The difficulty of the cut's definition, or of its lines where it has none."""
    definition = cut.definition
    if definition is None:
        return difficulty(0, 0, lines, language)
    lines = definition.end_line - definition.start_line + 1
    return difficulty(definition.details.complexity, definition.details.nesting, lines, language)


def _draft_id(file: FileKey, view: SourceView, cut: Cut, rendered: Rendered) -> str:
    """A function of the sample's place, task and code."""
    provenance = (file.source, file.repo, file.path)
    texts = (
        text
        for turn in (*rendered.earlier, rendered)
        for text in (turn.context, turn.suffix, turn.target)
    )
    return digest(*provenance, *_place(view, cut), cut.variant, *texts).hex()


def _too_long(rendered: Rendered, rules: DraftRules) -> tuple[Reason, str] | None:
    if len(rendered.target) > rules.max_target_chars:
        return Reason.TARGET_TOO_LONG, f"{len(rendered.target)} characters"
    around = sum(map(len, rendered.texts())) - len(rendered.instruction) - len(rendered.target)
    if around > rules.max_context_chars:
        return Reason.CONTEXT_TOO_LONG, f"{around} characters"
    return None


def _key(file: FileKey, split: str, made: _Made) -> DraftKey:
    return DraftKey(
        draft_id=made.draft.draft_id,
        task=made.draft.task,
        content_key=file.content_key,
        prompt_digest=made.digests.prompt,
        definition_digest=made.digests.definition,
        target_digest=made.digests.target,
        source=file.source,
        repo=file.repo,
        path=file.path,
        language=file.language,
        split=split,
        quality=made.draft.quality,
        # Each text stands in its own column and once more in messages.
        rendered_bytes=2 * sum(len(text.encode()) for text in made.rendered.texts()),
    )


def _reject(file: FileKey, draft: Draft, reason: Reason, detail: str) -> Reject:
    found = json.dumps({"task": draft.task, "symbol": draft.symbol, "found": detail})
    return reject_sample(file, draft.draft_id, Stage.SPLIT, reason, found)
