"""Zip packages of parts, as .xlsx, .xlsb and .ods are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of some parts, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), body, method)
    return target.getvalue()


def content_types(extension: str, part: str, kind: str) -> bytes:
    """The list of what the parts are; ``kind`` is that of the workbook's part."""
    return (
        f'<Types xmlns="{_TYPES}">'
        f'<Default Extension="{extension}" ContentType="application/octet-stream"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="application/vnd.ms-excel.{kind}"/></Types>'
    ).encode()


def relations(targets: Mapping[str, tuple[str, str]], *, strict: bool = False) -> bytes:
    """A part of relations: id to kind and target."""
    kinds = _STRICT_OFFICE if strict else _OFFICE
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kinds}/{kind}" Target={quoteattr(target)}/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'.encode()
