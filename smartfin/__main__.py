"""``python -m smartfin``: the command line."""

from smartfin.cli import main

main()
