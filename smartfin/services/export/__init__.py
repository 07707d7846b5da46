"""The yearly export: everything in files that any program reads, so that nobody needs smartfin.

``tables`` says which tables there are and writes them, ``folder`` where they go, ``readme``
explains them in the reader's language.
"""

from smartfin.services.export.writing import Exported, export_ledger

__all__ = ["Exported", "export_ledger"]
