"""The account of an operator, in whichever of the estate's domains it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scanner.api import Gap, MissingEvidence, View, joined, tell
from scanner.facts.host import ComputerSystem
from scanner.facts.operator import OperatorAccount

ACCOUNTS = (OperatorAccount, ComputerSystem)
"""What a check declares that looks for an operator."""


class Operator(NamedTuple):
    """An account, and the domain that has it."""

    domain: str
    row: OperatorAccount


def accounts(view: View, name: str) -> tuple[Operator, ...]:
    """Every account of this name, in the domains that the estate names and those that its hosts are in.

    Raises:
        MissingEvidence: there is none, or one could not be read whole.
    """
    return _read(view, name, (*view.estate.declared_domains, *_domains(view, view.estate.hosts)))


def account(view: View, name: str, host: str) -> Operator:
    r"""The one account that the host takes for this name: of DOMAIN\name one of its own domain, or of the domain of a
    host to or from which machines move, before any other that is called so.

    Raises:
        MissingEvidence: there is none or several, or it could not be read whole.
    """
    found, own = accounts(view, name), _domains(view, (host,))
    if len(found) > 1 and "\\" in name:
        routes = [route for route in view.estate.routes if host in (route.source, route.destination)]
        beside = _domains(view, [end for route in routes for end in (route.source, route.destination)])
        near = (tuple(each for each in found if each.domain in domains) for domains in (own, beside))
        found = next(filter(None, near), found)
    if len(found) == 1:
        return found[0]
    domains = joined(
        " and ", sorted(tell("{account} ({domain})", account=each.row.account, domain=each.domain) for each in found)
    )
    raise MissingEvidence(tell("{name} may mean {domains}: write DOMAIN\\name", name=name, domains=domains))


def _read(view: View, name: str, domains: Iterable[str]) -> tuple[Operator, ...]:
    found, gaps = list[Operator](), list[Gap]()
    for domain in sorted(set(domains)):
        rows = view.ask(OperatorAccount, domain)
        if isinstance(rows, Gap):
            gaps.append(rows)
        else:
            found += [Operator(domain, row) for row in rows if row.operator == name]
    if unread := next((each for each in found if each.row.unread), None):
        raise MissingEvidence(
            tell("OperatorAccount of {domain}: {unread}", domain=unread.domain, unread=unread.row.unread)
        )
    if not found and gaps:
        raise MissingEvidence(str(gaps[0]))
    if not found:
        cure = tell("if it is of another one, name that under [directory] domains")
        raise MissingEvidence(tell("no domain that was read shows an account {name}; {cure}", name=name, cure=cure))
    return tuple(found)


def _domains(view: View, hosts: Iterable[str]) -> frozenset[str]:
    """The domains that hosts are in, as far as they said so."""
    answers = (view.ask(ComputerSystem, host) for host in sorted(set(hosts)))
    rows = (row for answer in answers if not isinstance(answer, Gap) for row in answer)
    return frozenset(row.dns_domain for row in rows if row.part_of_domain)
