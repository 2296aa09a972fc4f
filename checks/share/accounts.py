"""Whose rights count: VMM's service account, as VMM and the estate tell it, and the accounts with which it added hosts.

What runs as the machine itself (LocalSystem) is the machine's account on any other machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.common.parts import clip
from checks.common.sddl import Belongs
from checks.delegation.account import own_account
from checks.operator.account import ACCOUNTS, Operator, account
from checks.operator.membership import Listed, Standing, asks_elsewhere, asks_of_groups, standing_of
from scanner.api import Ask, Fact, Gap, MissingEvidence, View, joined, tell
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import OperatingSystem, Service
from scanner.facts.local_group import ADMINISTRATORS
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from scanner.facts.share import (
    POWER_USERS,
    PRINT_OPERATORS,
    PRIVILEGED,
    PRIVILEGED_MEMBERS,
    SERVER_OPERATORS,
    PrivilegedGroup,
)
from scanner.facts.vmm import VmmServer
from scanner.facts.vmm_setup import VmmSetup

LISTED = Listed(
    PrivilegedGroup,
    PRIVILEGED_MEMBERS,
    {
        ADMINISTRATORS: tell("Administrators"),
        POWER_USERS: tell("Power Users"),
        SERVER_OPERATORS: tell("Server Operators"),
        PRINT_OPERATORS: tell("Print Operators"),
    },
)
WHO: tuple[type[Fact], ...] = (
    *ACCOUNTS, OperatorElsewhere, OperatingSystem, ComputerAccount, Service, PrivilegedGroup,
    *PRIVILEGED_MEMBERS.values(),
)  # fmt: skip
"""What a check declares that asks whose rights count."""
VMM: tuple[type[Fact], ...] = (*WHO, VmmServer, VmmSetup)
"""What a check declares that asks whom VMM runs as."""
SYSTEM = frozenset({"localsystem", "nt authority\\system", "system"})
NETWORK, SYSTEM_SID = "S-1-5-2", "S-1-5-18"
NOBODY = ("S-1-3-", "S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7", "S-1-5-80-", "S-1-5-83-", "S-1-15-")
"""Begin what no account of a domain is on another machine: creators, services, apps, virtual machines."""


class Otherwise(MissingEvidence):
    """VMM runs as another account than the estate says."""


def service_accounts(view: View, machine: str) -> tuple[Operator, ...]:
    """The accounts that VMM runs as, as this machine knows them. The check must declare ``VMM``.

    Raises:
        Otherwise: VMM tells another account than the estate.
        MissingEvidence: nobody tells one, VMM and its service tell two, or the directory does not know it.
    """
    said = view.estate.offline.service_accounts
    planned = tuple(account(view, name, machine) for name in said)
    found: dict[str, Operator] = {each.row.sid: each for each in planned}
    for server in view.estate.vmm_servers:
        told = runs_as(view, server)
        if not told:
            continue
        _same(view, server, told, planned)
        if told.casefold() in SYSTEM:
            if planned:
                raise Otherwise(
                    tell(
                        "VMM on {server} runs as the machine itself, and the estate says {said}",
                        server=server,
                        said=joined(" and ", said),
                    )
                )
            own = computer(view, server)
            found[own.row.sid] = own
        elif planned and not any(is_account(each, told) for each in planned):
            raise Otherwise(
                tell(
                    "VMM on {server} runs as {told}, and the estate says {said}",
                    server=server,
                    told=clip(told),
                    said=joined(" and ", said),
                )
            )
        elif not planned:
            cure = tell("name it as service_account in [offline], so that the directory is asked about it")
            raise MissingEvidence(
                tell("VMM on {server} runs as {told}: {cure}", server=server, told=clip(told), cure=cure)
            )
    if not found:
        raise MissingEvidence(tell("nobody tells what VMM runs as: name it as service_account in [offline]"))
    return tuple(found.values())


def runs_as(view: View, server: str) -> str:
    """What the service of VMM runs as on a server; where services were not read, what VMM says, or its set-up left.

    Empty where there is no such service.

    Raises:
        MissingEvidence: nobody tells it.
    """
    services = view.ask(Service, server)
    if not isinstance(services, Gap):
        rows = (row for row in services if row.name.casefold() == "scvmmservice")
        return next((row.start_name or "" for row in rows), "")
    setups = view.ask(VmmSetup, server)
    of_setup = () if isinstance(setups, Gap) else [row.account or "" for row in setups]
    told = next(filter(None, (_by_vmm(view, server), *of_setup)), "")
    if not told:
        raise MissingEvidence(str(services))
    return told


def _by_vmm(view: View, server: str) -> str:
    """What VMM says; nothing of a passive node, which does not answer."""
    rows = view.ask(VmmServer, server)
    return next((row.service_account or "" for row in (() if isinstance(rows, Gap) else rows)), "")


def _same(view: View, server: str, told: str, planned: tuple[Operator, ...]) -> None:
    """Raises MissingEvidence where VMM itself says another account than its service."""
    said = _by_vmm(view, server)
    if not said or said.casefold() == told.casefold() or {said.casefold(), told.casefold()} <= SYSTEM:
        return
    if not any(is_account(each, said) and is_account(each, told) for each in planned):
        raise MissingEvidence(
            tell(
                "VMM on {server} runs as {told} by its service, and as {said} by its own word",
                server=server,
                told=clip(told),
                said=clip(said),
            )
        )


def is_account(found: Operator, told: str) -> bool:
    """Whether Windows' name of an account is this one's."""
    netbios, _, name = found.row.account.partition("\\")
    domain, backslash, user = told.partition("\\")
    if not backslash:
        user, _, domain = told.rpartition("@")
    whole = told.casefold() == found.row.operator.casefold()
    return whole or (user.casefold() == name.casefold() and domain.casefold() in (netbios.casefold(), found.domain))


def computer(view: View, server: str) -> Operator:
    """The account of a machine. The check must declare ``WHO``.

    Raises:
        MissingEvidence: its domain could not be read, or shows no single one.
    """
    system, row = own_account(view, server)
    return operator_of(server, system.dns_domain, row)


def operator_of(name: str, domain: str, row: ComputerAccount) -> Operator:
    """The account of a machine, or of a cluster's name, as whom rights are looked at."""
    netbios = domain.partition(".")[0].upper()
    made = OperatorAccount(
        operator=name, dn=row.dn, account=f"{netbios}\\{row.sam_name}", sid=row.sid,
        user_account_control=row.user_account_control, is_group=False, group_sids=row.group_sids, group_names=(),
    )  # fmt: skip
    return Operator(domain, made)


def asks_who(view: View, machine: str, people: Iterable[Operator]) -> Iterator[Ask]:
    """The questions who is in the machine's groups, and which groups of its domain hold accounts of another one."""
    yield from asks_of_groups(view, machine, PRIVILEGED, LISTED)
    for each in people:
        yield from asks_elsewhere(view, each, machine)


def standing_on(view: View, machine: str, who: Operator) -> Standing:
    """What an account is on the machine. The check must declare ``WHO``."""
    return standing_of(view, who, machine, PRIVILEGED, LISTED)


def belongs(found: Standing, *, itself: bool) -> Belongs:
    """Whether an entry of an access list is about the account.

    Args:
        found: what it is there.
        itself: it is the machine's own account, so that on it the whole system is meant.
    """
    domain = found.operator.row.domain_sid

    def is_about(sid: str) -> bool | None:
        if (
            sid in found.sids
            or sid in found.groups
            or sid == NETWORK
            or (itself and sid in (SYSTEM_SID, *PRIVILEGED[:1]))
        ):
            return True
        if sid in PRIVILEGED:
            return None if found.doubts else False
        if sid.startswith((f"{domain}-", *NOBODY)):
            return False
        return None

    return is_about
