"""The commands over scenarios: what a change leads to, and what it takes to land."""

from __future__ import annotations

from typer import Typer

from smartfin.cli.commands import app

scenario = Typer(
    help="What a change leads to, and what it takes to break even.", no_args_is_help=True
)
app.add_typer(scenario, name="scenario")
