"""Where the Hyper-V module is, of the machines a move may be started from."""

from __future__ import annotations

from typing import NamedTuple

from checks.common.parts import clip
from scanner.api import Gap, Subject, View, joined, powershell, tell
from scanner.facts.host import OperatingSystem
from scanner.facts.session import HyperVModule

WINDOWS_10 = 10240
"""build; the next of a server is 14393, Windows Server 2016"""

SHOWN = 3
"""versions that are told of a machine; two may stand side by side"""


class Tools(NamedTuple):
    """The module on one machine."""

    versions: tuple[str, ...] = ()
    unread: str = ""

    @property
    def told(self) -> str:
        """As in Hyper-V 1.1 and 2.0.0.0."""
        first, more = sorted(self.versions)[:SHOWN], len(self.versions) - SHOWN
        return tell("Hyper-V {clip}", clip=joined(" and ", (clip(one, 20) for one in first))) + (
            tell(" and {more} more", more=more) if more > 0 else ""
        )


def tools(view: View, machine: str) -> Tools:
    """The versions of the module on a machine."""
    rows = view.ask(HyperVModule, machine)
    return Tools(unread=str(rows)) if isinstance(rows, Gap) else Tools(tuple({row.version: None for row in rows}))


def at_the_ends(view: View, route: Subject) -> tuple[str, str]:
    """Which end of a route has the module, and in which versions; if none has, why that is not known."""
    found = {host: tools(view, host) for host in (route.source, route.destination)}
    for host, here in found.items():
        if here.versions:
            return tell("{told} on {host}", told=here.told, host=host), ""
    return "", next((here.unread for here in found.values() if here.unread), "")


def too_old(view: View, machine: str, route: Subject) -> str:
    """Why a machine's tools are too old for the hosts of a route; empty where they are not.

    Raises:
        MissingEvidence: a release could not be read.
    """
    own = view.one(OperatingSystem, machine).build
    newest = max(view.one(OperatingSystem, host).build for host in (route.source, route.destination))
    if own >= WINDOWS_10 or newest < WINDOWS_10:
        return ""
    return tell(
        "{machine} is older (build {own}) than Windows Server 2016 and Windows 10, and the hosts are not",
        machine=machine,
        own=own,
    )


def install(machine: str) -> str:
    """What a person does on a machine that may be a client, which calls the feature otherwise."""
    return tell(
        "Install the Hyper-V module on {machine}: feature Hyper-V-PowerShell, or the optional one on a client.",
        machine=machine,
    )


def install_on(host: str) -> str:
    """The command that gives a host the module; it needs no restart."""
    return powershell("Install-WindowsFeature -ComputerName <host> -Name Hyper-V-PowerShell", host=host)
