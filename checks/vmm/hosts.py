"""Hosts of an estate among those that VMM lists, what state VMM says they are in, and which build they run."""

from __future__ import annotations

import re

from checks.common.parts import clip
from checks.vmm.clouds import PART_ALONE, host_names, sees_all, servers
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.host import OperatingSystem
from scanner.facts.vmm import MAINTENANCE, NEEDS_ATTENTION, OK, VmmHost

Listed = tuple[str, VmmHost]
"""The VMM server that lists a host, and its row."""
SILENT = {"notresponding": tell("VMM gets no answer from it"), "accessdenied": tell("it denies VMM access")}
"""CommunicationStateString of hosts that VMM cannot reach, without blanks (ManageIQ, lookup_connected_state)."""
STATES = {OK: "OK", NEEDS_ATTENTION: tell("needs attention"), MAINTENANCE: tell("in maintenance mode")}
_VERSION = re.compile(r"\d+\.\d+\.(\d+)(\.\d+)?")


def state_of(row: VmmHost) -> Verdict:
    """Whether VMM can work with a host. Its number decides; the text of its connection may contradict it."""
    silent = SILENT.get((row.communication_state_text or "").replace(" ", "").casefold())
    name, wanted = clip(row.name), tell("overall state 0 (OK), and VMM reaches the host")
    if silent:
        return failed(tell("{name}: {silent}", name=name, silent=silent), wanted)
    if row.overall_state not in STATES:
        return unknown(
            tell(
                "{name}: overall state {overall_state}, a number that no document tells",
                name=name,
                overall_state=row.overall_state,
            ),
            wanted=wanted,
        )
    seen = tell(
        "{name}: overall state {overall_state} ({states})",
        name=name,
        overall_state=row.overall_state,
        states=STATES[row.overall_state],
    )
    if row.overall_state == MAINTENANCE:
        works = tell("VMM knows the host and its machines, and the mode ends when somebody ends it")
        return warned(seen, wanted, works=works)
    return passed(seen) if row.overall_state == OK else failed(seen, wanted)


def listed(view: View, host: str) -> tuple[Listed, ...]:
    """Where VMM servers list a host of the estate; nothing if VMM does not know it. The check needs ``VmmHost``.

    A name of one label that VMM tells is the host's where nothing else bears it.

    Raises:
        MissingEvidence: nobody lists it, and a server did not answer, may have shown a part of its hosts, or lists a
            host of the same first label in another domain, which may be this one by another name.
    """
    found: list[Listed] = []
    doubts: list[str] = []
    for server in servers(view):
        rows = view.ask(VmmHost, server)
        if isinstance(rows, Gap):
            doubts.append(str(rows))
            continue
        here = [row for row in rows if _is(row, host)] or _by_first_label(view, rows, host)
        found += [(server, row) for row in here]
        if not here:
            doubts += _doubts(view, server, rows, host)
    if not found and doubts:
        raise MissingEvidence(doubts[0])
    return tuple(found)


def _is(row: VmmHost, host: str) -> bool:
    return host in host_names(row)


def _by_first_label(view: View, rows: tuple[VmmHost, ...], host: str) -> list[VmmHost]:
    """The only host of the first label, where VMM tells no more of it and the estate names one of that label."""
    label = first_label(host)
    alike = [row for row in rows if label in map(first_label, host_names(row))]
    whole = any("." in name for row in alike for name in host_names(row))
    twins = sum(first_label(other) == label for other in view.estate.hosts)
    return alike if len(alike) == 1 and not whole and twins == 1 else []


def _doubts(view: View, server: str, rows: tuple[VmmHost, ...], host: str) -> list[str]:
    alike = [name for row in rows for name in host_names(row) if first_label(name) == first_label(host)]
    if alike:
        return [
            tell(
                "{server} lists {alike}, and whether that is {host} it does not tell",
                server=server,
                alike=clip(alike[0]),
                host=host,
            )
        ]
    return (
        []
        if sees_all(view, server)
        else [tell("{server} does not list {host}; {part_alone}", server=server, host=host, part_alone=PART_ALONE)]
    )


def first_label(name: str) -> str:
    """The first label of a name in one spelling."""
    return name.partition(".")[0]


def build_of(view: View, row: VmmHost) -> int | None:
    """The build of a host's Windows: as the host says where the estate names it, else as VMM has it, if at all.

    The check needs ``OperatingSystem``.
    """
    for host in view.estate.hosts:
        systems = view.ask(OperatingSystem, host) if _is(row, host) else ()
        if not isinstance(systems, Gap) and len(systems) == 1:
            return systems[0].build
    version = _VERSION.fullmatch((row.os_version or "").strip())
    return int(version[1]) if version else None


def runs_on(row: VmmHost, machine_host: str | None) -> bool:
    """Whether a machine whose ``HostName`` this is runs on the host; either may be told by its first label alone."""
    name = (machine_host or "").strip().lower().removesuffix(".")
    names = host_names(row)
    by_label = "." not in name or not any("." in other for other in names)
    return bool(name) and (name in names or (by_label and first_label(name) in map(first_label, names)))
