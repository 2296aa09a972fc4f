"""How many moves of machines, or of disks, a host allows at a time, and the command that allows another number."""

from __future__ import annotations

from checks.common.client import is_client
from checks.common.migrating import partners
from scanner.api import Gap, MissingEvidence, View, powershell, tell
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import MigrationSettings

LIMITS = (MigrationSettings, OperatingSystem)
"""What a check declares that asks."""
DEFAULT = 2
"""What Windows allows unless told otherwise, of either."""


def at_once(view: View, host: str, *, disks: bool = False) -> int:
    """The number.

    Raises:
        MissingEvidence: it was not read, or not told.
    """
    settings = view.one(MigrationSettings, host)
    number = settings.maximum_storage_migrations if disks else settings.maximum_migrations
    if number is None or number < 0:
        raise MissingEvidence(tell("MigrationSettings of {host}: how many may run at a time is not told", host=host))
    return number


def others(view: View, host: str, number: int) -> list[str]:
    """The hosts of planned moves with this one that allow another number, with it, as far as they told."""
    rows = {end: view.ask(MigrationSettings, end) for end in partners(view, host)}
    told = {end: answer[0].maximum_migrations for end, answer in rows.items() if answer and not isinstance(answer, Gap)}
    return [
        tell("{end} allows {other}", end=end, other=other) for end, other in told.items() if other not in (None, number)
    ]


def allow(view: View, host: str, number: int, *, disks: bool = False) -> str:
    """The command; empty on a client of Windows, which moves nothing."""
    name = "MaximumStorageMigrations" if disks else "MaximumVirtualMachineMigrations"
    command = f"Set-VMHost -ComputerName <host> -{name} {number}"
    return "" if is_client(view, host) else powershell(command, host=host)
