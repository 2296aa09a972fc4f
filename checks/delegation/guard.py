"""Credential Guard on the source: it hands on no sign-in and no unlimited delegation, whatever the destination does."""

from __future__ import annotations

from dataclasses import replace

from scanner.api import Gap, Status, Verdict, View, tell
from scanner.facts.host import DeviceGuard, OperatingSystem

SINCE = 14393
"""Windows Server 2016 knows it first."""


def unless_guarded(view: View, source: str, warning: Verdict) -> Verdict:
    """A way that Credential Guard blocks: it works where that does not run on the source.

    Not read is not "off", whatever the release's default: on Windows Server 2025 it is on by default for members of a
    domain, and on others whoever secures hosts switches it on. The check must declare DeviceGuard and OperatingSystem.
    """
    known = runs(view, source)
    if known is False:
        return warning
    if known is True:
        note = tell("Credential Guard runs on {source} and blocks this way", source=source)
        return replace(warning, status=Status.FAIL, works="", note=note)
    note = tell(
        "Credential Guard would block this way, and whether it runs on {source} is not known: {known}",
        source=source,
        known=known,
    )
    return replace(warning, status=Status.UNKNOWN, works="", note=note)


def runs(view: View, host: str) -> bool | str:
    """Whether Credential Guard runs; the reason where that is not known.

    The check must declare DeviceGuard and OperatingSystem.
    """
    rows = view.ask(DeviceGuard, host)
    if isinstance(rows, Gap):
        return str(rows)
    if any(row.credential_guard for row in rows):
        return True
    if rows and all(row.services_running for row in rows):  # where none runs, 0 says so
        return False
    if rows:
        return tell("DeviceGuard of {host}: it tells neither what runs nor that nothing does", host=host)
    systems = view.ask(OperatingSystem, host)
    older = not isinstance(systems, Gap) and bool(systems) and all(row.build < SINCE for row in systems)
    return False if older else tell("DeviceGuard of {host}: no row", host=host)
