"""The shingle sets of files, read when they are asked for."""

import collections
from collections.abc import Iterable

from transforms.records import FileKey
from transforms.similarity.shingles import Hashes, shingle_sets
from transforms.sources.reading import Changed, read_source
from transforms.sources.screening import ScreenRules

_KEEP_BYTES = 64 << 20


class ShingleSets:
    """The shingle sets of some files.

    Those used last are kept, in bounded memory; any other is read again.
    """

    def __init__(self, rules: ScreenRules, files: Iterable[FileKey]) -> None:
        self._rules = rules
        self._files = {file.content_key: file for file in files}
        self._kept: collections.OrderedDict[bytes, Hashes] = collections.OrderedDict()
        self._size_bytes = 0

    def of(self, content_key: bytes) -> Hashes:
        """The set of a file.

        Raises:
          Changed: if it is no longer what was screened.
        """
        if content_key in self._kept:
            self._kept.move_to_end(content_key)
            return self._kept[content_key]
        found = self._read(content_key)
        self._kept[content_key] = found
        self._size_bytes += found.nbytes
        while self._size_bytes > _KEEP_BYTES and len(self._kept) > 1:
            self._size_bytes -= self._kept.popitem(last=False)[1].nbytes
        return found

    def _read(self, content_key: bytes) -> Hashes:
        file = self._files.get(content_key)
        if file is None:
            raise Changed("it is gone")
        source = read_source(self._rules.inputs, file, self._rules.max_file_bytes)
        return shingle_sets([source.text], self._rules.view)[0]
