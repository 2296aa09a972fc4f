"""Can a host that is joined to a domain sign in there? Not with an account that is disabled, nor with none."""

from __future__ import annotations

from checks.delegation.account import member
from checks.delegation.remedies import enable
from scanner.api import Gap, Verdict, View, failed, passed
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem


def by_account(view: View, host: str, system: ComputerSystem) -> Verdict:
    """Judge a member of a domain; one whose directory was not read passes. The check must declare MEMBERS.

    Raises:
        MissingEvidence: no account, or several, are the host's.
    """
    seen = f"member of {system.domain}"
    if isinstance(view.ask(ComputerAccount, system.domain.lower()), Gap):
        return passed(seen)
    found = member(view, host)
    if found.account.disabled:
        return failed(f"{seen}; its account {found.account.dn} is disabled", "an enabled account", enable(found))
    return passed(seen)
