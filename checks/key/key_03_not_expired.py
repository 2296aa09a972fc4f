"""A registration key is good for five days after it was generated; later no server can be registered with it.

Passes while the key's certificate, and five days since it was generated, have not run out; whether the certificate will
do is for KEY-05 and KEY-06. Fails afterwards. Where no certificate tells, the time in the file's name is an estimate:
within five days of it UNKNOWN, later a failure. Does not apply to a file that is not well formed (KEY-01).
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.kinds import ANOTHER, SEE_KEY_01
from checks.key.validity import instant, validity
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    by_text,  # fmt: skip
    check,
    failed,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.keyfile import RegistrationKey


@check(
    id="KEY-03",
    title="Key has not expired",
    fails="The registration key has expired",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="S4 #step-2-generate-a-vault-registration-key item 3",
    needs=(RegistrationKey,),
    remedy=ANOTHER,
    ends="the registration key expires",
)
def not_expired(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.problem:
        return SEE_KEY_01
    valid = validity(key)
    if valid is None:
        return unknown(
            tell(
                "no certificate and no time in the file's name: {certificate_problem}",
                certificate_problem=clip(by_text(key.certificate_problem)) or tell("no date"),
            )
        )
    wanted, source = (
        tell("valid at {instant}", instant=instant(view.now)),
        "" if valid.certain else tell(", by the time in the file's name"),
    )
    if view.now > valid.expires:
        return failed(
            tell("expired at {instant}{source}", instant=instant(valid.expires), source=source), wanted, ANOTHER
        )
    seen = tell("expires at {instant}{source}", instant=instant(valid.expires), source=source)
    if not valid.certain:
        return unknown(
            tell(
                "{seen}; certificate: {certificate_problem}",
                seen=seen,
                certificate_problem=clip(by_text(key.certificate_problem)) or tell("not readable"),
            ),
            wanted=wanted,
        )
    return passed(seen)
