"""PowerShell sessions with Windows machines."""

from scanner.collect.transport.libraries import load

load()
