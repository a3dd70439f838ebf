"""The one grouping of the graph: a join by key.

On a local run it does not hold its values in memory.
"""

import array
import collections
import os
import struct
import uuid
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import apache_beam as beam
from apache_beam.coders import Coder

from transforms import coders  # noqa: F401  # every record has its coder before types are looked up

# Files a bundle may have open on disk; a partition's index, not its values, is held in memory.
PARTITIONS = 64
_FLUSH_BYTES = 16 << 20
_HEADER = struct.Struct("<BII")  # tag, key bytes, value bytes

Grouped = tuple[bytes, dict[str, list[Any]]]


class JoinByKey(beam.PTransform):
    """Join PCollections of (bytes key, record) by key: `{tag: keyed} | JoinByKey(spill_dir)`.

    Output: (key, {tag: records}), every tag present, records in no order. One shuffle.

    With a `spill_dir`, which must be one local folder for all workers, values go to
    hash-partitioned files and only file names cross the runner's GroupByKey: FnApiRunner keeps what
    it groups in memory, at four times the bytes. Without one it is a plain CoGroupByKey, for
    runners that spill by themselves.
    """

    def __init__(self, spill_dir: str | None) -> None:
        super().__init__()
        self._spill_dir = spill_dir

    @beam.typehints.no_annotations
    def expand(self, keyed: dict[str, beam.PCollection]) -> beam.PCollection[Grouped]:
        if self._spill_dir is None:
            return (
                keyed
                | "CoGroup" >> beam.CoGroupByKey()
                | "List" >> beam.MapTuple(_listed).with_output_types(Grouped)
            )
        tags = sorted(keyed)
        value_coders = [_value_coder(keyed[tag]) for tag in tags]
        spilled = tuple(
            keyed[tag] | f"Spill{tag.title()}" >> beam.ParDo(_SpillFn(self._spill_dir, at, coder))
            for at, (tag, coder) in enumerate(zip(tags, value_coders, strict=True))
        )
        return (
            spilled
            | "Flatten" >> beam.Flatten()
            | "GroupFiles" >> beam.GroupByKey()
            | "ReadBack" >> beam.ParDo(_ReadBackFn(tags, value_coders)).with_output_types(Grouped)
        )


def _listed(key: bytes, values: dict[str, Iterable[Any]]) -> Grouped:
    return key, {tag: list(found) for tag, found in values.items()}


def _value_coder(keyed: beam.PCollection) -> Coder:
    key_type, value_type = keyed.element_type.tuple_types
    if key_type is not bytes:
        raise TypeError(f"key type {key_type}: keys are bytes")
    return beam.coders.registry.get_coder(value_type)


@beam.typehints.with_input_types(tuple[bytes, Any])
@beam.typehints.with_output_types(tuple[str, str])
class _SpillFn(beam.DoFn):
    """Write values to one file a partition and bundle; emit (partition, file)."""

    def __init__(self, spill_dir: str, tag: int, coder: Coder) -> None:
        self._spill_dir = spill_dir
        self._tag = tag
        self._coder = coder

    def start_bundle(self) -> None:
        self._buffers: dict[int, list[bytes]] = collections.defaultdict(list)
        self._files: dict[int, str] = {}
        self._size_bytes = 0

    def process(self, element: tuple[bytes, Any]) -> None:
        key, value = element
        data = self._coder.encode(value)
        self._buffers[zlib.crc32(key) % PARTITIONS] += (
            _HEADER.pack(self._tag, len(key), len(data)),
            key,
            data,
        )
        self._size_bytes += _HEADER.size + len(key) + len(data)
        if self._size_bytes >= _FLUSH_BYTES:
            self._flush()

    def finish_bundle(self) -> Iterator[beam.utils.windowed_value.WindowedValue]:
        self._flush()
        for partition, path in sorted(self._files.items()):
            yield beam.transforms.window.GlobalWindows.windowed_value((f"{partition:03d}", path))

    def _flush(self) -> None:
        for partition, parts in self._buffers.items():
            # The uuid is a name only: retries must not meet each other's files.
            name = f"{partition:03d}-{uuid.uuid4().hex}"
            path = self._files.setdefault(partition, os.path.join(self._spill_dir, name))
            with open(path, "ab") as file:
                file.writelines(parts)
        self._buffers.clear()
        self._size_bytes = 0


class _ReadBackFn(beam.DoFn):
    """Read a partition's files back, group by group.

    It holds an index of the partition and one group's values.
    """

    def __init__(self, tags: list[str], value_coders: list[Coder]) -> None:
        self._tags = tags
        self._coders = value_coders

    def process(self, element: tuple[str, Iterable[str]]) -> Iterator[Grouped]:
        files = [open(path, "rb") for path in element[1]]
        try:
            # Four integers a value, packed: a key may have a million values.
            index: dict[bytes, array.array[int]] = collections.defaultdict(_no_places)
            for at, file in enumerate(files):
                for key, tag, offset, size in _records(file):
                    index[key].extend((at, tag, offset, size))
            for key in sorted(index):
                values: dict[str, list[Any]] = {tag: [] for tag in self._tags}
                places = iter(index.pop(key))
                for at, tag, offset, size in zip(places, places, places, places, strict=True):
                    data = os.pread(files[at].fileno(), size, offset)
                    values[self._tags[tag]].append(self._coders[tag].decode(data))
                yield key, values
        finally:
            for file in files:
                file.close()


def _no_places() -> "array.array[int]":
    return array.array("Q")


def _records(file: Any) -> Iterator[tuple[bytes, int, int, int]]:
    """(key, tag, offset of the value, size of the value) of each record of a spill file."""
    offset = 0
    while header := file.read(_HEADER.size):
        tag, key_bytes, value_bytes = _HEADER.unpack(header)
        key = file.read(key_bytes)
        offset += _HEADER.size + key_bytes
        yield key, tag, offset, value_bytes
        offset += value_bytes
        file.seek(offset)
