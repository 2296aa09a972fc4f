"""Memory of running machines changes while it is sent: a slow link makes moves long, and the pause at their end too.

Judged is the adapter of each network on which the destination accepts migrations, by bits a second. Passes at the
threshold of the estate (`link_mbit`) or above, with a note below 10 Gb/s. Warns below it. An adapter of a virtual
switch shows 10 Gb/s whatever is beneath it: the slowest hardware that carries traffic counts where the way down to it
is told, else the note says whose speed it is. A speed that is not told is UNKNOWN. (D3; Best Practices Analyzer)
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.migration.networks import Local, migration_networks, usable
from checks.network.adapters import adapter_of, each, hardware, named
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.adapter import AdapterLayer
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import IPAddress, NetworkAdapter

UNTOLD = (0, 2**64 - 1)
"""speeds that say that there is none to tell (NDIS_LINK_SPEED_UNKNOWN)"""
MBIT, FAST = 10**6, 10**10


@check(
    id="NET-06",
    title="Migration networks are fast enough",
    warns="A migration network is slower than it should be",
    severity=Severity.LOW,
    who=Who.NETWORK,
    of_machines=True,
    scope=scopes.DESTINATION,
    seed="beyond seeds",
    needs=(MigrationNetwork, VMHost, IPAddress, NetworkAdapter, AdapterLayer),
    remedy="Give migrations a faster adapter; where it should be faster already, look at cable, port and duplex.",
)
def link_speed(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    setting = migration_networks(view, host.host)
    parts = [_judged(view, host.host, local) for local in each(usable(view, host.host))]
    if setting.unread and not setting.any_network:
        parts.append(unknown(setting.unread))
    none = tell("the host has no usable migration network; see LM-08 and LM-10")
    return combine(parts) if parts else not_applicable(none)


def _judged(view: View, host: str, local: Local) -> Verdict:
    where, below = named(local), hardware(view, host, local.interface)
    beneath = [row for number in below if (row := adapter_of(view, host, number)).up is not False]
    speeds = [row.speed or 0 for row in beneath or [adapter_of(view, host, local.interface)]]
    if any(speed < 0 or speed in UNTOLD for speed in speeds):
        return unknown(tell("{where}: NetworkAdapter of {host}: its speed is not told", where=where, host=host))
    wanted = view.estate.thresholds.link_mbit
    seen = tell("{where}: {min:,} Mbit/s", where=where, min=min(speeds) // MBIT)
    if min(speeds) < wanted * MBIT:
        return warned(
            seen,
            tell("{wanted:,} Mbit/s at least", wanted=wanted),
            works=tell("a slow link makes a move longer, and no move fails of it"),
        )
    if not beneath:
        return passed(
            seen,
            note=tell("{where}: what a virtual adapter tells of itself; the hardware beneath is not told", where=where),
        )
    slow = tell("{where}: below 10 Gbit/s moves take their time", where=where)
    return passed(seen, note=slow if min(speeds) < FAST else "")
