"""What a terminal shows while a local build runs."""

import os
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.text import Text

from transforms.progress import read_progress

_REFRESH_S = 0.5
_LOG_LINES = 20  # of the log, shown after a failure


class ShowProgress:
    """Shows elapsed time, files and megabytes read, and samples made, if there is a terminal.

    While it shows, what anything else writes to standard error goes to a log: worker processes are
    talkative when they start, and would tear the line apart. Its end is shown after a failure.
    """

    def __init__(self, directory: str | None, log: Path, started: float) -> None:
        self._directory = directory
        self._log = log
        self._started = started
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "ShowProgress":
        sys.stderr.flush()
        self._stderr = os.dup(2)
        with self._log.open("w") as log:
            os.dup2(log.fileno(), 2)
        console = Console(file=os.fdopen(os.dup(self._stderr), "w"))
        if console.is_terminal:
            self._thread = threading.Thread(target=self._show, args=(console,), daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        sys.stderr.flush()
        os.dup2(self._stderr, 2)
        os.close(self._stderr)
        if error is not None:
            lines = self._log.read_text(errors="replace").splitlines(keepends=True)
            sys.stderr.writelines(lines[-_LOG_LINES:])

    def _show(self, console: Console) -> None:
        with Live(self._line(), console=console, auto_refresh=False, transient=True) as live:
            while not self._stop.wait(_REFRESH_S):
                live.update(self._line(), refresh=True)

    def _line(self) -> Text:
        elapsed = int(time.time() - self._started)
        line = f"{elapsed // 60:d}:{elapsed % 60:02d}"
        if self._directory is not None:
            counts = read_progress(self._directory)
            line += (
                f"  {counts.get('files_read', 0):,} files,"
                f" {counts.get('bytes_read', 0) / 1e6:,.1f} MB read"
                f"  {counts.get('files_drafted', 0):,} files"
                f" split into {counts.get('samples', 0):,} samples"
            )
        return Text(line)
