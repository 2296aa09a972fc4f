"""The account of an operator, in whichever of the estate's domains it is."""

from __future__ import annotations

from typing import NamedTuple

from scanner.api import Gap, MissingEvidence, View
from scanner.facts.host import ComputerSystem
from scanner.facts.operator import OperatorAccount

ACCOUNTS = (OperatorAccount, ComputerSystem)
"""What a check declares that looks for an operator."""


class Operator(NamedTuple):
    """An account, and the domain that has it."""

    domain: str
    row: OperatorAccount


def account(view: View, name: str) -> Operator:
    """The one account of this name.

    Raises:
        MissingEvidence: there is none or several, or it could not be read whole.
    """
    found, gaps = list[Operator](), list[Gap]()
    for domain in _domains(view):
        rows = view.ask(OperatorAccount, domain)
        if isinstance(rows, Gap):
            gaps.append(rows)
        else:
            found += [Operator(domain, row) for row in rows if row.operator == name]
    if len(found) == 1:
        if found[0].row.unread:
            raise MissingEvidence(f"OperatorAccount of {found[0].domain}: {found[0].row.unread}")
        return found[0]
    if found:
        domains = " and ".join(sorted(f"{each.row.account} ({each.domain})" for each in found))
        raise MissingEvidence(f"{name} may mean {domains}: write DOMAIN\\name")
    if gaps:
        raise MissingEvidence(str(gaps[0]))
    raise MissingEvidence(
        f"no domain that was read shows an account {name}; if it is of another one, name that under [directory] domains"
    )


def _domains(view: View) -> tuple[str, ...]:
    """The domains that the estate names, and those that its hosts are in."""
    found = dict.fromkeys(view.estate.declared_domains)
    for host in view.estate.hosts:
        rows = view.ask(ComputerSystem, host)
        if not isinstance(rows, Gap):
            found.update((row.dns_domain, None) for row in rows if row.part_of_domain)
    return tuple(found)
