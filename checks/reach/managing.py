"""Whether one host reaches another by the ports over which hosts are managed: those of WinRM, and that of DCOM.

Since Windows Server 2016 Hyper-V's remote management goes over WinRM, before over DCOM, whose first port is the
endpoint mapper's (A8). Who connects is the source; the machine that moves are started from is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import neighbours_asked
from checks.common.probing import attempts, endpoint, reached
from scanner.api import Ask, Status, Subject, Verdict, View, worst
from scanner.facts.host import OperatingSystem

WINRM, MAPPER = (5985, 5986), (135,)
WINRM_SINCE = 14393
"""build of Windows Server 2016"""


def asked(route: Subject, view: View, *ports: int) -> Iterator[Ask]:
    """The attempts of the source at these ports of the destination."""
    for port in ports:
        yield from attempts(route.source, endpoint(route.destination, port))
    yield from neighbours_asked(view, route.source, route.destination)


def managed(view: View, route: Subject, ports: tuple[int, ...]) -> Verdict:
    """PASS one of the ports connects, FAIL none does, UNKNOWN otherwise."""
    source, host = route.source, route.destination
    parts = [reached(view, source, endpoint(host, port), destination=host) for port in ports]
    good = [part for part in parts if part.status is Status.PASS]
    doubtful = [part for part in parts if part.status is Status.UNKNOWN]
    return good[0] if good else worst(doubtful or parts)


def is_older(view: View, host: str) -> bool:
    """Whether the host is older than Windows Server 2016.

    Raises:
        MissingEvidence: its build was not read.
    """
    return view.one(OperatingSystem, host).build < WINRM_SINCE
