"""The source alone decides how memory is sent; a host that is set otherwise moves its machines back in another way.

Passes when both hosts name the same of TCP/IP, compression and SMB. Windows Server 2012 has no such setting and knows
TCP/IP alone. Warns when they differ, and when a host has SMB and compression set at once, of which nobody can tell
which counts. Unknown where a newer release does not tell its setting, or the Hyper-V module says otherwise.
"""

from __future__ import annotations

from checks.common.client import is_client
from checks.common.migrating import TWO_WAYS, WORDS, performance
from scanner.api import Severity, Subject, Verdict, View, Who, check, joined, passed, powershell, scopes, tell, warned
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings

COMPRESSION, TCPIP = MigrationPerformance.COMPRESSION, MigrationPerformance.TCPIP
BOTH = tell("SMB and compression at once")
WANTED = tell("one and the same on both hosts")
CHOOSE = tell(
    "Choose one for both hosts: SMB where both have RDMA, or where SMB encryption is "
    "what protects the way (NET-01); else compression."
)
COMMAND = "Set-VMHost -ComputerName <host> -VirtualMachineMigrationPerformanceOption Compression"


@check(
    id="LM-04",
    title="Performance options are valid and match",
    warns="Performance options differ, or a host has two at once",
    severity=Severity.LOW,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.PAIR,
    seed="S0-S3 #consider-options-for-authentication-and-networking (performance)",
    needs=(*TWO_WAYS, OperatingSystem),
    remedy="Choose the same performance option on both hosts.",
)
def same_performance(pair: Subject, view: View) -> Verdict:
    """Judge one pair of hosts."""
    found = {host: performance(view, host) for host in pair.names}
    old = [host for host in found if view.one(MigrationSettings, host).compression is None]
    note = tell("{old}: Windows Server 2012 knows TCP/IP alone", old=joined(" and ", old)) if old else ""
    seen = joined(
        "; ",
        (
            tell("{host}: {words}", host=host, words=WORDS[option] if option is not None else BOTH)
            for host, option in found.items()
        ),
    )
    if None in found.values():
        works = tell("memory is sent by one of the two in any case, and RCH-02 judges the port that SMB needs")
        return warned(seen, WANTED, CHOOSE, works=works, note=note)
    if len(options := set(found.values())) == 1:
        return passed(tell("both use {words}", words=WORDS[found[pair.source] or TCPIP]), note=note)
    remedy = CHOOSE
    if old:
        remedy = ""
    elif options == {COMPRESSION, TCPIP}:
        plain = [host for host, option in found.items() if option is TCPIP and not is_client(view, host)]
        remedy = joined("\n", (powershell(COMMAND, host=host) for host in plain))
    works = tell("each source sends memory as it is set itself, and the destination takes it")
    return warned(seen, WANTED, remedy, works=works, note=note)
