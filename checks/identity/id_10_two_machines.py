"""A move from a machine to itself moves nothing, and every verdict on it is about one machine only.

Fails when one machine answered under both names, or when both names belong to one computer account: an alias beside
the real name, a short name beside the full one, an address that leads to the other host. Machines of a domain are the
same when NetBIOS name and domain are: a domain has no two. Work groups give names twice, so there it cannot be told.
Passes when each name was answered by its own machine, and these are two.
"""

from __future__ import annotations

from checks.identity.known_as import account_of, answered, netbios, own
from scanner.api import (
    MissingEvidence,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    passed,
    scopes,
    tell,
)
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import AnsweringMachine, ComputerSystem

WANTED = tell("two machines, each under the full name of its computer account")


@check(
    id="ID-10",
    title="Source and destination are two machines",
    fails="Source and destination are one machine",
    severity=Severity.CRITICAL,
    who=Who.OPERATOR,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.PAIR,
    seed="beyond seeds",
    needs=(ComputerSystem, AnsweringMachine, ComputerAccount),
    remedy="Name each machine once, by its account's full name, and mend the name or address that leads to the other.",
)
def two_machines(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once."""
    one, other = ({netbios(machine): machine for machine in answered(view, host)} for host in pair.names)
    same = next((machine for name, machine in one.items() if name in other), None)
    if same and same.part_of_domain:
        return failed(tell("{same} answered under both names", same=same.shown), WANTED)
    try:
        if not same:
            return passed(joined(" and ", (own(view, host).shown for host in pair.names)))
        raise MissingEvidence(
            tell("{same} answered under both names, and a work group may hold that name twice", same=same.shown)
        )
    except MissingEvidence:
        accounts = {account_of(view, host) for host in pair.names}
        if len(accounts) == 1 and "" not in accounts:
            return failed(tell("both names are of the computer account {accounts}", accounts=accounts.pop()), WANTED)
        raise
