"""Reading a place's bytes and text again, from any stage on any machine."""

import errno
import hashlib
import os
import stat
from collections.abc import Sequence

from transforms.records import FileKey, Place
from transforms.sources.decoding import Undecodable
from transforms.sources.inputs import Input
from transforms.sources.notebooks import NotANotebook
from transforms.sources.source import Source, read_raw


class Unreadable(OSError):
    """A place cannot be read; the message says why, without a path."""


class Changed(ValueError):
    """A file is no longer what was screened."""


def read_bytes(inputs: Sequence[Input], place: Place, max_bytes: int) -> bytes:
    """Read a place's raw bytes. Links are not followed and pipes do not block.

    Raises:
      Unreadable: if it is no longer a regular file of at most `max_bytes`, or the system refuses.
    """
    path = os.path.join(inputs[place.input].root, place.split)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable("not a regular file any more")
            raw = file.read(max_bytes + 1)
            if len(raw) > max_bytes:
                raise Unreadable(f"grew past {max_bytes} bytes")
            return raw
    except Unreadable:
        raise
    except OSError as error:
        raise Unreadable(errno.errorcode.get(error.errno or 0, type(error).__name__)) from error


def content_key(text: bytes) -> bytes:
    """blake2b, 16 bytes, of a decoded source or of raw bytes."""
    return hashlib.blake2b(text, digest_size=16).digest()


def read_source(inputs: Sequence[Input], file: FileKey, max_bytes: int) -> Source:
    """Read a screened file's decoded source again.

    Raises:
      Changed: if it cannot be read any more or its content key differs.
    """
    try:
        source = read_raw(file.path, read_bytes(inputs, file.place, max_bytes))
    except (Unreadable, Undecodable, NotANotebook) as error:
        raise Changed(str(error)) from error
    if content_key(source.text) != file.content_key:
        raise Changed("its content key differs")
    return source
