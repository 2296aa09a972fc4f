"""SMB is the fastest way for memory where it has RDMA, and a slow one where it has neither that nor a fast link.

Judges pairs of which a host is set to SMB. Passes when both hosts have RDMA on adapters in one network, or a link of
at least 10 Gbit/s and no RDMA, and SMB Multichannel is on at both ends. Warns when one alone has RDMA, or both in no
network that they share, when the link is slower, and when Multichannel is off, without which SMB Direct is not used.
That SMB lists no adapter is an answer: there is no RDMA. Whether TCP 445 is open, RCH-02 judges.
"""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, any_uses_smb
from checks.common.multichannel import ENDS, client_has_it, server_has_it
from checks.common.parts import combine
from checks.migration.networks import migration_networks
from checks.migration.smb_ways import WANTED, by_ways, ways
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell, unknown, warned
from scanner.facts.hyperv import MigrationNetwork
from scanner.facts.network import IPAddress, NetworkAdapter
from scanner.facts.smb import SmbAdapter


@check(
    id="LM-05",
    title="SMB option: SMB 3 path, RDMA and Multichannel available",
    warns="SMB lacks RDMA, a fast link or Multichannel between the two hosts",
    severity=Severity.LOW,
    who=Who.HOST,
    follows=("LM-08", "LM-10", "NET-07"),
    of_machines=True,
    scope=scopes.PAIR,
    seed="S0-S3 #use-windows-powershell-to-set-up-the-source-and-destination-computers-for-live-migration (table)",
    needs=(*TWO_WAYS, MigrationNetwork, IPAddress, NetworkAdapter, SmbAdapter, *ENDS),
    of_destination=(MigrationNetwork,),
    remedy="Enable RDMA on the migration adapters of both hosts, or let memory go with compression.",
)
def smb_path(pair: Subject, view: View) -> Verdict:
    """Judge one pair of hosts."""
    if not any_uses_smb(view, *pair.names):
        return not_applicable(tell("neither host sends memory by SMB"))
    one, other = pair.names
    return combine(_way(view, *way) for way in ((one, other), (other, one)) if view.route(*way))


def _way(view: View, source: str, destination: str) -> Verdict:
    setting, found = migration_networks(view, destination), ways(view, source, destination)
    if setting.unread and not setting.any_network:
        return unknown(setting.unread, wanted=WANTED)
    if found is None:
        return not_applicable(
            tell("{destination} has no usable migration network; see LM-08, LM-10 and NET-09", destination=destination)
        )
    if not (client_has_it(view, source) and server_has_it(view, destination)):
        seen, works = (
            tell("{source} → {destination}: SMB Multichannel is off", source=source, destination=destination),
            tell("SMB sends memory by one connection as well"),
        )
        return warned(seen, WANTED, works=works, note=tell("see NET-07"))
    return by_ways(found, tell("{source} → {destination}", source=source, destination=destination))
