"""Without its list of cipher suites SCHANNEL gives no credentials, and every migration ends with 0x8009030D.

Passes where SCHANNEL's own cipher configuration is in the registry and names suites. Fails where it is absent. The
choice that a policy makes of them, below SOFTWARE\\Policies, exists only where a policy set it, and is not judged.
Unknown where it could not be read, or names none. Delegation is that code's other cause (DEL-01, LM-03).
"""

from __future__ import annotations

from scanner.api import Severity, Subject, Verdict, View, Who, check, counted, failed, passed, scopes, tell, unknown
from scanner.facts.upkeep import CipherConfiguration

KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002"


@check(
    id="HOST-15",
    title="SCHANNEL's cipher configuration is there",
    fails="SCHANNEL has no cipher configuration",
    severity=Severity.HIGH,
    who=Who.HOST,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(CipherConfiguration,),
    remedy="Export the key from a sound host of the same release and build, import it there, and restart the host.",
)
def ciphers(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    row = view.maybe(CipherConfiguration, host.host)
    if row is None:
        return failed(tell("no cipher configuration of SCHANNEL"), KEY)
    suites = [suite for suite in row.suites if suite.strip()]
    if not suites:
        return unknown(tell("CipherConfiguration of {host}: it names no cipher suite", host=host.host))
    return passed(counted(len(suites), "cipher suite"))
