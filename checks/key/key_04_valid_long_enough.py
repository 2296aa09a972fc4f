"""A key that runs out in the middle of the work has to be replaced in the middle of the work.

Passes when the key stays valid for the hours the estate asks for (24 unless it says otherwise). Warns when it does not.
UNKNOWN where only the time in the file's name tells, an estimate. Does not apply to a key that has expired (KEY-03),
nor to a file that is not well formed (KEY-01).
"""

from __future__ import annotations

from datetime import timedelta

from checks.key.kinds import ANOTHER, SEE_KEY_01
from checks.key.validity import instant, validity
from scanner.api import (  # fmt: skip
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    counted,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
)
from scanner.facts.keyfile import RegistrationKey


@check(
    id="KEY-04",
    title="Key stays valid long enough",
    warns="The registration key expires soon",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="S4 #step-2-generate-a-vault-registration-key",
    needs=(RegistrationKey,),
    remedy=ANOTHER,
    ends="the registration key is valid for too short a time",
)
def valid_long_enough(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key, hours = view.one(RegistrationKey, file.host), view.estate.thresholds.key_hours
    if key.problem:
        return SEE_KEY_01
    valid = validity(key)
    if valid is None:
        return unknown(tell("no certificate and no time in the file's name tell when the key expires"))
    if view.now > valid.expires:
        return not_applicable(tell("the key has expired; see KEY-03"))
    left = valid.expires - view.now
    seen = tell(
        "{hours} left, until {instant}",
        hours=counted(left // timedelta(hours=1), "hour"),
        instant=instant(valid.expires),
    )
    if not valid.certain:
        return unknown(
            tell("{seen}, estimated from the time in the file's name", seen=seen), wanted=counted(hours, "hour")
        )
    if left < timedelta(hours=hours):
        works = tell("the key registers a server until {instant}", instant=instant(valid.expires))
        return warned(seen, counted(hours, "hour"), ANOTHER, works=works)
    return passed(seen)
