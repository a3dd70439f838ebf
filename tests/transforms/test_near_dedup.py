import dataclasses
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import apache_beam as beam
import numpy as np
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.typehints.native_type_compatibility import convert_to_beam_type

from tests.file_keys import text_key
from tests.greedy import survivors
from tests.pipelines import test_pipeline
from transforms.near_dedup import FindNearDuplicates
from transforms.records import Edge, FileKey, Pair, Removal
from transforms.similarity.minhash import banding, bucket_keys, fingerprints
from transforms.similarity.pairs import MAX_BUCKET
from transforms.similarity.shingles import jaccard, shingle_sets
from transforms.sources.inputs import Input
from transforms.sources.screening import ScreenRules
from transforms.survive import FindSurvivors

THRESHOLD = 0.85
Graph = dict[int, dict[int, float]]
Chosen = tuple[bytes, bytes, float]  # removed, survivor, similarity


@pytest.fixture
def spill_dir(tmp_path: Path) -> str:
    folder = tmp_path / "spill"
    folder.mkdir()
    return str(folder)


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def greedy(near: Graph, worst: Sequence[int]) -> list[Chosen]:
    rank = {n: (worst[n], key(n)) for n in near}
    return [(key(n), key(s), near[n][s]) for n, s in survivors(near, rank).items()]


def by_rounds(near: Graph, worst: Sequence[int], spill_dir: str) -> None:
    """The edges of a graph through the composite: as the greedy says."""
    edges = [
        Edge(Pair(key(a), worst[a], key(b), worst[b]), similarity)
        for a, others in near.items()
        for b, similarity in others.items()
        if (worst[a], a) < (worst[b], b)
    ]
    with test_pipeline() as pipeline:
        removed = (
            pipeline
            | beam.Create(edges).with_output_types(Edge)
            | FindSurvivors(spill_dir)
            | beam.MapTuple(lambda survivor, r: (r.content_key, survivor, r.similarity))
        )
        assert_that(removed, equal_to(greedy(near, worst)))


def graph(documents: int, edges: int, seed: int) -> Graph:
    draw = np.random.default_rng(seed)
    near: Graph = {n: {} for n in range(documents)}
    for a, b in draw.integers(0, documents, (edges, 2)).tolist():
        if a != b:
            near[a][b] = near[b][a] = round(float(draw.uniform(0.85, 1)), 4)
    return near


@pytest.mark.parametrize(
    ("near", "worst"),
    [
        pytest.param({}, [], id="empty"),
        pytest.param({0: {1: 0.9}, 1: {0: 0.9}}, [5, 3], id="one pair"),
        *(
            pytest.param(
                {i: {j: 0.9 for j in (i - 1, i + 1) if 0 <= j < 50} for i in range(50)},
                worst,
                id=f"chain, {name}",
            )
            for name, worst in (
                ("in order", list(range(50))),
                ("shuffled", np.random.default_rng(3).permutation(50).tolist()),
                ("ties", [7] * 50),
            )
        ),
        pytest.param(graph(300, 250, 1), [n * 37 % 11 for n in range(300)], id="sparse"),
        pytest.param(graph(120, 900, 2), [n * 37 % 101 for n in range(120)], id="dense"),
    ],
)
def test_rounds_choose_as_the_greedy(near: Graph, worst: list[int], spill_dir: str) -> None:
    by_rounds(near, worst, spill_dir)


def code(lines: range) -> bytes:
    return b"".join(b"value_%d = compute(%d, other_%d)\n" % (n, n * 7, n * 3) for n in lines)


def written(folder: Path, texts: Sequence[bytes], qualities: Sequence[int]) -> list[FileKey]:
    keys = []
    for number, (text, quality) in enumerate(zip(texts, qualities, strict=True)):
        folder.joinpath(f"{number:05d}.py").write_bytes(text)
        file = text_key("python", f"{number:05d}.py", text)
        keys.append(dataclasses.replace(file, quality=quality))
    bands = bucket_keys(fingerprints(shingle_sets(texts)), banding(THRESHOLD))
    return [dataclasses.replace(key, bands=band) for key, band in zip(keys, bands, strict=True)]


