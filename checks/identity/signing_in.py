"""Can a host that is joined to a domain sign in there? Not with an account that is disabled, nor with none."""

from __future__ import annotations

from checks.delegation.account import member
from checks.delegation.remedies import enable
from scanner.api import Verdict, View, failed, passed
from scanner.facts.host import ComputerSystem


def by_account(view: View, host: str, system: ComputerSystem) -> Verdict:
    """Judge a member of a domain. The check must declare MEMBERS.

    Raises:
        MissingEvidence: the directory was not read, or no account, or several, are the host's.
    """
    seen = f"member of {system.domain}"
    found = member(view, host)
    if found.account.disabled:
        return failed(f"{seen}; its account {found.account.dn} is disabled", "an enabled account", enable(found))
    return passed(seen)
