"""Can a host that is joined to a domain sign in there? Not with an account that is disabled, nor with none."""

from __future__ import annotations

from checks.delegation.account import member
from checks.delegation.remedies import enable
from scanner.api import Verdict, View, failed, passed, unknown
from scanner.facts.host import ComputerSystem, Service


def by_account(view: View, host: str, system: ComputerSystem) -> Verdict:
    """Judge a member of a domain. The check must declare MEMBERS and Service.

    Raises:
        MissingEvidence: the directory or the services were not read, or no account, or several, are the host's.
    """
    seen = f"member of {system.domain}"
    found = member(view, host)
    if found.account.disabled:
        return failed(f"{seen}; its account {found.account.dn} is disabled", "an enabled account", enable(found))
    for row in view.rows(Service, host):
        if row.name.lower() == "netlogon" and row.state.lower() != "running":
            why = (
                f"service Netlogon is {row.state}: it finds the controllers, and whether it still signs in nobody tried"
            )
            return unknown(f"{seen}; {why}", wanted="Netlogon running, as on every member of a domain")
    return passed(seen)
