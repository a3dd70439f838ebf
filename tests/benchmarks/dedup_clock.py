"""What the tools of `tests.benchmarks.dedup` share: their input, their answer, their clock."""

import resource
import time
from collections.abc import Iterable, Iterator, Sequence

THRESHOLD, BANDS, ROWS = 0.85, 25, 10
_BATCH_BYTES = 1 << 20

Document = tuple[bytes, int, bytes]  # content key, quality, text
Removed = dict[int, int | None]  # whom each removed document names, if the tool names any


class Clock:
    """CPU seconds of this process and its children up to the end of each step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.restart()

    def restart(self) -> None:
        """Forget the time that has passed."""
        self._started = _cpu_s()

    def step(self, name: str) -> None:
        """Note that a step has ended."""
        self.steps[name] = _cpu_s() - self._started


def _cpu_s() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def texts_of(documents: Sequence[Document]) -> list[bytes]:
    """The texts alone."""
    return [text for _, _, text in documents]


def batches(texts: Iterable[bytes]) -> Iterator[list[bytes]]:
    """About a megabyte at a time, which stays in the processor's cache."""
    batch: list[bytes] = []
    size_bytes = 0
    for text in texts:
        batch.append(text)
        size_bytes += len(text)
        if size_bytes >= _BATCH_BYTES:
            yield batch
            batch, size_bytes = [], 0
    if batch:
        yield batch
