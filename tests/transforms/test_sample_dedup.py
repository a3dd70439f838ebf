import json
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to

from tests.pipelines import test_pipeline
from transforms.records import DraftKey
from transforms.rows import Duplicate, Reject
from transforms.sample_dedup import DedupSamples


def key(name: int, quality: int, prompt: int, definition: int, target: int) -> DraftKey:
    return DraftKey(
        draft_id=f"{name:032x}",
        task="add_docstring",
        content_key=b"c" * 16,
        prompt_digest=b"%08d" % prompt,
        definition_digest=b"%08d" % definition,
        target_digest=b"%016d" % target,
        source="in",
        repo="répo",
        path=f"f{name}.py",
        language="python",
        split="train",
        quality=quality,
        rendered_bytes=1 << 40,
    )


KEYS = [
    key(1, 9_000, 1, 1, 0),
    key(2, 9_000, 1, 2, 0),  # the prompt of 1, which has the smaller id
    key(3, 10_000, 3, 3, 0),  # the best
    key(4, 500, 4, 1, 0),  # the definition of 1
    key(5, 0, 5, 2, 0),  # the definition of 2, which is no more: another of this target
    key(6, 400, 6, 6, 1),  # another target
]
KEPT = [1, 3, 6]
DUPLICATES = [(2, "exact", 1, 0.9, 0.9), (4, "near", 1, 0.05, 0.9)]
REJECTS = [(5, 3)]


def _name(draft_id: str) -> int:
    return int(draft_id, 16)


def _of_duplicate(row: Duplicate) -> tuple[Any, ...]:
    survivor = _name(row.survivor_id)
    assert (row.level, row.similarity) == ("sample", 1.0)
    assert (row.survivor_path, row.survivor_repo) == (f"f{survivor}.py", "répo")
    return _name(row.id), row.kind, survivor, row.quality, row.survivor_quality


def _of_reject(row: Reject) -> tuple[int, int]:
    told = (row.level, row.stage, row.reason)
    assert told == ("sample", "sample_dedup", "repeated_target")
    return _name(row.id), _name(json.loads(row.detail)["same_target_as"])


@pytest.mark.parametrize("spilled", [False, True], ids=["plain", "spilled"])
@pytest.mark.parametrize("keys", [KEYS, KEYS[::-1]], ids=["forwards", "backwards"])
def test_the_best_stay_and_the_rest_is_told(
    keys: list[DraftKey], spilled: bool, tmp_path: Path
) -> None:
    with test_pipeline() as pipeline:
        given = pipeline | beam.Create(keys).with_output_types(DraftKey)
        unique = given | DedupSamples(2, str(tmp_path) if spilled else None)
        kept = unique.draft_keys | "Kept" >> beam.Map(lambda key: (key.draft_id, key.path))
        names = [(f"{name:032x}", f"f{name}.py") for name in KEPT]
        assert_that(kept, equal_to(names), label="kept")
        duplicates = unique.duplicates | "Duplicates" >> beam.Map(_of_duplicate)
        assert_that(duplicates, equal_to(DUPLICATES), label="duplicates")
        rejects = unique.rejects | "Rejects" >> beam.Map(_of_reject)
        assert_that(rejects, equal_to(REJECTS), label="rejects")


def test_a_key_that_stays_is_whole_but_for_its_digests() -> None:
    def check(key: DraftKey) -> tuple[Any, ...]:
        return (key.content_key, key.language, key.split, key.quality, key.rendered_bytes)

    with test_pipeline() as pipeline:
        unique = pipeline | beam.Create(KEYS[:1]) | DedupSamples(1, None)
        kept = unique.draft_keys | beam.Map(check)
        assert_that(kept, equal_to([(b"c" * 16, "python", "train", 9_000, 1 << 40)]))


def test_nothing_comes_of_nothing(tmp_path: Path) -> None:
    with test_pipeline() as pipeline:
        given = pipeline | beam.Create([]).with_output_types(DraftKey)
        unique = given | DedupSamples(1, str(tmp_path))
        assert_that(unique.draft_keys, equal_to([]))
