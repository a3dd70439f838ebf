"""The entries of an input: every regular file below it, and one entry for whatever is not read."""

import collections
import errno
import fnmatch
import os
import stat
from collections.abc import Callable, Iterable, Iterator

from transforms.records import Entry, EntryBatch, Place
from transforms.rows import Reason
from transforms.sources.inputs import Input

_VERSION_CONTROL = frozenset((b".git", b".hg", b".svn"))
_BATCH_BYTES, _BATCH_ENTRIES = 1 << 20, 256


def list_entries(index: int, given: Input, repo_from: str) -> Iterator[Entry]:
    """List an input's entries in the order of their names. Nothing is followed; nothing is opened.

    Args:
      index: the input's place among the build's inputs.
      repo_from: `auto`, `input`, or a number of leading path components; see `Repositories`.
    """
    repositories = Repositories(given, repo_from)
    seen: set[bytes] = set()  # a pattern may name a folder and what is in it
    for path, entry in _matching(
        given.root, b"", given.pattern.split(b"/") if given.pattern else []
    ):
        if any(path == folder or path.startswith(folder + b"/") for folder in seen):
            continue
        if given.pattern and entry is not None and entry.is_dir(follow_symlinks=False):
            seen.add(path)
        for below, size_bytes, reason, detail in _walk(given.root, path, entry):
            yield Entry(
                place=Place(index, below),
                source=given.label,
                repo=repositories.of(below),
                path=as_text(below),
                size_bytes=size_bytes,
                reason=reason,
                detail=detail,
            )


def batches(
    entries: Iterable[Entry], max_file_bytes: int, partition_of: Callable[[Entry], int]
) -> Iterator[tuple[int, EntryBatch]]:
    """Gather the entries of each partition into batches of about a megabyte.

    What is too large to be read weighs nothing.
    """
    batches: dict[int, list[Entry]] = collections.defaultdict(list)
    sizes: dict[int, int] = collections.defaultdict(int)
    for entry in entries:
        partition = partition_of(entry)
        batch = batches[partition]
        weight = entry.size_bytes if entry.size_bytes <= max_file_bytes else 0
        if batch and (sizes[partition] + weight > _BATCH_BYTES or len(batch) == _BATCH_ENTRIES):
            yield partition, EntryBatch(batch)
            batches[partition] = batch = []
            sizes[partition] = 0
        batch.append(entry)
        sizes[partition] += weight
    for partition, batch in sorted(batches.items()):
        yield partition, EntryBatch(batch)


def as_text(name: bytes) -> str:
    r"""A file name as text; a byte that is not UTF-8 is written `\xnn`."""
    return name.decode("utf-8", "backslashreplace")


class Repositories:
    """Names the repository of each path below an input.

    `auto`: the nearest folder above the file that holds `.git`, as its path below the input (the
      label where it is the
    input itself), else the path's first component, empty for a file at the top. `input`: always the
    label. A number: so many leading folders of the path.
    """

    def __init__(self, given: Input, repo_from: str) -> None:
        self._input = given
        self._repo_from = repo_from
        self._nearest: dict[bytes, str | None] = {}

    def of(self, path: bytes) -> str:
        """The repository of the file at `path` below the input."""
        if self._repo_from == "input":
            return self._input.label
        folders = path.split(b"/")[:-1]
        if self._repo_from != "auto":
            return as_text(b"/".join(folders[: int(self._repo_from)]))
        nearest = self._nearest_holder(b"/".join(folders))
        return nearest if nearest is not None else as_text(folders[0]) if folders else ""

    def _nearest_holder(self, folder: bytes) -> str | None:
        climbed = []
        while folder not in self._nearest:
            climbed.append(folder)
            if os.path.lexists(os.path.join(self._input.root, folder, b".git")):
                self._nearest[folder] = as_text(folder) if folder else self._input.label
            elif not folder:
                self._nearest[folder] = None
            else:
                folder = folder.rpartition(b"/")[0]
        for below in climbed:
            self._nearest[below] = self._nearest[folder]
        return self._nearest[folder]


def _matching(
    root: bytes, path: bytes, parts: list[bytes]
) -> Iterator[tuple[bytes, os.DirEntry[bytes] | None]]:
    """The topmost entries below `path` that a pattern names; the folder itself for an empty one."""
    if not parts:
        yield path, None
        return
    part, rest = parts[0], parts[1:]
    if part == b"**":
        yield from _matching(root, path, rest or [b"*"])
    for entry in _sorted_entries(os.path.join(root, path)):
        below = os.path.join(path, entry.name)
        is_folder = entry.is_dir(follow_symlinks=False) and entry.name not in _VERSION_CONTROL
        if part == b"**":
            if rest and is_folder:
                yield from _matching(root, below, parts)
        elif fnmatch.fnmatchcase(entry.name, part):
            if not rest:
                yield below, entry
            elif is_folder:
                yield from _matching(root, below, rest)


def _walk(
    root: bytes, path: bytes, entry: os.DirEntry[bytes] | None
) -> Iterator[tuple[bytes, int, str, str]]:
    """(path, size, reason, detail) of an entry, or of all below it where it is a folder."""
    if entry is not None and not (
        entry.is_dir(follow_symlinks=False) and entry.name not in _VERSION_CONTROL
    ):
        yield path, *_described(entry)
        return
    folders = [path]
    while folders:
        folder = folders.pop()
        try:
            entries = _sorted_entries(os.path.join(root, folder))
        except OSError as error:
            yield folder, 0, Reason.UNREADABLE, _named(error)
            continue
        below = []
        for found in entries:
            name = os.path.join(folder, found.name)
            if found.is_dir(follow_symlinks=False) and found.name not in _VERSION_CONTROL:
                below.append(name)
            else:
                yield name, *_described(found)
        folders += reversed(below)


def _sorted_entries(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder or b".") as found:
        return sorted(found, key=lambda entry: entry.name)


def _described(entry: os.DirEntry[bytes]) -> tuple[int, str, str]:
    """(size, reason, detail) of an entry that is not a folder to be entered."""
    if entry.is_dir(follow_symlinks=False):
        return 0, Reason.VERSION_CONTROL, f"{as_text(entry.name)} folder"
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return 0, Reason.UNREADABLE, _named(error)
    if stat.S_ISREG(status.st_mode):
        return status.st_size, "", ""
    kinds = {stat.S_IFLNK: "link", stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}
    return 0, Reason.NOT_REGULAR, kinds.get(stat.S_IFMT(status.st_mode), "device")


def _named(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
