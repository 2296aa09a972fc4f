"""``python -P -m scanner``; the ``hv-preflight`` script is the usual way."""

from scanner.cli import main

main()
