"""What a terminal shows while a local build runs."""

import threading
import time
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.text import Text

from transforms.progress import read_progress

_REFRESH_S = 0.5


class ShowProgress:
    """Shows elapsed time, files and megabytes read, and samples made.

    It shows them on standard error if that is a terminal.
    """

    def __init__(self, directory: str | None, started: float) -> None:
        self._directory = directory
        self._started = started
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "ShowProgress":
        console = Console(stderr=True)
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
