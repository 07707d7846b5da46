"""The command line: ``python -m smartfin COMMAND`` (docs/operations.md#command-line)."""

import smartfin.cli.handback  # noqa: F401 - adds its commands to the others
from smartfin.cli.commands import main, run

__all__ = ["main", "run"]
