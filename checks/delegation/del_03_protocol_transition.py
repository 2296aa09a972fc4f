"""Since Windows Server 2016 a move is ordered over WinRM, which holds no ticket of the operator to pass on.

So the source's account must be allowed to "use any authentication protocol" (protocol transition). Passes when the bit
0x1000000 of its userAccountControl is set, or when every destination names the source instead (resource-based) and
the source lists no service itself; with listed services beside it that is a warning. Otherwise a missing bit fails
from build 14393 on; before, or where no move is started remotely, it is a warning.
"""

from __future__ import annotations

from checks.delegation.verdicts import ACCOUNTS, attempt, excused, transition_verdict
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes, worst
from scanner.facts.host import OperatingSystem


@check(
    id="DEL-03",
    title="Source may use any authentication protocol for delegation",
    fails='Source lacks "Use any authentication protocol" for delegation',
    warns='Source lacks "Use any authentication protocol", and its moves do without',
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.SOURCE,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 5",
    needs=(*ACCOUNTS, OperatingSystem),
    remedy='Choose "Use any authentication protocol" on the delegation tab of the source\'s computer account.',
)
def protocol_transition(host: Subject, view: View) -> Verdict:
    """Judge one source, for all its destinations together."""
    ends = [route.destination for route in view.estate.routes if route.source == host.host]
    return excused(view, host.host) or worst(
        attempt(lambda end=end: transition_verdict(view, host.host, end)) for end in ends
    )
