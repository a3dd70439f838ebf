from collections.abc import Callable
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.typehints.native_type_compatibility import convert_to_beam_type

from tests.pipelines import test_pipeline
from transforms.group import PARTITIONS, Grouped, JoinByKey
from transforms.records import Taken, Wanted

Spill = Callable[[], str | None]


@pytest.fixture(params=["plain", "spilled"])
def spill_dir(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    return str(tmp_path) if request.param == "spilled" else None


def _flat(element: Grouped) -> tuple[bytes, dict[str, list[Any]]]:
    key, values = element
    return key, {tag: sorted(str(value) for value in found) for tag, found in values.items()}


def joined(
    left: list[tuple[bytes, Wanted]],
    right: list[tuple[bytes, Taken]],
    spill_dir: str | None,
    expected: list[Any],
) -> None:
    with test_pipeline() as pipeline:
        a = pipeline | "A" >> beam.Create(left).with_output_types(tuple[bytes, Wanted])
        b = pipeline | "B" >> beam.Create(right).with_output_types(tuple[bytes, Taken])
        result = {"a": a, "b": b} | "Join" >> JoinByKey(spill_dir)
        assert result.element_type == convert_to_beam_type(Grouped)
        assert_that(result | beam.Map(_flat), equal_to(expected))


def test_joins_by_key(spill_dir: str | None) -> None:
    keys = [b"%d" % n for n in range(3 * PARTITIONS)]
    left = [(key, Wanted(key * 2)) for key in keys for _ in range(2)]
    right = [(b"1", Taken("x")), (b"only right", Taken("y"))]
    expected: dict[bytes, dict[str, list[str]]] = {
        key: {"a": [str(Wanted(key * 2))] * 2, "b": []} for key in keys
    }
    expected[b"1"]["b"] = [str(Taken("x"))]
    expected[b"only right"] = {"a": [], "b": [str(Taken("y"))]}
    joined(left, right, spill_dir, list(expected.items()))


def test_empty(spill_dir: str | None) -> None:
    joined([], [], spill_dir, [])


def test_one_element(spill_dir: str | None) -> None:
    joined(
        [(b"", Wanted(b"\x00"))],
        [],
        spill_dir,
        [(b"", {"a": [str(Wanted(b"\x00"))], "b": []})],
    )


def test_raw_bytes_and_large_values(spill_dir: str | None) -> None:
    values = [(b"k", bytes([n]) * 3_000_000) for n in range(8)]
    with test_pipeline() as pipeline:
        created = pipeline | beam.Create(values).with_output_types(tuple[bytes, bytes])
        result = {"v": created} | JoinByKey(spill_dir)
        sizes = result | beam.MapTuple(
            lambda key, found: (key, sorted((v[0], len(v)) for v in found["v"]))
        )
        assert_that(sizes, equal_to([(b"k", [(n, 3_000_000) for n in range(8)])]))


def test_text_goes_to_disk_and_not_through_the_runner(tmp_path: Path) -> None:
    with test_pipeline() as pipeline:
        created = pipeline | beam.Create([(b"k", b"v" * 1000)]).with_output_types(
            tuple[bytes, bytes]
        )
        _ = {"v": created} | JoinByKey(str(tmp_path))
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) > 1000


def test_keys_are_bytes(tmp_path: Path) -> None:
    created = test_pipeline() | beam.Create([("k", b"v")]).with_output_types(tuple[str, bytes])
    with pytest.raises(TypeError, match="keys are bytes"):
        _ = {"v": created} | JoinByKey(str(tmp_path))
