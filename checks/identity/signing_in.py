"""Can a host that is joined to a domain sign in there? Not with an account that is disabled, nor with none."""

from __future__ import annotations

from checks.delegation.account import own_account
from checks.delegation.remedies import enable
from scanner.api import Verdict, View, failed, passed, tell, unknown
from scanner.facts.host import ComputerSystem, Service

STANDALONE = (0, 2)
"""Win32_ComputerSystem.DomainRole of a workstation and a server in no domain."""


def contradiction(system: ComputerSystem) -> str:
    """Where a machine tells its membership in two ways, and they differ; empty where they agree."""
    if system.part_of_domain is not (system.domain_role in STANDALONE):
        return ""
    joined = tell("joined") if system.part_of_domain else tell("not joined")
    return tell(
        "the machine says that it is {joined} to a domain, and that its role is {domain_role}",
        joined=joined,
        domain_role=system.domain_role,
    )


def by_account(view: View, host: str, system: ComputerSystem) -> Verdict:
    """Judge a member of a domain. The check must declare ComputerSystem, ComputerAccount and Service.

    Raises:
        MissingEvidence: the directory or the services were not read, or no account, or several, are the host's.
    """
    seen = tell("member of {domain}", domain=system.domain)
    _, account = own_account(view, host)
    if account.disabled:
        cure = enable(account, system.dns_domain)
        return failed(
            tell("{seen}; its account {dn} is disabled", seen=seen, dn=account.dn), tell("an enabled account"), cure
        )
    if account.des_only:
        why = tell("its account may use keys of DES alone, and whether a policy here still allows DES was not read")
        return unknown(
            tell("{seen}; {why}", seen=seen, why=why),
            wanted=tell("userAccountControl without 0x200000, and then a new password"),
        )
    for row in view.rows(Service, host):
        if row.name.lower() == "netlogon" and row.state.lower() != "running":
            why = tell(
                "service Netlogon is {state}: it finds the controllers, and whether it still signs in nobody tried",
                state=row.state,
            )
            return unknown(
                tell("{seen}; {why}", seen=seen, why=why),
                wanted=tell("Netlogon running, as on every member of a domain"),
            )
    return passed(seen)
