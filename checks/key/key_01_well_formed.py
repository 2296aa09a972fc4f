"""The registration key is a small XML file; a saved error page, an empty or a cut file cannot register a server.

Passes when the file is well-formed XML, without a document type, and its root element is that of vault credentials.
Fails otherwise, and says why; where there is no such file, the path in the estate file is to be mended, and no key.
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.kinds import ANOTHER, KNOWN, PATH
from scanner.api import (
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    by_text,
    check,
    counted,
    failed,
    joined,
    passed,
    scopes,
    tell,
)
from scanner.facts.keyfile import NO_FILE, NOT_THERE, RegistrationKey


@check(
    id="KEY-01",
    title="Registration key file is readable and well formed",
    fails="Registration key file is missing, unreadable or no registration key",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="S4 #step-2-generate-a-vault-registration-key",
    needs=(RegistrationKey,),
    remedy=ANOTHER,
)
def well_formed(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.problem in (NO_FILE, NOT_THERE):
        return failed(by_text(key.problem), tell("a vault credentials file as downloaded"), PATH)
    if key.problem:
        return failed(
            tell("{problem} ({bytes})", problem=clip(by_text(key.problem)), bytes=counted(key.size, "byte")),
            tell("a vault credentials file as downloaded"),
            ANOTHER,
        )
    if key.root not in KNOWN:
        return failed(
            tell("root element {root}", root=clip(key.root) or tell("missing")),
            tell("one of {known}", known=joined(", ", KNOWN)),
            ANOTHER,
        )
    return passed(tell("{root}, {bytes}", root=key.root, bytes=counted(key.size, "byte")))
