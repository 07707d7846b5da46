"""A new file, put where it belongs once it is whole, and never over another."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from smartfin.errors import InputError, SmartfinError, StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """A file to write that appears under its name when the context ends well.

    Until then it stands beside under a name with a dot before and ``.part`` behind, which is
    all that is left when the process is killed. Only its owner may read it.

    Raises:
        InputError: ``file-exists``, ``file-unwritable``.
        StoreError: ``disk-full``.
    """
    if os.path.lexists(file):
        raise InputError("file-exists", file=str(file))
    try:
        number, name = tempfile.mkstemp(".part", f".{file.name}.", file.parent)
        with _gone_afterwards(Path(name)) as unfinished:
            with os.fdopen(number, "wb") as opened:
                yield opened
                opened.flush()
                os.fsync(opened.fileno())
            _name(unfinished, file)
            sync_folder(file.parent)
    except OSError as error:
        raise trouble(error, file) from error


@contextmanager
def _gone_afterwards(file: Path) -> Iterator[Path]:
    """A file that is gone afterwards, whether or not it was moved away meanwhile."""
    try:
        yield file
    finally:
        with suppress(FileNotFoundError):
            file.unlink()


def trouble(error: OSError, file: Path) -> SmartfinError:
    """Why a file could not be written."""
    if error.errno in _FULL:
        return StoreError("disk-full", database=str(file))
    if isinstance(error, FileExistsError):
        return InputError("file-exists", file=str(file))
    return InputError("file-unwritable", file=str(file), why=error.strerror or str(error))


def sync_folder(folder: Path) -> None:
    """Let a name just given survive a power cut, where the system can do that."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _name(unfinished: Path, file: Path) -> None:
    """Give a file its name; a link fails where a rename would overwrite."""
    try:
        os.link(unfinished, file)
    except FileExistsError:
        raise
    except OSError:  # memory sticks know no links: take the name first, which is as exclusive
        with file.open("xb"):
            pass
        unfinished.replace(file)
