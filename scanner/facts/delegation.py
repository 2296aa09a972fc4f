"""What more the directory says about delegation: who holds service names in the forest, what changed when, who is told.

Facts of the directory like those of ``scanner.facts.directory``; a plain user of the domain may read all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from scanner.facts.directory import ComputerAccount, DirectoryFact
from scanner.facts.host import NETBIOS

MIGRATION = "Microsoft Virtual System Migration Service"
CLASSES = (MIGRATION, "HOST", "cifs")
"""Classes of the service names by which a move finds a host. HOST stands for cifs, where no account holds that."""


def service_names(*names: str) -> tuple[str, ...]:
    """The service names under which a machine of these names is found, as a catalogue is asked for them."""
    return tuple(f"{service}/{name}" for service in CLASSES for name in names if name)


def names_of(machine: str) -> tuple[str, str]:
    """The short and the full name of a machine that is called by its full name."""
    return machine.partition(".")[0][:NETBIOS].upper(), machine


@dataclass(frozen=True, slots=True)
class ServiceName(DirectoryFact):
    """A service name, and who holds it in the whole forest, as a global catalogue tells it. Target: a domain.

    One of the domain's own controllers is asked, which is a global catalogue: on port 3268, or 3269 over TLS. A name
    that nobody holds is a row, too: it was asked for.
    """

    no_row: ClassVar[str] = "the estate names no host"
    spn: str
    """as it was asked for"""
    holders: tuple[str, ...]
    """distinguished names of the objects that hold it, in any domain of the forest"""
    sids: tuple[str, ...]
    """their SIDs, in the same order; empty where an object has none"""


@dataclass(frozen=True, slots=True)
class DelegationChange(DirectoryFact):
    """When what decides about delegation was last written on a computer account, anywhere. Target: its domain.

    From msDS-ReplAttributeMetaData, which a controller makes when it is read; from replPropertyMetaData, of which it is
    made, where a controller does not make it (Samba).
    """

    no_row: ClassVar[str] = "the directory has no account of the machines that were asked for"
    dn: str
    sid: str
    listed: datetime | None
    """msDS-AllowedToDelegateTo; none: it was never written"""
    control: datetime | None
    """userAccountControl"""
    resource: datetime | None
    """msDS-AllowedToActOnBehalfOfOtherIdentity"""
    unread: str = ""
    """why it could not be read; then the times say nothing"""


@dataclass(frozen=True, slots=True)
class NamedAccount(ComputerAccount):
    """A computer account that bears a name which an answer told: a file server's, or one in a list of delegation.

    Target: a domain, which the estate names or whose directory was read anyway; no told name leads to a connection.
    """

    no_row: ClassVar[str] = "the directory has no account of the names that were asked for"
    second_round: ClassVar[bool] = True
