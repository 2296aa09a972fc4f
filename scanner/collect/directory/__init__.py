"""Collects what the directory says: controllers, domain, forest, trusts, computer accounts."""

from __future__ import annotations

from scanner.collect.directory.confirming import confirm
from scanner.estate.access import Access
from scanner.facts.delegation import DelegationChange, NamedAccount, ServiceName
from scanner.facts.directory import ComputerAccount, CrossRef, DirectoryServer, DomainController, DomainInfo, Trust
from scanner.facts.kerberos import ControllerClock, KerberosAccount
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from scanner.hooks import Collector, Task
from scanner.words.model import Fact, TargetKind

FACTS: frozenset[type[Fact]] = frozenset(
    {
        *(ComputerAccount, CrossRef, DirectoryServer, DomainController, DomainInfo, Trust),
        *(DelegationChange, NamedAccount, ServiceName),
        *(OperatorAccount, OperatorElsewhere),
        *(ControllerClock, KerberosAccount),
    }
)


def _collect(task: Task, access: Access) -> None:
    from scanner.collect.directory.reading import collect  # ldap3 takes its time to load

    _prepare((task.target,), access)
    collect(task, access)


def _prepare(_targets: tuple[str, ...], access: Access) -> None:
    """Ask about the password, if one is used, before anybody else is sent it."""
    way = access.directory
    if way.method == "simple" and way.password is not None:
        confirm(access, way.user, way.password)


COLLECTOR = Collector(
    name="directory",
    kinds=frozenset({TargetKind.DOMAIN}),
    provides=FACTS.__contains__,
    collect=_collect,
    prepare=_prepare,
)
