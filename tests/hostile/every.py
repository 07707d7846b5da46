"""Every nasty file there is: one list, many small members."""

from __future__ import annotations

from tests.hostile import old_books, open_documents, others, workbooks, zips
from tests.hostile.nasty import Nasty

NASTY: tuple[tuple[str, Nasty], ...] = tuple(
    (f"{module.__name__.rpartition('.')[2]}: {one.what}", one)
    for module in (others, zips, workbooks, open_documents, old_books)
    for one in module.NASTY
)
