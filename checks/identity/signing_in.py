"""Can a host that is joined to a domain sign in there? Not with an account that is disabled, nor with none."""

from __future__ import annotations

from checks.delegation.account import own_account
from checks.delegation.remedies import enable
from scanner.api import Verdict, View, failed, passed, unknown
from scanner.facts.host import ComputerSystem, Service

STANDALONE = (0, 2)
"""Win32_ComputerSystem.DomainRole of a workstation and a server in no domain."""


def contradiction(system: ComputerSystem) -> str:
    """Where a machine tells its membership in two ways, and they differ; empty where they agree."""
    if system.part_of_domain is not (system.domain_role in STANDALONE):
        return ""
    joined = "joined" if system.part_of_domain else "not joined"
    return f"the machine says that it is {joined} to a domain, and that its role is {system.domain_role}"


def by_account(view: View, host: str, system: ComputerSystem) -> Verdict:
    """Judge a member of a domain. The check must declare ComputerSystem, ComputerAccount and Service.

    Raises:
        MissingEvidence: the directory or the services were not read, or no account, or several, are the host's.
    """
    seen = f"member of {system.domain}"
    _, account = own_account(view, host)
    if account.disabled:
        cure = enable(account, system.dns_domain)
        return failed(f"{seen}; its account {account.dn} is disabled", "an enabled account", cure)
    if account.des_only:
        why = "its account may use keys of DES alone, and whether a policy here still allows DES was not read"
        return unknown(f"{seen}; {why}", wanted="userAccountControl without 0x200000, and then a new password")
    for row in view.rows(Service, host):
        if row.name.lower() == "netlogon" and row.state.lower() != "running":
            why = (
                f"service Netlogon is {row.state}: it finds the controllers, and whether it still signs in nobody tried"
            )
            return unknown(f"{seen}; {why}", wanted="Netlogon running, as on every member of a domain")
    return passed(seen)
