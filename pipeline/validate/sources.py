"""The judge's own view of the inputs: which files there are, whose, and what stands in them."""

import collections
import dataclasses
import glob
import hashlib
import os
import pathlib
from collections.abc import Iterable, Iterator, Sequence

from transforms.sources.decoding import Undecodable
from transforms.sources.notebooks import NotANotebook
from transforms.sources.source import read_raw

_VERSION_CONTROL = (b".git", b".hg", b".svn")
_CACHE_BYTES = 64 << 20
_CHUNK_BYTES = 1 << 20

SourcePath = tuple[str, str]  # source, path


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One thing that stands below an input.

    Attributes:
      kind: `file` for a regular file; else `link or device`, `version control`, `closed folder`.
      repo: the repository it belongs to.
      location: where it is on this machine.
    """

    kind: str
    repo: str
    location: bytes


class Sources:
    """The entries of all inputs by (source, path), and their texts."""

    def __init__(self, inputs: Sequence[str], repo_from: str = "auto") -> None:
        """List every input.

        Args:
          inputs: as on the command line, `[LABEL=]PATH`.
          repo_from: the build's option of this name.

        Raises:
          ValueError: if a path does not exist.
        """
        self.entries: dict[SourcePath, Entry] = {}
        self.listed: collections.Counter[SourcePath] = collections.Counter()
        for given in inputs:
            label, root, tops = _resolve(given)
            for path, kind in _walk(root, tops):
                name = (label, as_text(path))
                self.listed[name] += 1
                repo = _repository(label, root, path, repo_from)
                self.entries[name] = Entry(kind, repo, os.path.join(root, path))
        self._texts: collections.OrderedDict[SourcePath, bytes] = collections.OrderedDict()
        self._cached_bytes = 0

    def text(self, name: SourcePath) -> bytes | None:
        """A file's decoded source, None where there is none. The last 64 MB asked for are kept."""
        if name in self._texts:
            self._texts.move_to_end(name)
            return self._texts[name]
        entry = self.entries.get(name)
        if entry is None or entry.kind != "file":
            return None
        try:
            raw = pathlib.Path(os.fsdecode(entry.location)).read_bytes()
            text = read_raw(name[1], raw).text
        except (OSError, Undecodable, NotANotebook):
            return None
        self._texts[name] = text
        self._cached_bytes += len(text)
        while self._cached_bytes > _CACHE_BYTES and len(self._texts) > 1:
            self._cached_bytes -= len(self._texts.popitem(last=False)[1])
        return text

    def content_key(self, name: SourcePath) -> str:
        """Hex blake2b-16 of a file's decoded source; empty where it has none."""
        text = self.text(name)
        return "" if text is None else hashlib.blake2b(text, digest_size=16).hexdigest()

    def raw_id(self, name: SourcePath) -> tuple[str, int]:
        """Hex blake2b-16 of a file's raw bytes, and their number; empty and 0 if unreadable."""
        entry = self.entries.get(name)
        if entry is None or entry.kind != "file":
            return "", 0
        digest, size_bytes = hashlib.blake2b(digest_size=16), 0
        try:
            with open(entry.location, "rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    size_bytes += len(chunk)
        except OSError:
            return "", 0
        return digest.hexdigest(), size_bytes


def as_text(name: bytes) -> str:
    r"""A file name as text, with `\xnn` for each byte that is not UTF-8."""
    return name.decode("utf-8", "backslashreplace")


def _resolve(given: str) -> tuple[str, bytes, Iterable[bytes]]:
    """(label, root folder, paths below it to begin at) of one `[LABEL=]PATH`."""
    label, separator, path = given.partition("=")
    if not separator or "/" in label or os.path.lexists(given):
        label, path = "", given
    path = os.path.abspath(path)
    label = label or os.path.basename(path) or "root"
    if os.path.isdir(path):
        return label, os.fsencode(path), [b""]
    folder, name = os.path.split(os.fsencode(path))
    if os.path.lexists(path):
        return label, folder, [name]
    parts = os.fsencode(path).split(b"/")
    magic = next((at for at, part in enumerate(parts) if glob.has_magic(part)), None)
    if magic is None:
        raise ValueError(f"input={given!r}: no such file or folder")
    root = b"/".join(parts[:magic]) or b"/"
    pattern = b"/".join(parts[magic:])
    found = glob.glob(pattern, root_dir=root, recursive=True, include_hidden=True)
    return label, root, (path for path in found if _enters(root, path))


def _enters(root: bytes, path: bytes) -> bool:
    """Whether every folder above a match may be entered: none is a link or version control's."""
    parts = path.split(b"/")[:-1]
    above = [b"/".join(parts[: at + 1]) for at in range(len(parts))]
    return not any(part in _VERSION_CONTROL for part in parts) and not any(
        os.path.islink(os.path.join(root, folder)) for folder in above
    )


def _walk(root: bytes, tops: Iterable[bytes]) -> Iterator[tuple[bytes, str]]:
    """(path, kind) of every entry at or below the given paths, each once; nothing is followed."""
    seen: set[bytes] = set()
    waiting = list(tops)
    while waiting:
        path = waiting.pop().rstrip(b"/")
        if path in seen:
            continue
        seen.add(path)
        full = os.path.join(root, path)
        if path and (os.path.islink(full) or not os.path.isdir(full)):
            yield (
                path,
                "file" if os.path.isfile(full) and not os.path.islink(full) else "link or device",
            )
        elif os.path.basename(path) in _VERSION_CONTROL:
            yield path, "version control"
        else:
            try:
                waiting += [os.path.join(path, name) for name in os.listdir(full)]
            except OSError:
                yield path, "closed folder"


def _repository(label: str, root: bytes, path: bytes, repo_from: str) -> str:
    """The repository of the entry at `path`, as the contract names it."""
    folders = path.split(b"/")[:-1]
    if repo_from == "input":
        return label
    if repo_from.isdecimal():
        return as_text(b"/".join(folders[: int(repo_from)]))
    for depth in range(len(folders), -1, -1):
        folder = b"/".join(folders[:depth])
        if os.path.lexists(os.path.join(root, folder, b".git")):
            return as_text(folder) if depth else label
    return as_text(folders[0]) if folders else ""
