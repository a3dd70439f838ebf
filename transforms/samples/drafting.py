"""From one file's text to its drafts: parse, split, augment, instruct."""

import dataclasses
from collections.abc import Iterator, Sequence

from transforms.languages.spec import load_languages
from transforms.outlines.parse import TooDeep, outline
from transforms.pair_records import Claims, Offers
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reject
from transforms.samples.augmentations import load_augmentations
from transforms.samples.caps import Rooms, keep
from transforms.samples.cuts import Cut, SourceView
from transforms.samples.drafts import pack
from transforms.samples.making import Made, Maker
from transforms.samples.quality import variant_quality
from transforms.samples.rules import DraftRules
from transforms.samples.tasks import load_tasks
from transforms.samples.testing.evidence import pack as pack_evidence
from transforms.samples.testing.gathering import evidence_of
from transforms.sources.source import Source


@dataclasses.dataclass(frozen=True, slots=True)
class Drafted:
    """What became of a used file.

    Its drafts, the keys that decide on them, and the samples that did not pass; its definitions
    that tests of other files may be of, and its tests, if there are any.
    """

    file_drafts: FileDrafts
    keys: Sequence[DraftKey]
    rejects: Sequence[Reject]
    offers: Offers | None = None
    claims: Claims | None = None


def draft_file(file: FileKey, source: Source, rules: DraftRules) -> Drafted:
    """Make all drafts of a file.

    Args:
      file: what screening said of it.
      source: read again.
    """
    view = view_of(file, source, rules)
    maker = Maker(file, view, rules)
    made: list[Made] = []
    rejects: list[Reject] = []
    for sample in _samples(view, maker, rules):
        if sample.objection is None:
            made.append(sample)
        else:
            rejects.append(maker.reject(sample.draft, sample.objection))
    evidence = evidence_of(view, file.repo, file.quality, maker.sameness, maker.lines.of)
    bare = dataclasses.replace(file, bands=b"")
    return Drafted(
        FileDrafts(
            file=file,
            definitions=len(view.outline.definitions) if view.outline else 0,
            samples_made=len(made) + len(rejects),
            drafts=pack(each.draft for each in made),
        ),
        [maker.key(each) for each in made],
        rejects,
        Offers(bare, pack_evidence(evidence.offered)) if any(evidence.offered) else None,
        Claims(bare, pack_evidence(evidence.claims)) if evidence.claims.tests else None,
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
        describe_bugs=rules.describe_bugs,
        synthetic_tests=rules.synthetic_tests,
    )


def _samples(view: SourceView, maker: Maker, rules: DraftRules) -> Iterator[Made]:
    """Make a file's samples, as many as may be; each original before its variants."""
    varied = any(view.language.name in each.languages for each in load_augmentations())
    found = (cut for task in load_tasks() for cut in task.find(view))
    originals = keep(view, found, rules.caps, varied)
    rooms = Rooms(originals, rules.caps)
    for original in originals:
        made = maker.make(original)
        yield made
        if made.objection is None:
            for variant in _variants(view, made.cut, made.draft.quality, rooms):
                yield maker.make(variant, made.draft)


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
