"""The ways of signing in on a destination that Credential Guard on the source blocks."""

from __future__ import annotations

from checks.common.disks import disks_move
from checks.common.migrating import authentication
from checks.delegation.coverage import CIFS, MIGRATION, Coverage, Form, coverage
from checks.delegation.guard import SINCE
from checks.delegation.verdicts import outside
from checks.migration.credssp import NEEDS
from scanner.api import Verdict, View, not_applicable, passed, tell
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationAuthentication

__all__ = ["NEEDS", "by_any_service", "harmless", "uses_credssp"]
ON_BY_DEFAULT = 26100
"""Windows Server 2025"""


def harmless(view: View, source: str, *, known_off: bool) -> Verdict | None:
    """The verdict where Credential Guard is known not to run, or the release has none; nothing where it may run.

    The check must declare ``NEEDS``, as for all of these.

    Raises:
        MissingEvidence: the release could not be read.
    """
    system = view.one(OperatingSystem, source)
    if system.build < SINCE:
        return not_applicable(tell("releases before Windows Server 2016 do not know Credential Guard"))
    if not known_off:
        return None
    new = system.build >= ON_BY_DEFAULT and system.product_type is not ProductType.DOMAIN_CONTROLLER
    note = tell("from Windows Server 2025 on it is on by default for members of a domain, and may run after a restart")
    return passed(tell("Credential Guard does not run"), note=note if new else "")


def uses_credssp(view: View, source: str) -> bool:
    """Whether the host's moves sign in with CredSSP.

    Raises:
        MissingEvidence: as ``authentication``.
    """
    return authentication(view, source) is MigrationAuthentication.CREDSSP


def by_any_service(view: View, source: str) -> list[Coverage]:
    """What of the source's planned moves has no other way than delegation to any service.

    Raises:
        MissingEvidence: accounts could not be read, or where the disks lie.
    """
    found: list[Coverage] = []
    for route in view.estate.routes:
        if route.source != source or outside(view, route.destination):
            continue
        services = [MIGRATION] if route.machines else []
        services += [CIFS] if disks_move(view, source, route.destination) else []
        ways = (coverage(view, source, route.destination, service) for service in services)
        found += [way for way in ways if way.form is Form.UNCONSTRAINED]
    return found
