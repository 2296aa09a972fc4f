"""The key's certificate proves that a server may register; without its private key it proves nothing.

Passes when the file holds a PKCS#12 with an empty password, a certificate and its private key. Fails when one of them
is missing or it is none; agents then say that the file has expired. UNKNOWN when it is protected in a way that we
cannot read. Does not apply to a file that is not well formed (KEY-01).
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.kinds import ANOTHER, SEE_KEY_01
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
from scanner.facts.keyfile import EMPTY, MALFORMED, NO_BASE64, NO_KEY, PROTECTED, RegistrationKey

USELESS = (NO_KEY, EMPTY, NO_BASE64, MALFORMED, PROTECTED)


@check(
    id="KEY-06",
    title="Key contains a private key",
    fails="Key holds no usable certificate with its private key",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="beyond seeds",
    needs=(RegistrationKey,),
    remedy=ANOTHER,
)
def private_key(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.problem:
        return SEE_KEY_01
    wanted = tell("a certificate with its private key, as downloaded")
    if key.certificate_problem in USELESS:
        return failed(
            by_text(key.certificate_problem), wanted, ANOTHER, note=tell("agents say that such a file has expired")
        )
    if key.certificate_problem:
        return unknown(
            tell("certificate: {certificate_problem}", certificate_problem=clip(by_text(key.certificate_problem))),
            wanted=wanted,
        )
    return passed(tell("a certificate with its private key"))
