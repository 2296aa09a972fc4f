"""Hosts older than Windows Server 2016 are managed over DCOM, which begins at the RPC endpoint mapper on TCP 135.

Judged is a destination that is older; a newer one is managed over WinRM, which RCH-03 judges. The source tries TCP 135.
Passes when it connects; the dynamic ports that DCOM goes on with are not tried. Otherwise a warning where WinRM
connects, by which such a host can be managed too, and UNKNOWN where that does not either. (A8, D4)
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS
from checks.reach.managing import MAPPER, WINRM, asked, is_older, managed
from scanner.api import (
    Ask,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import OperatingSystem
from scanner.facts.network import EndpointProbe

WANTED = tell("the source connects to TCP 135 of the destination")


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    if is_older(view, route.destination):
        yield from asked(route, view, *MAPPER, *WINRM)


@check(
    id="RCH-04",
    title="The RPC endpoint mapper of an older destination answers",
    warns="Source reaches the older destination by WinRM and not by the RPC endpoint mapper",
    severity=Severity.LOW,
    who=Who.NETWORK,
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(OperatingSystem, *HOLDERS, EndpointProbe),
    asks=_asks,
    remedy="Let TCP 135, and the dynamic ports of RPC, in on the destination, in its firewall and on the way.",
)
def endpoint_mapper(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    if not is_older(view, route.destination):
        return not_applicable(tell("the destination is managed over WinRM; see RCH-03"))
    by_mapper = managed(view, route, MAPPER)
    if by_mapper.status is not Status.FAIL:
        return by_mapper
    if managed(view, route, WINRM).status is Status.PASS:
        return warned(
            by_mapper.seen, WANTED, works=tell("the source connects to WinRM, which can manage the host, too")
        )
    return unknown(
        tell("{seen}; nor is WinRM known to connect, which could manage it, too", seen=by_mapper.seen), wanted=WANTED
    )
