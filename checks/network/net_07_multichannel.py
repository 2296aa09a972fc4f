"""SMB Multichannel lets memory use several connections and adapters, and RDMA at all; both ends must have it on.

Judges hosts that are set to SMB. Passes when it is on for SMB as client and as server, since each move has a way back.
Warns where one is off.
"""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, partners, uses_smb
from checks.common.multichannel import ENDS, client_has_it, server_has_it
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    not_applicable,
    passed,
    powershell,
    scopes,
    tell,
    warned,
)

CLIENT = "Set-SmbClientConfiguration -CimSession <host> -EnableMultiChannel $true -Force"
SERVER = "Set-SmbServerConfiguration -CimSession <host> -EnableMultiChannel $true -Force"
BOTH = tell("on, as client and as server")


@check(
    id="NET-07",
    title="SMB Multichannel enabled on both ends",
    warns="SMB Multichannel is off on the host, as client or as server",
    severity=Severity.LOW,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.HOST,
    seed="S0-S3 #use-windows-powershell-to-set-up-the-source-and-destination-computers-for-live-migration (table)",
    needs=(*TWO_WAYS, *ENDS),
    remedy="Turn SMB Multichannel on, for SMB as client and as server.",
)
def multichannel(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not partners(view, host.host):
        return not_applicable(tell("no planned route starts or ends here"))
    if not uses_smb(view, host.host):
        return not_applicable(tell("the host does not send memory by SMB"))
    found = {CLIENT: client_has_it(view, host.host), SERVER: server_has_it(view, host.host)}
    off = [end for end, on in found.items() if not on]
    if not off:
        return passed(BOTH)
    one = {CLIENT: tell("off as client"), SERVER: tell("off as server")}
    return warned(
        one[off[0]] if len(off) == 1 else tell("off as client and as server"),
        BOTH,
        joined("\n", (powershell(end, host=host.host) for end in off)),
        works=tell("SMB sends all by one connection then, more slowly"),
    )
