"""The build's inputs: what `--input [LABEL=]PATH` means."""

import dataclasses
import glob
import os
from collections.abc import Sequence

_RECORD_FILES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst")


@dataclasses.dataclass(frozen=True, slots=True)
class Input:
    """One input of a build.

    Attributes:
      label: the `source` column of its files; unique in a build.
      root: the folder that paths are relative to, as the file system's bytes.
      pattern: what to take below the root: empty for everything, else a glob or a single name.
    """

    label: str
    root: bytes
    pattern: bytes = b""


def parse_inputs(values: Sequence[str]) -> tuple[Input, ...]:
    """Parse the values of `--input`.

    Raises:
      ValueError: if a path does not exist, is of a kind that cannot be read, or two labels are
        equal.
    """
    inputs = tuple(_parse_input(value) for value in values)
    labels = [given.label for given in inputs]
    for label in labels:
        if labels.count(label) > 1:
            raise ValueError(
                f"input: label {label!r} is used twice; labels differ, give one as LABEL=PATH"
            )
    return inputs


def _parse_input(value: str) -> Input:
    label, separator, path = value.partition("=")
    if not separator or os.path.lexists(value) or "/" in label:
        label, path = "", value
    if not path:
        raise ValueError(f"input={value!r}: a path must follow the label")
    if "://" in path:
        raise ValueError(
            f"input={value!r}: only local paths can be read; copy or mount a bucket first"
        )
    absolute = os.path.abspath(path)
    label = label or os.path.basename(absolute) or "root"
    if os.path.isdir(absolute):
        return Input(label, os.fsencode(absolute))
    if os.path.isfile(absolute):
        if absolute.lower().endswith(_RECORD_FILES + _ARCHIVES):
            raise ValueError(
                f"input={value!r}: archives, JSONL and Parquet cannot be read yet; "
                "unpack it to a folder"
            )
        folder, name = os.path.split(os.fsencode(absolute))
        return Input(label, folder, glob.escape(name))
    if os.path.lexists(absolute):
        raise ValueError(f"input={value!r}: neither a folder nor a regular file")
    if not glob.has_magic(absolute):
        raise ValueError(f"input={value!r}: no such file or folder")
    return _parse_glob(value, label, os.fsencode(absolute))


def _parse_glob(value: str, label: str, absolute: bytes) -> Input:
    parts = absolute.split(b"/")
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    root = b"/".join(parts[:first]) or b"/"
    if not os.path.isdir(root):
        raise ValueError(f"input={value!r}: no folder {os.fsdecode(root)}")
    return Input(label, root, b"/".join(parts[first:]))
