"""What a report draws: networks, delegation and clouds, as they were read and declared.

How something stands is what findings say of it, and nothing else; each says which. What was not read is not known: it
is never drawn as if it were not there.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scanner.words.model import Status


class Trust(StrEnum):
    """What the estate declares of a network."""

    TRUSTED = "trusted"
    UNTRUSTED = "not trusted"
    UNTOLD = "not declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How something stands, by the findings that say so."""

    status: Status | None = None
    """the worst of them; nothing: no check judged it"""
    by: tuple[tuple[str, str], ...] = ()
    """(check, subject id) of those that ended so"""
    said: str = ""
    """what the first of them saw, or why it does not know"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """What leads from one to another, or should."""

    source: str
    target: str
    what: str
    """a port, a service, a kind of copy"""
    there: bool | None
    """whether it was read to be there; nothing: it is not known"""
    told: str = ""
    """what was read of it"""
    planned: bool = True
    """whether a move of this direction is planned"""
    mark: Mark = Mark()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrows:
    """Those of one picture, in the order of the estate."""

    drawn: tuple[Arrow, ...] = ()
    left: int = 0
    """so many more pairs of ends there are, of which none is worse than these"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A host in a network."""

    network: str
    """as in 10.20.0.0/24"""
    addresses: tuple[str, ...] = ()
    """its own there; none: its list names the network, and it has no address in it that is known"""
    takes: bool | None = None
    """whether it takes migrations there, as its list says; nothing: not known"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkHost:
    """A host, and the networks it is in."""

    name: str
    anywhere: bool | None = None
    """it takes migrations on any network; nothing: not known"""
    places: tuple[Place, ...] = ()
    unread: str = ""
    """what of it is not known, and why"""
    mark: Mark = Mark()
    """of its list, and of where it listens"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Networks:
    """Hosts, their networks, and the ways that were tried between them."""

    networks: tuple[tuple[str, Trust], ...]
    """those in which migrations are taken first, then those that are not trusted, then those of most hosts"""
    hosts: tuple[NetworkHost, ...]
    ways: Arrows


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One that delegates, or is delegated to."""

    name: str
    unread: str = ""
    """why nothing is known of its account"""
    mark: Mark = Mark()
    """whether it may delegate whoever starts a move from elsewhere (DEL-03)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Who may delegate what to whom."""

    accounts: tuple[Account, ...]
    arrows: Arrows


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSide:
    """A cloud of a plan, or one that VMM lists."""

    server: str
    name: str
    there: bool | None
    """whether VMM lists it; nothing: not known"""
    groups: tuple[str, ...] = ()
    hosts: tuple[str, ...] | None = None
    """of its host groups; nothing: not known"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOfClouds:
    """A planned pair, and what becomes of the networks of its machines."""

    source: CloudSide
    target: CloudSide
    mark: Mark = Mark()
    """of all that is judged of the pair"""
    networks: Arrows = field(default_factory=Arrows)
    """from a VM network to the one it is mapped to, which is empty where it is mapped to none"""
    unread: str = ""
    """why networks may be missing here"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VmmServerSeen:
    """A VMM server."""

    name: str
    mark: Mark = Mark()
    unread: str = ""
    """why its clouds are not known"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clouds:
    """VMM servers, their clouds, and which is paired with which."""

    servers: tuple[VmmServerSeen, ...]
    pairs: tuple[PairOfClouds, ...]
    others: tuple[CloudSide, ...] = ()
    """clouds that VMM lists and no pair names"""
    left: int = 0
    """so many more pairs there are, none worse than these"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """All of them; nothing where there is nothing to draw of it."""

    networks: Networks | None = None
    delegation: Delegation | None = None
    clouds: Clouds | None = None
