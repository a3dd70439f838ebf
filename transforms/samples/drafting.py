"""From one file's text to its drafts: parse, split, augment, instruct."""

import bisect
import dataclasses
import json
from collections.abc import Iterator, Sequence

from transforms.languages.spec import load_languages
from transforms.outlines.parse import TooDeep, outline
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Row, Stage
from transforms.samples.augmentations import load_augmentations
from transforms.samples.choice import unit_interval
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.difficulty import difficulty
from transforms.samples.drafts import Draft, Rendered, chat, digest, pack, render, render_text
from transforms.samples.facts import facts_of
from transforms.samples.instructions import instruct
from transforms.samples.quality import sample_quality, variant_quality
from transforms.samples.splits import split_of
from transforms.samples.tasks import load_tasks
from transforms.sources.inputs import Input

ORIGINAL = "original"
_SCALE = 10_000


@dataclasses.dataclass(frozen=True, slots=True)
class DraftRules:
    """What drafting and rendering need to know of a build's options."""

    inputs: tuple[Input, ...]
    max_file_bytes: int
    max_context_chars: int
    max_target_chars: int
    max_samples_per_file: int
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


def draft_file(file: FileKey, text: bytes, rules: DraftRules) -> Drafted:
    """Make all drafts of a file.

    Args:
      file: what screening said of it.
      text: its decoded source.
    """
    view = view_of(file, text, rules)
    lines = _Lines(text)
    drafts: list[tuple[Draft, Rendered, bytes]] = []
    rejects: list[Reject] = []
    for cut, original in _cuts(view, rules.max_samples_per_file):
        made = _draft(file, view, lines, cut, original)
        if made is None:
            continue
        draft, rendered, identity = made
        reason = _too_long(rendered, rules)
        if reason is None:
            drafts.append((draft, rendered, identity))
        else:
            rejects.append(_reject(file, draft, *reason))
    split = split_of(file.repo, file.content_key, rules.seed, rules.validation_ratio)
    return Drafted(
        FileDrafts(
            file=file,
            definitions=len(view.outline.definitions) if view.outline else 0,
            samples_made=len(drafts) + len(rejects),
            drafts=pack(draft for draft, _, _ in drafts),
        ),
        [_key(file, split, *made) for made in drafts],
        rejects,
    )


def view_of(file: FileKey, text: bytes, rules: DraftRules) -> SourceView:
    """Parse a file.

    Where its language has no structure, or its nesting no end, tasks see lines only.
    """
    language = load_languages()[file.language]
    seen = None
    if language.outline is not None:
        try:
            seen = outline(text, language)
        except TooDeep:
            seen = None
    return SourceView(
        text=text,
        content_key=file.content_key,
        path=file.path,
        language=language,
        outline=seen,
        max_context_chars=rules.max_context_chars,
        max_target_chars=rules.max_target_chars,
        seed=rules.seed,
    )


def row_of(draft: Draft, file: FileKey, text: bytes, split: str) -> Row:
    """Render a draft into its row."""
    rendered = render(text, draft)
    return Row(
        id=draft.draft_id,
        task=draft.task,
        variant=draft.variant,
        variant_of=draft.variant_of,
        origin=draft.origin,
        messages=chat(rendered, load_languages()[file.language].fence),
        instruction=rendered.instruction,
        context=rendered.context,
        suffix=rendered.suffix,
        target=rendered.target,
        language=file.language,
        symbol=draft.symbol,
        code_type=draft.code_type,
        quality_score=draft.quality / _SCALE,
        file_quality=file.quality / _SCALE,
        split=split,
        difficulty=draft.difficulty,
        source=file.source,
        repo=file.repo,
        path=file.path,
        revision=file.revision,
        license=file.license,
        context_path=draft.context_path,
        content_key=file.content_key.hex(),
        start_byte=draft.start_byte,
        end_byte=draft.end_byte,
        start_line=draft.start_line,
        end_line=draft.end_line,
        container=file.container,
        redactions=0,
    )


def _cuts(view: SourceView, most: int) -> Iterator[tuple[Cut, Cut | None]]:
    """(cut, the cut it is a variant of).

    At most `most` originals, chosen by hash, each followed by its variants.
    """
    originals = [cut for task in load_tasks() for cut in task.cut(view)]
    if len(originals) > most:
        originals.sort(key=lambda cut: _draw(view, cut))
        originals = sorted(
            originals[:most], key=lambda cut: (cut.task, cut.span.start, cut.span.end)
        )
    for original in originals:
        yield original, None
        for augmentation in load_augmentations():
            if original.task in augmentation.tasks and view.language.name in augmentation.languages:
                variant = augmentation.vary(view, original)
                if variant is not None:
                    yield variant, original


