"""Collects what the directory says: controllers, domain, forest, trusts, computer accounts."""

from __future__ import annotations

from scanner.estate.access import Access
from scanner.facts.directory import ComputerAccount, CrossRef, DomainController, DomainInfo, Trust
from scanner.hooks import Collector, Task
from scanner.model import Fact

FACTS: frozenset[type[Fact]] = frozenset({ComputerAccount, CrossRef, DomainController, DomainInfo, Trust})


def _collect(task: Task, access: Access) -> None:
    from scanner.collectors.directory.reading import collect  # ldap3 takes its time to load

    collect(task, access)


COLLECTOR = Collector(name="directory", kinds=frozenset({"domain"}), provides=FACTS.__contains__, collect=_collect)
