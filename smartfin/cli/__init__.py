"""The command line: ``python -m smartfin COMMAND`` (docs/operations.md#command-line)."""

import smartfin.cli.decide
import smartfin.cli.explain
import smartfin.cli.handback
import smartfin.cli.ledger
import smartfin.cli.legal
import smartfin.cli.saved_scenario
import smartfin.cli.scenario
import smartfin.cli.totals
import smartfin.cli.verify
import smartfin.cli.vote  # noqa: F401 - adds its commands to the others
from smartfin.cli.commands import main, run

__all__ = ["main", "run"]
