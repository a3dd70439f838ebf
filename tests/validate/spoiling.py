"""How a dataset is spoilt, and what the judge says of it."""

from collections.abc import Callable

from pipeline.validate.judge import validate
from pipeline.validate.outcome import FAIL
from tests.validate import honest
from tests.validate.corpus import Record
from tests.validate.honest import Made

Spoil = Callable[[Made], object]


def verdicts(made: Made, *, given: bool = True) -> dict[int, str]:
    """Each promise's verdict."""
    inputs = [str(made.folder)] if given else []
    return {each.promise: each.verdict for each in validate(made.directory, inputs)}


def failing(made: Made, *, given: bool = True) -> set[int]:
    """The promises that fail."""
    return {promise for promise, verdict in verdicts(made, given=given).items() if verdict == FAIL}


def put(record: Record, **values: object) -> None:
    """Set values of a record."""
    record.update(values)


def put_text(row: Record, **values: str) -> None:
    """Set parts of a row and lay out its messages again."""
    row.update(values)
    honest.render(row)
