"""A host that is a domain controller ties the directory to Hyper-V: both start, stop and are patched together.

Passes when Windows says that the host is none, by its role and by its kind of product. One that is a controller by
either, or whose account is one (userAccountControl 0x2000, 0x4000000), is a warning: Microsoft advises against it, its
account is trusted for delegation to any service and must stay so (DEL-07), and Credential Guard is not meant for it.
"""

from __future__ import annotations

from checks.delegation.account import own_account
from checks.identity.kerberos import CONTROLLERS, EVERY
from scanner.api import (
    MissingEvidence,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    passed,
    scopes,
    tell,
    warned,
)
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType

WORKS = tell("Hyper-V moves machines from and to a controller as from and to any other host")


@check(
    id="ID-05",
    title="Hyper-V host is not a domain controller",
    warns="Hyper-V host is a domain controller",
    severity=Severity.LOW,
    who=Who.HOST,
    profiles=EVERY,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(ComputerSystem, OperatingSystem, ComputerAccount),
    remedy="Move Active Directory Domain Services off the host, to a virtual machine or another server.",
)
def no_controller(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    role = view.one(ComputerSystem, host.host).domain_role
    product = view.one(OperatingSystem, host.host).product_type
    told = [tell("its role is {role}", role=role)] * (role in CONTROLLERS)
    told += [tell("its kind of product is {product}", product=product)] * (product is ProductType.DOMAIN_CONTROLLER)
    told += [tell("its account {dn} is a controller's", dn=dn) for dn in _account(view, host.host)]
    if told:
        return warned(
            tell("a domain controller: {told}", told=joined(", ", told)), tell("a member server"), works=WORKS
        )
    return passed(tell("no controller: its role is {role}", role=role))


def _account(view: View, host: str) -> list[str]:
    """The account where it is a controller's. One that was not read says nothing, and the machine has said it."""
    try:
        _, account = own_account(view, host)
        return [account.dn] if account.controller else []
    except MissingEvidence:
        return []
