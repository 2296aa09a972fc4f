"""Where delegation is not complete, and so somebody is needed who may configure it."""

from __future__ import annotations

from checks.delegation.verdicts import ALL_PARTS, parts, unused
from checks.operator.account import ACCOUNTS
from scanner.api import MissingEvidence, Status, View
from scanner.facts.host import ComputerSystem

LACKING = tuple(dict.fromkeys((*ACCOUNTS, *ALL_PARTS)))
"""What a check declares that asks for it."""


def lacking_delegation(view: View) -> tuple[str, ...]:
    """The domains of the sources whose delegation is not complete.

    Raises:
        MissingEvidence: whether it is complete is not known of one of them.
    """
    found: dict[str, None] = {}
    for route in view.estate.routes:
        if unused(view, route.source):
            continue
        for name, part in parts(view, route.source, route.destination).items():
            if part.status is Status.UNKNOWN:
                raise MissingEvidence(f"{name} of {route.source} → {route.destination}: {part.note or part.seen}")
            if part.status in (Status.FAIL, Status.WARN):
                found[view.one(ComputerSystem, route.source).dns_domain] = None
    return tuple(found)
