"""Whether the default session configuration of a host admits an operator."""

from __future__ import annotations

from checks.operator.descriptor import NETWORK, lets_in, lets_in_anybody
from checks.operator.joining import join
from checks.operator.membership import NEEDS, Standing
from scanner.api import Fact, Verdict, View, failed, joined, passed, tell, unknown, warned
from scanner.facts.local_group import HYPER_V, REMOTE_MANAGEMENT
from scanner.facts.session import SessionConfiguration

SESSIONS: tuple[type[Fact], ...] = (*NEEDS, SessionConfiguration)
"""What a check declares that asks for it."""
WORKS = tell("a move can be ordered without a PowerShell session, from Hyper-V Manager or signed in on the source")
WANTED = tell("the default session configuration admits the operator")


def admitted(view: View, host: str, found: Standing) -> Verdict:
    """Judge the host for what the operator is there."""
    rows = view.rows(SessionConfiguration, host)
    sddl = rows[0].sddl if rows else ""
    if not sddl:
        return unknown(tell("SessionConfiguration of {host}: it tells no security descriptor", host=host))
    sids = {*found.sids, *found.groups, NETWORK}
    if not rows[0].enabled or lets_in_anybody(sddl) is False:
        remedy = tell(
            "Sign in on {host} and switch remoting on there: then its configurations may be used from afar.", host=host
        )
        return failed(tell("the default session configuration admits nobody over the network"), WANTED, remedy)
    match lets_in(sddl, sids):
        case True:
            return passed(found.told or tell("admitted by the list of the session configuration itself"))
        case None:
            return unknown(
                tell("SessionConfiguration of {host}: an entry of its access list cannot be read", host=host)
            )
        case False:
            return _outside(view, host, found, sddl)


def _outside(view: View, host: str, found: Standing, sddl: str) -> Verdict:
    """He is not admitted as far as his groups are known."""
    if found.doubts:
        return unknown(joined("; ", dict.fromkeys(found.doubts)))
    cures = lets_in(sddl, {*found.sids, NETWORK, REMOTE_MANAGEMENT}) is True
    remedy = join(view, host, found, REMOTE_MANAGEMENT) if cures else ""
    seen = tell("{account} may open no session", account=found.operator.row.account)
    if HYPER_V in found.groups:
        return warned(tell("{seen}, {told}", seen=seen, told=found.told), WANTED, remedy, works=WORKS)
    return failed(seen, WANTED, remedy)
