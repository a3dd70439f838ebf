"""Jupyter notebooks: code cells out of JSON, and what of them is not their language."""

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

# The magics whose cells are Python all the same; the others have a language of their own.
_PYTHON_CELLS = frozenset(
    b"cache capture heat local lprun memit mprun mypy prun px pypy python python2 python3 snakeviz"
    b" time timeit".split()
)
_CELL_MAGIC = re.compile(rb"\s*%%(\w+)")
_FIRST = rb"[ \t]*()"
# A statement that is IPython's: magics, shell commands, questions; the group is where it begins.
_LINE_MAGIC = re.compile(
    _FIRST + rb"(?:%%?[A-Za-z_]|!\S|\?{1,2}[\w%]|[%\w.]+\?{1,2}[ \t]*(?:\r?\n|\Z))"
    rb"|[\w., \t]+=[ \t]*()[!%][A-Za-z_./]"
)
# Of Python, as much as tells where a statement begins.
_TOKEN = re.compile(rb"\\(?:\r\n|.)|\"\"\"|'''|[\"'#\n(\[{)\]}]", re.DOTALL)
# To its end; a backslash there makes it go on.
_LINE = re.compile(rb"(?:[^\\\n]|\\\r?\n|\\)*")
_ANY = re.compile(rb"[^\r\n]")
_SEPARATOR = b"\n\n"


class NotANotebook(ValueError):
    """A notebook's file holds none."""


@dataclasses.dataclass(frozen=True, slots=True)
class Notebook:
    """What a notebook's file says.

    Attributes:
      cells: the code cells' sources, in order, UTF-8.
      names: what it calls its language, the surest first; empty where it does not say.
      extension: of its language's files, without the dot; empty where it does not say.
    """

    cells: tuple[bytes, ...]
    names: tuple[str, ...]
    extension: str

    @property
    def text(self) -> bytes:
        """The code cells, joined by two newlines."""
        return _SEPARATOR.join(self.cells)

    @property
    def python(self) -> bytes:
        """The text with all that is not Python made comments, byte for byte."""
        return _SEPARATOR.join(_python(cell) for cell in self.cells)


def is_notebook(path: str) -> bool:
    """Whether a file of this name is a notebook."""
    return path.lower().endswith(".ipynb")


def read_notebook(text: bytes) -> Notebook:
    """Read a notebook, of nbformat 4 or, with its worksheets, 3.

    Raises:
      NotANotebook: if the text is no JSON, has no cells, or has cells without text.
    """
    try:
        data = json.loads(text)
        names, extension = _language(data.get("metadata", {}))
        cells = tuple(source.encode() for source in _sources(data))
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise NotANotebook(f"{type(error).__name__}: {error}"[:200]) from error
    return Notebook(cells, names, extension)


def _sources(data: Any) -> Iterator[str]:
    sheets = [data] if "cells" in data else data["worksheets"]
    for sheet in sheets:
        for cell in sheet["cells"]:
            if cell["cell_type"] == "code":
                source = cell["source"] if "source" in cell else cell["input"]
                yield source if isinstance(source, str) else "".join(source)


def _language(metadata: Any) -> tuple[tuple[str, ...], str]:
    kernel, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    names = (
        kernel.get("language"),
        info.get("name"),
        (kernel.get("name") or "").rstrip(".0123456789"),
    )
    extension = info.get("file_extension") or ""
    return tuple(str(name) for name in names if name), str(extension).lstrip(".")


def _python(cell: bytes) -> bytes:
    magic = _CELL_MAGIC.match(cell)
    if magic and magic[1] not in _PYTHON_CELLS:
        return _ANY.sub(b"#", cell)
    code = bytearray(cell)
    end = _masked(code, 0)
    within, depth = b"", 0  # the quotes that a string began with, or a comment's sign
    for token in _TOKEN.finditer(cell):
        sign = token[0]
        if token.start() < end:
            continue
        if sign == b"\n":
            within = within if len(within) == 3 else b""
            if not within and not depth:
                end = _masked(code, token.end())
        elif within:
            within = b"" if sign.startswith(within) else within
        elif sign[0] in b"\"'#":
            within = sign
        elif sign in b"([{":
            depth += 1
        elif sign in b")]}":
            depth = max(0, depth - 1)
    return bytes(code)


def _masked(code: bytearray, start: int) -> int:
    """Make a statement that is IPython's a comment; say where its line ends, 0 if it is none."""
    found = _LINE_MAGIC.match(code, start)
    if found is None:
        return 0
    begin = max(found.start(1), found.start(2))
    line = _LINE.match(code, begin)
    end = line.end() if line else begin
    after = code.find(b"\n", begin, end)
    if after >= 0:
        code[after:end] = _ANY.sub(b"#", code[after:end])
    # A value, where one is wanted, and a comment: `files = !ls` becomes `files = 0#s`.
    mask = b"#" if found.start(1) >= 0 else b"0#"
    code[begin : begin + len(mask)] = mask
    return end
