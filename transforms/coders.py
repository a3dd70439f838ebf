"""Registers a coder for every record, so that none is pickled and each arrives as itself.

It stands apart from the records so that pure modules, which use them, need no Beam. Every module
that wires Beam imports it.
"""

import dataclasses
import inspect
import types as types_module
from collections.abc import Mapping
from typing import Any

import apache_beam as beam
from apache_beam.coders.coder_impl import CoderImpl
from apache_beam.coders.coders import FastCoder
from apache_beam.coders.typecoders import CoderRegistry

from transforms import pair_records, records, rows


class RecordCoder(FastCoder):
    """Beam's row coder for one record class, which travels as the class's name.

    A bare RowCoder travels as a schema, and another process then decodes a generated type instead
    of the record (2.77).
    """

    def __init__(self, record_type: type) -> None:
        self._record_type = record_type

    @classmethod
    def from_type_hint(cls, typehint: Any, registry: CoderRegistry) -> "RecordCoder":
        """Called by Beam's registry."""
        return cls(typehint)

    def _create_impl(self) -> CoderImpl:
        return _ROW_CODERS[self._record_type].get_impl()

    def is_deterministic(self) -> bool:
        """A record of these field types has one encoding."""
        return True

    def to_type_hint(self) -> type:
        """The record class."""
        return self._record_type

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RecordCoder) and other._record_type is self._record_type

    def __hash__(self) -> int:
        return hash(self._record_type.__qualname__)

    def __reduce__(self) -> tuple[type, tuple[type]]:
        return RecordCoder, (self._record_type,)


def _register() -> Mapping[type, beam.coders.RowCoder]:
    """Register all records; returns the row coder of each.

    It is made in this process and so bound to the class itself.
    """
    registry = beam.coders.registry
    types: list[type] = [
        found
        for module in (pair_records, records, rows)
        for _, found in inspect.getmembers(module, inspect.isclass)
        if dataclasses.is_dataclass(found)
    ]
    for record_type in types:
        # This makes its schema known, also where it stands inside another record.
        registry.register_row(record_type)
    row_coders = {found: beam.coders.RowCoder.from_type_hint(found, registry) for found in types}
    for record_type in types:
        registry.register_coder(record_type, RecordCoder)
    return types_module.MappingProxyType(row_coders)


_ROW_CODERS = _register()
