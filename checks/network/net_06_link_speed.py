"""Memory of running machines changes while it is sent: a slow link makes moves long, and the pause at their end too.

Judged is the adapter of each network on which the destination accepts migrations, by bits a second. Passes at the
threshold of the estate (`link_mbit`) or above, with a note below 10 Gb/s. Warns below it. An adapter of a virtual
switch shows 10 Gb/s whatever is beneath it: the slowest hardware that carries traffic counts where the way down to it
is told, else the note says whose speed it is. A speed that is not told is UNKNOWN. (D3; Best Practices Analyzer)
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.migration.networks import Local, migration_networks, usable
from checks.network.adapters import adapter_of, each, hardware
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, passed, scopes, unknown, warned
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
    none = "the host has no usable migration network; see LM-08 and LM-10"
    return combine(parts) if parts else not_applicable(none)


def _judged(view: View, host: str, local: Local) -> Verdict:
    where, below = f"{local.network} (interface {local.interface})", hardware(view, host, local.interface)
    beneath = [row for number in below if (row := adapter_of(view, host, number)).up is not False]
    speeds = [row.speed or 0 for row in beneath or [adapter_of(view, host, local.interface)]]
    if any(speed < 0 or speed in UNTOLD for speed in speeds):
        return unknown(f"{where}: NetworkAdapter of {host}: its speed is not told")
    seen, wanted = f"{where}: {min(speeds) // MBIT:,} Mbit/s", view.estate.thresholds.link_mbit
    if min(speeds) < wanted * MBIT:
        return warned(
            seen, f"{wanted:,} Mbit/s at least", works="a slow link makes a move longer, and no move fails of it"
        )
    own = "" if beneath else f"{where}: what a virtual adapter tells of itself; the hardware beneath is not told"
    return passed(seen, note=own or (f"{where}: below 10 Gbit/s moves take their time" if min(speeds) < FAST else ""))
