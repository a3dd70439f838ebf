"""All hostile files of one language through DraftSamples, with what each of them costs."""

import contextlib
import dataclasses
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import apache_beam as beam
import psutil

import transforms.draft
from tests.file_keys import draft_rules, file_key
from tests.pipelines import test_pipeline
from transforms.isolation import Isolated, Limits
from transforms.records import FileDrafts, FileKey
from transforms.rows import Reject

LIMITS = Limits(cpu_s=1, memory_mb=512)
_SAMPLE_S = 0.01
_MEBIBYTE = 1 << 20


@dataclasses.dataclass(slots=True)
class Cost:
    """What became of one file, and what it used.

    Attributes:
      outcome: `drafted`, or the reason of its reject; `twice` if it came out more than once.
      wall_s: until its answer.
      cpu_s: of its children, their start included.
      memory_mb: peak of the resident memory of a child.
      parent_s: CPU of this process for it, reading and answer included.
    """

    path: str
    outcome: str = "lost"
    detail: str = ""
    wall_s: float = 0.0
    cpu_s: float = 0.0
    memory_mb: float = 0.0
    parent_s: float = 0.0

    def came_out(self, outcome: str, detail: str = "") -> None:
        """Note what became of it."""
        self.outcome = outcome if self.outcome == "lost" else "twice"
        self.detail = detail


_costs: dict[str, Cost] = {}  # of the language that is being tortured, by path


class _Measured(Isolated):
    """Isolated calls that note what they use."""

    def __call__(self, *arguments: object) -> object:
        file, *_ = arguments
        assert isinstance(file, FileKey)
        cost, started, cpu = _costs[file.path], time.perf_counter(), self._children_cpu()
        with self._watched(cost):
            try:
                return super().__call__(*arguments)
            finally:
                cost.wall_s = time.perf_counter() - started
                cost.cpu_s = self._children_cpu() - cpu

    def _children_cpu(self) -> float:
        """CPU seconds of all children: of those that have ended, and of the one that serves."""
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        serving = self._serving()
        times = serving.cpu_times() if serving else None
        return ended.ru_utime + ended.ru_stime + (times.user + times.system if times else 0)

    @contextlib.contextmanager
    def _watched(self, cost: Cost) -> Iterator[None]:
        stop = threading.Event()
        watch = threading.Thread(target=self._watch, args=(cost, stop))
        watch.start()
        try:
            yield
        finally:
            stop.set()
            watch.join()

    def _watch(self, cost: Cost, stop: threading.Event) -> None:
        while not stop.wait(_SAMPLE_S):
            with contextlib.suppress(psutil.Error):  # it has just ended
                serving = self._serving()
                used = serving.memory_info().rss if serving else 0
                cost.memory_mb = max(cost.memory_mb, used / _MEBIBYTE)

    def _serving(self) -> psutil.Process | None:
        child = self._child
        return psutil.Process(child._process.pid) if child else None


def torture_drafts(task: tuple[str, str, str]) -> tuple[str, list[Cost], list[str], str]:
    """Draft all files of a folder as files of a language.

    Args:
      task: the grammar, its language, the folder.

    Returns:
      the grammar; the cost of each file; what was left behind; what was printed.
    """
    grammar, language, folder = task
    transforms.draft.Isolated = _Measured  # type: ignore[misc]
    keys = [file_key(language, path) for path in sorted(Path(folder).iterdir())]
    _costs.clear()
    _costs.update((key.path, Cost(key.path)) for key in keys)
    before = _left()
    with _printed() as noise:
        _run(keys, Path(folder))
    left = [f"left behind: {one}" for one in _left() - before]
    return grammar, list(_costs.values()), left, "".join(noise)


def _run(keys: list[FileKey], folder: Path) -> None:
    with test_pipeline() as pipeline:
        out = (
            pipeline
            | beam.Create(keys)
            | "Start" >> beam.Map(_started)
            | "Draft"
            >> transforms.draft.DraftSamples(
                transforms.draft.DraftPlan(draft_rules(folder), LIMITS), None, None
            )
        )
        out.file_drafts | "Drafted" >> beam.Map(_note_drafts)
        out.rejects | "Rejected" >> beam.Map(_note_reject)


def _started(key: FileKey, last: list[tuple[str, float]] = []) -> FileKey:  # noqa: B006
    """Count what this process did since the last file to that one."""
    now = time.process_time()
    if last:
        path, before = last.pop()
        if path in _costs:
            _costs[path].parent_s = now - before
    last.append((key.path, now))
    return key


def _note_drafts(drafts: FileDrafts) -> None:
    _costs[drafts.file.path].came_out("drafted")


def _note_reject(reject: Reject) -> None:
    if reject.level == "file":
        _costs[reject.path].came_out(reject.reason, reject.detail)


def _left() -> set[str]:
    """The processes and open files of this process."""
    here = psutil.Process()
    return {f"process {child.pid}" for child in here.children(recursive=True)} | {
        f"file {file.path}" for file in here.open_files()
    }


@contextlib.contextmanager
def _printed() -> Iterator[list[str]]:
    """Catch all that this process and its children write to standard output and error."""
    caught: list[str] = []
    streams = (sys.stdout.fileno(), sys.stderr.fileno())
    kept = [os.dup(stream) for stream in streams]
    with tempfile.TemporaryFile() as file:
        for stream in streams:
            os.dup2(file.fileno(), stream)
        try:
            yield caught
        finally:
            for stream, old in zip(streams, kept, strict=True):
                os.dup2(old, stream)
                os.close(old)
            file.seek(0)
            caught.append(file.read().decode(errors="replace"))
