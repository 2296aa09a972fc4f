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
    tell,
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
        return failed(tell("{root}: credentials of Azure Backup", root=key.root), SITE_RECOVERY, ANOTHER)
    if key.problem:
        return SEE_KEY_01
    if key.root == RETIRED:
        reason = tell("{root}: a key of the former kind, whose sign-in service is said to be retired", root=key.root)
        return unknown(reason, wanted=SITE_RECOVERY)
    if key.root != SITE_RECOVERY:
        return failed(tell("root element {root}", root=clip(key.root) or tell("missing")), SITE_RECOVERY, ANOTHER)
    if not key.namespace:
        return unknown(
            tell("{root} outside its XML namespace: edited by hand?", root=key.root),
            wanted=tell("the file as downloaded"),
        )
    if key.site:
        reason = tell(
            "made for the Hyper-V site {site}; whether a VMM server takes it is not proven", site=clip(key.site)
        )
        return unknown(reason, wanted=tell("a key made for VMM, without a site"))
    return passed(key.root)
