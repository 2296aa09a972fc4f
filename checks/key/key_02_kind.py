"""A vault hands out credentials for Backup and for Site Recovery, and only the latter register a VMM server.

Passes for a Site Recovery key of today, made for VMM. Fails for Backup credentials and for anything else. UNKNOWN,
since nobody has proven that a VMM server takes or refuses it: a key of the former kind, whose sign-in service is said
to be retired; one whose XML namespace is missing, as after editing by hand; one that was made for a Hyper-V site. Does
not apply to a file that is not well formed (KEY-01 says so).
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.kinds import ANOTHER, BACKUP, RETIRED, SEE_KEY_01, SITE_RECOVERY
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
    unknown,
)
from scanner.facts.keyfile import RegistrationKey


@check(
    id="KEY-02",
    title="Key is for Site Recovery, not for Backup",
    fails="Key is for Backup or for something else than Site Recovery",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="S4 #step-2-generate-a-vault-registration-key",
    needs=(RegistrationKey,),
    remedy=ANOTHER,
)
def kind(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.root in BACKUP:
        return failed(f"{key.root}: credentials of Azure Backup", SITE_RECOVERY, ANOTHER)
    if key.problem:
        return SEE_KEY_01
    if key.root == RETIRED:
        reason = f"{key.root}: a key of the former kind, whose sign-in service is said to be retired"
        return unknown(reason, wanted=SITE_RECOVERY)
    if key.root != SITE_RECOVERY:
        return failed(f"root element {clip(key.root) or 'missing'}", SITE_RECOVERY, ANOTHER)
    if not key.namespace:
        return unknown(f"{key.root} outside its XML namespace: edited by hand?", wanted="the file as downloaded")
    if key.site:
        reason = f"made for the Hyper-V site {clip(key.site)}; whether a VMM server takes it is not proven"
        return unknown(reason, wanted="a key made for VMM, without a site")
    return passed(key.root)