def _draw(view: SourceView, cut: Cut) -> float:
    place = f"{cut.span.start}:{cut.span.end}"
    return unit_interval(view.seed, "cap", view.content_key, cut.task, place)


def _draft(
    file: FileKey, view: SourceView, lines: "_Lines", cut: Cut, original: Cut | None
) -> tuple[Draft, Rendered, bytes] | None:
    """The draft, its rendering and its identity's digest.

    None for a variant that could not rank below its original.
    """
    quality = _quality(file, view, cut, original)
    if quality is None:
        return None
    definition = cut.definition
    start_line, end_line = lines.of(cut.span.start), lines.of(cut.span.end - 1)
    length = end_line - start_line + 1
    level = _level(cut, length, file.language)
    facts = facts_of(view, cut, level, length)
    place = f"{cut.span.start}:{cut.span.end}"
    instruction = instruct(cut.task, facts, view.seed, view.content_key, place, cut.variant)
    draft = Draft(
        draft_id=_draft_id(file, view, cut).hex(),
        task=cut.task,
        variant=cut.variant,
        variant_of=_draft_id(file, view, original).hex() if original else "",
        origin=cut.origin,
        symbol=definition.name if definition else "",
        code_type=definition.kind if definition else "",
        quality=quality,
        difficulty=level,
        start_byte=cut.span.start,
        end_byte=cut.span.end,
        start_line=start_line,
        end_line=end_line,
        context_path="",
        instruction=(instruction.text,),
        context=cut.context,
        suffix=cut.suffix,
        target=cut.target,
    )
    identity = digest(cut.task, render_text(view.text, cut.identity))
    return draft, render(view.text, draft), identity


def _quality(file: FileKey, view: SourceView, cut: Cut, original: Cut | None) -> int | None:
    if original is None:
        return sample_quality(view, cut, file.quality)
    return variant_quality(sample_quality(view, original, file.quality))


def _level(cut: Cut, lines: int, language: str) -> str:
    """The difficulty of the cut's definition, or of its lines where it has none."""
    definition = cut.definition
    if definition is None:
        return difficulty(0, 0, lines, language)
    lines = definition.end_line - definition.start_line + 1
    return difficulty(definition.complexity, definition.nesting, lines, language)


def _draft_id(file: FileKey, view: SourceView, cut: Cut) -> bytes:
    """A function of the sample's place, task and code."""
    texts = (cut.context, cut.suffix, cut.target)
    return digest(
        file.content_key,
        file.source,
        file.repo,
        file.path,
        cut.task,
        cut.variant,
        f"{cut.span.start}:{cut.span.end}",
        *(render_text(view.text, text) for text in texts),
    )


def _too_long(rendered: Rendered, rules: DraftRules) -> tuple[Reason, str] | None:
    if len(rendered.target) > rules.max_target_chars:
        return Reason.TARGET_TOO_LONG, f"{len(rendered.target)} characters"
    around = len(rendered.context) + len(rendered.suffix)
    if around > rules.max_context_chars:
        return Reason.CONTEXT_TOO_LONG, f"{around} characters"
    return None


def _key(file: FileKey, split: str, draft: Draft, rendered: Rendered, identity: bytes) -> DraftKey:
    texts = dataclasses.astuple(rendered)
    return DraftKey(
        draft_id=draft.draft_id,
        content_key=file.content_key,
        digest=identity,
        source=file.source,
        repo=file.repo,
        path=file.path,
        language=file.language,
        split=split,
        quality=draft.quality,
        # Each text stands in its own column and once more in messages.
        rendered_bytes=2 * sum(len(text.encode()) for text in texts),
    )


def _reject(file: FileKey, draft: Draft, reason: Reason, detail: str) -> Reject:
    return Reject(
        level="sample",
        id=draft.draft_id,
        source=file.source,
        repo=file.repo,
        path=file.path,
        stage=Stage.SPLIT,
        reason=reason,
        detail=json.dumps({"task": draft.task, "symbol": draft.symbol, "found": detail}),
    )


class _Lines:
    """Line numbers of a text, 1-based; only a newline byte ends a line."""

    def __init__(self, text: bytes) -> None:
        self._ends: list[int] = []
        at = text.find(b"\n")
        while at >= 0:
            self._ends.append(at)
            at = text.find(b"\n", at + 1)

    def of(self, position: int) -> int:
        """The line of the byte at `position`."""
        return bisect.bisect_left(self._ends, position) + 1
