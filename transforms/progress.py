"""What workers tell the terminal of a local run, through one small file a process."""

import dataclasses
import json
import os


@dataclasses.dataclass
class ProgressFile:
    """Counts of this process, written to `directory`; nothing at all where that is None.

    Only a terminal reads them. A bundle that is retried counts twice.
    """

    directory: str | None

    def __post_init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._path = ""

    def add(self, **counts: int) -> None:
        """Add to this process's counts and write them."""
        if self.directory is None:
            return
        for name, count in counts.items():
            self._counts[name] = self._counts.get(name, 0) + count
        # A DoFn is copied once a stage and thread, so each copy has a file of its own.
        self._path = self._path or os.path.join(self.directory, f"{os.getpid()}-{id(self)}")
        with open(self._path, "w") as file:
            json.dump(self._counts, file)


def read_progress(directory: str) -> dict[str, int]:
    """The sum of all processes' counts."""
    totals: dict[str, int] = {}
    for entry in os.scandir(directory):
        try:
            with open(entry.path) as file:
                counts = json.load(file)
        except (OSError, ValueError):
            continue  # being written
        for name, count in counts.items():
            totals[name] = totals.get(name, 0) + count
    return totals
