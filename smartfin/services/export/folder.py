"""A new folder that appears under its name once it is whole, with a checksum of each file."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smartfin.errors import InputError
from smartfin.store.backup.place import trouble

SUMS = "SHA256SUMS"

_LONGEST_NAME = 120  # bytes; some systems allow 143 where they encrypt names
_STRANGE = re.compile(r"[^\w .()+,&'-]")


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, put where it belongs when the context ends well; else nothing stays.

    Only its owner may read it.

    Raises:
        InputError: ``folder-not-empty``, ``file-unwritable``.
        StoreError: ``disk-full``.
    """
    wanted = folder.resolve()
    try:
        if wanted.exists() and any(wanted.iterdir()):
            raise InputError("folder-not-empty", folder=str(folder))
        unfinished = Path(tempfile.mkdtemp(".part", f".{wanted.name}.", wanted.parent))
        try:
            yield unfinished
            if wanted.exists():
                wanted.rmdir()  # refuses where somebody put something meanwhile
            unfinished.rename(wanted)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        if wanted.is_dir() and any(wanted.iterdir()):
            raise InputError("folder-not-empty", folder=str(folder)) from error
        raise trouble(error, folder) from error


def safe_name(name: str) -> str:
    """A file's name as any system takes it; letters of all languages stay."""
    plain = _STRANGE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = plain, "", ""
    while len(f"{stem}{dot}{ending}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every file, as ``sha256sum --check`` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = []
    for path in files:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
