"""``python -P -m hv_preflight``: the same as the ``hv-preflight`` script, where a script cannot be called by name."""

from scanner.cli import main

if __name__ == "__main__":
    main()
