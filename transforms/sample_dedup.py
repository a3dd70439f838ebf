"""Sample dedup: of samples that are the same the best stays, of those with one target a few."""

import dataclasses
import json
import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from transforms import (
    coders,  # noqa: F401  # every record has its coder before types are looked up
    metrics,
)
from transforms.group import Grouped, JoinByKey
from transforms.records import DraftKey
from transforms.rows import Duplicate, Reason, Reject, Stage, duplicate, reject_sample
from transforms.samples.survivors import choose_survivors

_SCALE = 10_000
# Before a packed key: how far its quality is from the best and its id, which sort by rank, then the
# digests of prompt and definition.
_HEAD = struct.Struct(">H16s8s8s")
_KEY_CODER = beam.coders.registry.get_coder(DraftKey)


class Unique(NamedTuple):
    """The DraftKeys that stay, and a Duplicate or Reject for each other one."""

    draft_keys: beam.PCollection
    duplicates: beam.PCollection
    rejects: beam.PCollection


class DedupSamples(beam.PTransform):
    """DraftKeys -> those that differ, at most `max_same_target` of each target, the best.

    One shuffle of keys, by target. A group holds its keys packed, about 200 bytes each: there are
    targets that a million samples have. The keys that stay have no digests any more.
    """

    def __init__(self, max_same_target: int, spill_dir: str | None) -> None:
        super().__init__()
        self._max_same_target = max_same_target
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, draft_keys: beam.PCollection[DraftKey]) -> Unique:
        unique = (
            {"same": draft_keys | "KeyByTarget" >> beam.Map(_packed)}
            | "GroupByTarget" >> JoinByKey(self._spill_dir)
            | "ChooseSurvivors"
            >> beam.ParDo(_ChooseSurvivorsFn(self._max_same_target)).with_outputs(
                "duplicates", "rejects", main="draft_keys"
            )
        )
        return Unique(unique.draft_keys, unique.duplicates, unique.rejects)


def _packed(key: DraftKey) -> tuple[bytes, bytes]:
    """The target's digest, and the key without what its head says or only dedup asks for."""
    rest = dataclasses.replace(
        key, draft_id="", prompt_digest=b"", definition_digest=b"", target_digest=b""
    )
    head = _HEAD.pack(
        _SCALE - key.quality,
        bytes.fromhex(key.draft_id),
        key.prompt_digest,
        key.definition_digest,
    )
    return key.target_digest, head + _KEY_CODER.encode(rest)


def _unpacked(packed: bytes) -> DraftKey:
    rest = _KEY_CODER.decode(packed[_HEAD.size :])
    return dataclasses.replace(rest, draft_id=_HEAD.unpack_from(packed)[1].hex())


class _ChooseSurvivorsFn(beam.DoFn):
    def __init__(self, max_same_target: int) -> None:
        self._max_same_target = max_same_target

    def process(
        self, element: Grouped
    ) -> Iterator[
        DraftKey
        | TaggedOutput[Literal["duplicates"], Duplicate]
        | TaggedOutput[Literal["rejects"], Reject]
    ]:
        group: list[bytes] = element[1]["same"]
        group.sort()
        digests = (_HEAD.unpack_from(packed)[2:] for packed in group)
        for packed, verdict in zip(
            group, choose_survivors(digests, self._max_same_target), strict=True
        ):
            key = _unpacked(packed)
            if verdict.fate == "kept":
                yield key
                continue
            survivor = _unpacked(group[verdict.survivor])
            if verdict.fate == "repeated":
                metrics.rejected(Stage.SAMPLE_DEDUP, Reason.REPEATED_TARGET).inc()
                yield TaggedOutput("rejects", _repeated(key, survivor))
            else:
                metrics.counter(f"sample_dedup/{verdict.fate}").inc()
                yield TaggedOutput("duplicates", _duplicate(key, verdict.fate, survivor))


def _duplicate(copy: DraftKey, kind: str, survivor: DraftKey) -> Duplicate:
    # A near one is as similar: its definition without comments has the same tokens.
    both = (copy.draft_id, copy), (survivor.draft_id, survivor)
    return duplicate("sample", kind, 1.0, *both)


def _repeated(key: DraftKey, best: DraftKey) -> Reject:
    detail = json.dumps({"same_target_as": best.draft_id})
    return reject_sample(key, key.draft_id, Stage.SAMPLE_DEDUP, Reason.REPEATED_TARGET, detail)
