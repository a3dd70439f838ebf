"""Which samples of one target stay: held against all pairs."""

import itertools
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.samples.survivors import Verdict, choose_survivors


class Sample(NamedTuple):
    """A sample by its rank, and what makes it the same as another."""

    rank: tuple[int, int]
    prompt: bytes
    definition: bytes
    target: bytes


@st.composite
def corpora(draw: st.DrawFn) -> list[Sample]:
    """Samples of which equal prompts or definitions have equal targets."""
    rows = draw(st.lists(st.tuples(*map(st.integers, [0] * 4, (3, 4, 4, 2))), max_size=40))
    return [
        Sample((quality, at), b"%d %d" % (prompt, end), b"%d %d" % (definition, end), b"%d" % end)
        for at, (quality, prompt, definition, end) in enumerate(rows)
    ]


def chosen(samples: list[Sample], most: int) -> dict[Sample, tuple[str, Sample]]:
    """What becomes of each sample, group by group."""
    fates = {}
    for target in {sample.target for sample in samples}:
        group = sorted(sample for sample in samples if sample.target == target)
        verdicts = choose_survivors(((s.prompt, s.definition) for s in group), most)
        for sample, verdict in zip(group, verdicts, strict=True):
            fates[sample] = (verdict.fate, group[verdict.survivor])
    return fates


def greedy(samples: list[Sample], most: int) -> set[Sample]:
    """What stays when all samples are walked by rank, each held against all that stay."""
    kept: list[Sample] = []
    for sample in sorted(samples):
        is_copy = any(k.prompt == sample.prompt or k.definition == sample.definition for k in kept)
        if not is_copy and sum(k.target == sample.target for k in kept) < most:
            kept.append(sample)
    return set(kept)


@given(corpora(), st.integers(1, 3), st.randoms())
def test_what_stays_is_what_all_pairs_say(samples: list[Sample], most: int, chance: object) -> None:
    fates = chosen(samples, most)
    shuffled = list(samples)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert chosen(shuffled, most) == fates
    kept = {sample for sample, (fate, _) in fates.items() if fate == "kept"}
    assert kept == greedy(samples, most)
    for one, other in itertools.combinations(kept, 2):
        assert one.prompt != other.prompt
        assert one.definition != other.definition
    for sample, (fate, survivor) in fates.items():
        alike = [k for k in kept if k.target == sample.target]
        assert survivor in alike
        assert survivor.rank <= sample.rank
        if fate == "exact":
            assert survivor.prompt == sample.prompt
        elif fate == "near":
            assert survivor.definition == sample.definition
            assert sample.prompt not in {k.prompt for k in alike if k.rank < sample.rank}
        elif fate == "repeated":
            assert len(alike) == most
            assert max(alike).rank < sample.rank
            assert survivor == min(alike)


def test_nothing_is_remembered_but_what_is_kept() -> None:
    """A million samples of one target, none of them held."""
    digests = ((b"%d" % n, b"%d" % (n // 2)) for n in range(1_000_000))
    verdicts = choose_survivors(digests, 2)
    first = list(itertools.islice(verdicts, 6))
    assert first == [
        Verdict("kept", 0),
        Verdict("near", 0),
        Verdict("kept", 2),
        Verdict("near", 2),
        Verdict("repeated", 0),
        Verdict("repeated", 0),
    ]
    assert sum(verdict.fate == "repeated" for verdict in verdicts) == 1_000_000 - 6


@pytest.mark.parametrize("most", [1, 2, 5])
def test_no_samples(most: int) -> None:
    assert list(choose_survivors([], most)) == []
