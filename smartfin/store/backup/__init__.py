"""Backup and restore: the whole ledger in one file that no kind of database owns.

The file is a ZIP archive:

    mimetype              first and not compressed, so that the file is known by its beginning
    tables/NAME.jsonl     the rows of a table, each a JSON list in the order of its columns
    workbook/NUMBER       the bytes of an accepted workbook
    draft/NUMBER          the bytes of a waiting one
    manifest.json         format, version of the tables, when, head of the chain, and of each
                          table its columns, rows, size and SHA-256
    (comment)             SHA-256 of all that stands before it

A row names the bytes that belong to it by SHA-256 and size, so the manifest vouches for all.
Numbers are written with as many digits as bring them back to the last bit. What is derived
(``validity``) is left out, and made anew by a restore.

``archive`` says what the file looks like, ``writing`` and ``checking`` make and read it,
``restoring`` fills a database, ``place`` puts a file where it belongs.
"""

from smartfin.store.backup.archive import Manifest
from smartfin.store.backup.restoring import restore
from smartfin.store.backup.writing import back_up

__all__ = ["Manifest", "back_up", "restore"]
