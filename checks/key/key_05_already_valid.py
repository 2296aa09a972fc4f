"""A key that is valid only from later on registers nothing yet: it is new, or one of two clocks is wrong.

Passes when its certificate is valid by the clock of the machine that made this record. Warns up to fifteen minutes
before that; fails earlier. UNKNOWN when the certificate tells no beginning. Does not apply to a file that is not well
formed (KEY-01).
"""

from __future__ import annotations

from datetime import timedelta

from checks.key.kinds import SEE_KEY_01
from checks.key.validity import instant
from scanner.api import (  # fmt: skip
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.keyfile import RegistrationKey

SLACK = timedelta(minutes=15)
CLOCKS = tell(
    "Set the clocks of the VMM server and of the machine that runs this scan; else wait until the key is valid."
)


@check(
    id="KEY-05",
    title="Key is already valid",
    fails="The registration key is not valid yet",
    warns="The registration key becomes valid within fifteen minutes",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="beyond seeds",
    needs=(RegistrationKey,),
    remedy=CLOCKS,
    begins="the registration key becomes valid",
)
def already_valid(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.problem:
        return SEE_KEY_01
    if key.not_before is None:
        return unknown(tell("no certificate tells from when the key is valid"))
    seen, wanted = (
        tell("valid from {instant}", instant=instant(key.not_before)),
        tell("valid at {instant}", instant=instant(view.now)),
    )
    if view.now >= key.not_before:
        return passed(seen)
    if view.now < key.not_before - SLACK:
        return failed(seen, wanted, CLOCKS)
    return warned(seen, wanted, CLOCKS, works=tell("the key becomes valid within fifteen minutes"))
