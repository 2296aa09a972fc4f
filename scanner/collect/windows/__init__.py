"""Asks Windows machines: one sign-in and one plan a round; every answer counts as soon as it is there."""

from __future__ import annotations

from scanner.collect.directory.confirming import confirm
from scanner.estate.access import Access
from scanner.facts.base import WindowsFact
from scanner.facts.kerberos import HostClock
from scanner.hooks import Collector, Task
from scanner.words.model import MACHINES, Fact


def provides(fact: type[Fact]) -> bool:
    """Whether a fact is read from a Windows machine, or told by when it answered."""
    return issubclass(fact, WindowsFact) or fact is HostClock


def collect(task: Task, access: Access) -> None:
    """Read the facts of one task from its machine."""
    from scanner.collect.windows.ways import read  # the libraries below take a second to load

    read(task, access)


def prepare(targets: tuple[str, ...], access: Access) -> None:
    """Have controllers asked about the passwords that machines will be sent."""
    from scanner.collect.transport.answers import file_of

    for target in targets:
        way = access.sign_in(target)
        if way.method != "certificate" and way.password is not None and file_of(access.answers, target) is None:
            confirm(access, way.user, way.password, target)


COLLECTOR = Collector(
    name="windows",
    kinds=MACHINES,
    provides=provides,
    collect=collect,
    prepare=prepare,
)