def rules_of(folder: Path) -> ScreenRules:
    return ScreenRules((Input("in", bytes(folder)),), 1 << 20, banding(THRESHOLD))


def brute_force(files: Sequence[FileKey], texts: Sequence[bytes]) -> list[Chosen]:
    sets = dict(zip((f.content_key for f in files), shingle_sets(texts), strict=True))
    near: dict[bytes, dict[bytes, float]] = {k: {} for k in sets}
    for a, b in itertools.combinations(sets, 2):
        similarity = jaccard(sets[a], sets[b])
        if similarity >= THRESHOLD:
            near[a][b] = near[b][a] = similarity
    rank = {f.content_key: (-f.quality, f.content_key) for f in files}
    return [(k, s, near[k][s]) for k, s in survivors(near, rank).items()]


def find(
    files: Sequence[FileKey],
    folder: Path,
    spill_dir: str | None,
    check: Callable[[list[Chosen]], None],
    *,
    is_oversize: bool = False,
) -> None:
    rules = rules_of(folder)
    with test_pipeline() as pipeline:
        found = (
            pipeline
            | beam.Create(list(files)).with_output_types(FileKey)
            | FindNearDuplicates(rules, THRESHOLD, None, spill_dir)
        )
        assert found.removals.element_type == convert_to_beam_type(tuple[bytes, Removal])
        removed = found.removals | beam.MapTuple(
            lambda k, removal: (k, removal.survivor.content_key, removal.similarity)
        )
        assert_that(removed, check, label="removed")
        sizes = found.oversize | beam.Map(lambda bucket: bucket.largest > MAX_BUCKET)
        every = sizes | beam.CombineGlobally(all)
        some = sizes | "Any" >> beam.CombineGlobally(any)
        assert_that(every, equal_to([True]), label="every")
        assert_that(some, equal_to([is_oversize]), label="some")


@pytest.mark.parametrize("order", ["best first", "best last", "shuffled", "equal"])
def test_a_chain_of_fifty_files_survives_as_the_greedy_says(
    order: str, tmp_path: Path, spill_dir: str | None
) -> None:
    texts = [code(range(step * 4, step * 4 + 60)) for step in range(50)]
    qualities = {
        "best first": range(9_000, 8_950, -1),
        "best last": range(8_950, 9_000),
        "shuffled": np.random.default_rng(1).permutation(50).tolist(),
        "equal": [5_000] * 50,
    }[order]
    files = written(tmp_path, texts, list(qualities))
    expected = brute_force(files, texts)
    assert len(expected) >= 20
    find(files, tmp_path, spill_dir, equal_to(expected))


def test_a_hot_bucket_leaves_its_best(tmp_path: Path, spill_dir: str) -> None:
    texts = [code(range(100)) + b"x = %d\n" % number for number in range(300)]
    files = written(tmp_path, texts, [number * 31 % 997 for number in range(300)])
    best = min(files, key=lambda file: (-file.quality, file.content_key))

    def check(removed: list[Chosen]) -> None:
        assert {k for k, _, _ in removed} == {f.content_key for f in files} - {best.content_key}
        assert {survivor for _, survivor, _ in removed} == {best.content_key}

    find(files, tmp_path, spill_dir, check, is_oversize=True)


def test_a_file_that_changed_is_near_nothing(tmp_path: Path) -> None:
    texts = [code(range(100)), code(range(101)), code(range(102))]
    files = written(tmp_path, texts, [3, 2, 1])
    tmp_path.joinpath("00000.py").write_bytes(b"now = 'another'\n")
    second, third = (file.content_key for file in files[1:])
    similarity = jaccard(*shingle_sets(texts[1:]))
    find(files, tmp_path, None, equal_to([(third, second, similarity)]))
