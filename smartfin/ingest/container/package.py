"""A zip package as calamine can read it: parts in UTF-8, under the names it looks for.

Programs also write parts in UTF-16 or another encoding, or names that begin with a slash; calamine
says of both that they are no workbook. Such a package is packed anew, from parts that have been
unpacked and checked; any other is read as it was handed in.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from smartfin.ingest.container.refusal import damaged

_DECLARED = re.compile(rb"""\A<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")
_PLAIN = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_WIDE = {  # how a part in UTF-16 begins, with a mark or without
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def plain_package(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A package as calamine can read it; ``parts`` is brought into UTF-8 as well.

    Args:
        content: The package as it was handed in.
        parts: Its parts, unpacked, by lower-case name.

    Raises:
        PartRefused: ``damaged`` when a part is not in the encoding it claims.
    """
    texts = {name: body for name, body in parts.items() if not name.endswith(".bin")}
    foreign = {name: encoding for name, body in texts.items() if (encoding := _encoding_of(body))}
    for name, encoding in foreign.items():
        parts[name] = _in_utf_8(parts[name], encoding)
    if not foreign and not _has_rooted_names(content):
        return content
    return _packed(parts)


def _has_rooted_names(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.startswith(("/", "\\")) for name in archive.namelist())


def _encoding_of(body: bytes) -> str:
    """The encoding of an XML part; empty for UTF-8."""
    wide = _WIDE.get(body[:2])
    if wide:
        return wide
    declared = _DECLARED.match(body[:200])
    if declared is None or declared[1].lower() in _PLAIN:
        return ""
    return declared[1].decode("ascii")


def _in_utf_8(body: bytes, encoding: str) -> bytes:
    try:
        text = body.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise damaged() from error
    return _DECLARATION.sub('<?xml version="1.0" encoding="UTF-8"?>', text, count=1).encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        if "content.xml" in parts:
            archive.writestr("mimetype", _OPEN_DOCUMENT)
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()
