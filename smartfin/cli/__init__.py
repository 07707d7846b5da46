"""The command line: ``python -m smartfin COMMAND`` (docs/operations.md#command-line)."""

from smartfin.cli.commands import main, run

__all__ = ["main", "run"]
