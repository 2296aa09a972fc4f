"""A registration key is good for five days after it was generated; later no server can be registered with it.

Passes while the key's certificate, and five days since it was generated, have not run out. Fails afterwards. Warns when
the certificate is dated in the future or lacks its private key (agents call such a file expired), and when only the
time in the file's name is known, which is an estimate. Does not apply to a file that is not well formed (KEY-01).
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.kinds import ANOTHER
from checks.key.validity import instant, validity
from scanner.api import (  # fmt: skip
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    unknown,
    warned,
)
from scanner.facts.keyfile import RegistrationKey


@check(
    id="KEY-03",
    title="Key has not expired",
    severity=Severity.CRITICAL,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="S4 #step-2-generate-a-vault-registration-key item 3",
    needs=(RegistrationKey,),
    remedy=ANOTHER,
)
def not_expired(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.problem:
        return not_applicable("the file is not well formed; see KEY-01")
    valid = validity(key)
    if valid is None:
        return unknown(f"no certificate and no time in the file's name: {clip(key.certificate_problem) or 'no date'}")
    wanted, source = f"valid at {instant(view.now)}", "" if valid.certain else ", by the time in the file's name"
    if view.now > valid.expires:
        return failed(f"expired at {instant(valid.expires)}{source}", wanted, ANOTHER)
    seen = f"expires at {instant(valid.expires)}{source}"
    if key.not_before is not None and view.now < key.not_before:
        return warned(f"valid only from {instant(key.not_before)}", wanted, note="is a clock wrong?")
    if key.certificate_problem or not valid.certain:
        return warned(seen, wanted, ANOTHER, note=f"certificate: {clip(key.certificate_problem) or 'not readable'}")
    return passed(seen)
