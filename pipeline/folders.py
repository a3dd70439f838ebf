"""The folders that a build writes to: each held alone, and written beside what it holds."""

import contextlib
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence

from pipeline.errors import BuildError

STAGING_PREFIX = ".staging-"


@contextlib.contextmanager
def hold(folder: str, option: str, apart: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Hold a folder alone; yields a new staging folder in it, which is gone afterwards.

    Staging folders of builds that were killed are removed, so that the same command repairs
    whatever they left.

    Args:
      folder: its absolute path; it is made where there is none.
      option: the option that named it, for messages.
      apart: folders that it must not be, nor be inside.
      names: what may stand in it; the last of them, whenever anything does.

    Raises:
      ValueError: if it is inside another, or holds anything else.
      BuildError: if another build holds it.
    """
    for other in apart:
        real = os.path.realpath(other)
        if os.path.commonpath([os.path.realpath(folder), real]) == real:
            raise ValueError(f"{option}={folder!r}: must not be inside {other!r}")
    _check(folder, option, names)
    os.makedirs(folder, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(
                descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB
            )  # the kernel lets go of it when we die
        except BlockingIOError as error:
            raise BuildError(f"{option}={folder!r}: another build is writing to it") from error
        for name in os.listdir(folder):
            if name.startswith(STAGING_PREFIX):
                shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
        staging = make_folder(folder, f"{STAGING_PREFIX}{uuid.uuid4().hex[:12]}")
        try:
            yield staging
        finally:
            _clear(folder, staging, names)
    finally:
        os.close(descriptor)


def _clear(folder: str, staging: str, names: Sequence[str]) -> None:
    """Remove a staging folder; one whose contents were half moved stays, empty, as ours."""
    found = os.listdir(folder)
    shutil.rmtree(staging, ignore_errors=True)
    if names[-1] not in found and any(name in found for name in names):
        os.mkdir(staging)


def make_folder(parent: str, name: str) -> str:
    """Make a folder and return its path."""
    path = os.path.join(parent, name)
    os.mkdir(path)
    return path


def _check(folder: str, option: str, names: Sequence[str]) -> None:
    """Refuse a folder that holds anything but what a build leaves."""
    if not os.path.lexists(folder):
        return
    if not os.path.isdir(folder):
        raise ValueError(f"{option}={folder!r}: must be a folder")
    found = os.listdir(folder)
    is_ours = names[-1] in found or any(name.startswith(STAGING_PREFIX) for name in found)
    strange = [n for n in found if n not in names and not n.startswith(STAGING_PREFIX)]
    if found and (strange or not is_ours):
        raise ValueError(
            f"{option}={folder!r}: must be new, empty or what a build left; "
            f"it holds {(strange or found)[0]!r}"
        )
