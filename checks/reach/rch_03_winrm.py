"""Since Windows Server 2016 hosts manage each other over WinRM; where its ports are closed, a move cannot be set up.

The source tries TCP 5985 and 5986 of the destination. Passes when one of them connects. Fails when neither does, and
both hosts are of 2016 or later. Where one is older, hosts speak DCOM with each other: then neither port is a warning
where TCP 135 connects, and UNKNOWN where that does not either, for nobody tried what else may do. Other ports that
WinRM may have been given are not tried, nor is the way from the machine that moves are started from. (A8)
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS
from checks.reach.managing import MAPPER, WINRM, asked, is_older, managed
from scanner.api import Ask, Severity, Status, Subject, Verdict, View, Who, check, failed, scopes, tell, unknown, warned
from scanner.facts.host import OperatingSystem
from scanner.facts.network import EndpointProbe

WANTED = tell("the source connects to TCP 5985 or 5986 of the destination")


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    older = any(is_older(view, host) for host in route.names)
    yield from asked(route, view, *WINRM, *(MAPPER if older else ()))


@check(
    id="RCH-03",
    title="WinRM of the destination answers the source",
    fails="Source does not reach WinRM of the destination",
    warns="Source reaches the destination by DCOM and not by WinRM",
    severity=Severity.HIGH,
    who=Who.NETWORK,
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(OperatingSystem, *HOLDERS, EndpointProbe),
    asks=_asks,
    remedy="Let TCP 5985 or 5986 in on the destination: in its firewall, its listener's filters, and on the way.",
)
def winrm(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    by_winrm = managed(view, route, WINRM)
    if by_winrm.status is not Status.FAIL:
        return by_winrm
    if not any(is_older(view, host) for host in route.names):
        return failed(by_winrm.seen, WANTED)
    if managed(view, route, MAPPER).status is Status.PASS:
        works = tell("hosts older than Windows Server 2016 manage each other over DCOM, and its port 135 connects")
        return warned(by_winrm.seen, WANTED, works=works)
    return unknown(
        tell("{seen}; nor is TCP 135 known to connect, by which older hosts are managed", seen=by_winrm.seen),
        wanted=WANTED,
    )
