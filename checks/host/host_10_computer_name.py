"""With the performance option SMB, Windows Server 2019 fails where its registry holds its name in small letters.

Judged on hosts of planned moves whose migrations send memory by SMB. Passes where the name in the registry is in
capitals. Small letters in it fail on build 17763 (0x80042001, 0x8007000D); on other builds, for which nobody reported
it, they are a warning. Rename-Computer takes no name that differs from the old one in case alone (NewNameIsOldName), so
that the value itself is to be written. A name that is empty is unknown.
"""

from __future__ import annotations

from checks.common.migrating import TWO_WAYS, uses_smb
from checks.common.parts import clip
from scanner.api import (
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import OperatingSystem
from scanner.facts.upkeep import StoredName

B2019 = 17763
KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName"


@check(
    id="HOST-10",
    title="The host's name in the registry is in capitals (SMB performance option)",
    fails="The host's name in the registry has small letters, on which Windows Server 2019 fails",
    warns="The host's name in the registry has small letters",
    severity=Severity.LOW,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(StoredName, OperatingSystem, *TWO_WAYS),
    remedy="Write that value in capitals and restart the host, or use another performance option.",
)
def computer_name(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not uses_smb(view, host.host):
        return not_applicable(tell("migrations do not send memory by SMB"))
    name, build = view.one(StoredName, host.host).name, view.one(OperatingSystem, host.host).build
    if not name.strip():
        return unknown(tell("StoredName of {host}: it tells no name", host=host.host))
    if name == name.upper():
        return passed(tell("ComputerName is {name}", name=clip(name)))
    seen, wanted = tell("ComputerName is {name} (build {build})", name=clip(name), build=build), clip(name.upper())
    if build == B2019:
        return failed(
            seen,
            wanted,
            note=tell("the value ComputerName of {key}; compression in place of SMB does without", key=KEY),
        )
    return warned(
        seen, wanted, works=tell("only Windows Server 2019 is known to fail by it"), note=tell("see {key}", key=KEY)
    )
