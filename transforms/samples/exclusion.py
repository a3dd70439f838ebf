"""Samples that have too much of an item of an evaluation set, of files that have not."""

import dataclasses
import json
from collections.abc import Iterator, Sequence

from transforms.rows import Reason, Reject, Stage, reject_sample
from transforms.samples.drafting import Drafted
from transforms.samples.drafts import Draft, render, unpack
from transforms.similarity.evaluation import Likeness, describe, likenesses
from transforms.similarity.evaluation_index import EvaluationIndex
from transforms.similarity.shingles import token_hashes

_DRAFTS_AT_ONCE = 64  # at most about a megabyte of text


def without_evaluation(
    drafted: Drafted, text: bytes, index: EvaluationIndex, near: float
) -> Drafted:
    """Reject what contains an item or is nearly one, and the variants of what does.

    Args:
      drafted: of a file.
      text: its decoded source.
      index: of the items.
      near: the similarity of near duplicates.
    """
    drafts = unpack(drafted.file_drafts.drafts)
    likely = {
        draft.draft_id: likeness
        for draft, likeness in _likenesses(drafts, text, index, near)
        if likeness is not None and likeness.nearly_contains(near)
    }
    found = {
        draft: likely.get(draft.draft_id) or likely[draft.variant_of]
        for draft in drafts
        if draft.draft_id in likely or draft.variant_of in likely
    }
    if not found:
        return drafted
    left_out = {draft.draft_id for draft in found}
    return dataclasses.replace(
        drafted,
        keys=[key for key in drafted.keys if key.draft_id not in left_out],
        rejects=[
            *drafted.rejects,
            *(_reject(drafted, draft, index, likeness) for draft, likeness in found.items()),
        ],
    )


def _likenesses(
    drafts: Sequence[Draft], text: bytes, index: EvaluationIndex, near: float
) -> Iterator[tuple[Draft, Likeness | None]]:
    for first in range(0, len(drafts), _DRAFTS_AT_ONCE):
        some = drafts[first : first + _DRAFTS_AT_ONCE]
        rendered = (render(text, draft) for draft in some)
        codes = [(r.context + r.target + r.suffix).encode() for r in rendered]
        yield from zip(some, likenesses(index, token_hashes(codes), near), strict=True)


def _reject(drafted: Drafted, draft: Draft, index: EvaluationIndex, likeness: Likeness) -> Reject:
    what = {"task": draft.task, "symbol": draft.symbol} | describe(index, likeness)
    why = Stage.SAMPLE_DEDUP, Reason.EVALUATION, json.dumps(what)
    return reject_sample(drafted.file_drafts.file, draft.draft_id, *why)
