import dataclasses
import inspect
import pickle
import typing

import apache_beam as beam
import pytest

from transforms import coders, pair_records, records, rows

RECORDS = [
    found
    for module in (pair_records, records, rows)
    for _, found in inspect.getmembers(module, dataclasses.is_dataclass)
    if found.__module__ == module.__name__
]


def made(hint: typing.Any) -> typing.Any:
    """A value of a field's type."""
    if dataclasses.is_dataclass(hint):
        return hint(**{field.name: made(field.type) for field in dataclasses.fields(hint)})
    if typing.get_origin(hint) is not None:
        return [made(typing.get_args(hint)[0])] * 2
    values = {str: "naïve \x00", bytes: b"\x00\xff", int: -(2**40), float: 0.1 + 0.2, bool: True}
    return values[hint]


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda found: found.__name__)
def test_round_trip(record_type: type) -> None:
    coder = beam.coders.registry.get_coder(record_type)
    assert isinstance(coder, coders.RecordCoder)
    record = made(record_type)
    back = pickle.loads(pickle.dumps(coder)).decode(coder.encode(record))
    assert type(back) is record_type
    assert back == record
    assert coder.is_deterministic()


def test_an_enum_in_a_string_field_arrives_as_its_value() -> None:
    reject = rows.Reject("file", "", "", "", "", rows.Stage.READ, rows.Reason.EMPTY, "")
    coder = beam.coders.registry.get_coder(rows.Reject)
    assert coder.decode(coder.encode(reject)).reason == "empty"
