"""The relation that the targets of a task have to their prompts or sources."""

import dataclasses
from collections.abc import Callable

from pipeline.validate.dataset import Record
from pipeline.validate.sources import Sources


@dataclasses.dataclass(frozen=True, slots=True)
class Relation:
    """A task's relation: a file in pipeline/validate/relations with a `RELATION` of this type.

    Attributes:
      task: the task's name in the contract.
      title: what is counted: rows whose relation was derived again.
      offence: says what is wrong with a row of the task, empty for nothing; the sources are None
        where they are not given.
    """

    task: str
    title: str
    offence: Callable[[Record, Sources | None], str]
