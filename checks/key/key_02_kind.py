"""A vault hands out credentials for Backup and for Site Recovery, and only the latter register a VMM server.

Passes for a Site Recovery key of today. Warns for one of the retired kind, and for one whose XML namespace is missing,
as after editing by hand. Fails for Backup credentials and for anything else. Does not apply to a file that is not
well formed (KEY-01 says so).
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.kinds import ANOTHER, BACKUP, RETIRED, SITE_RECOVERY
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
    warned,
)
from scanner.facts.keyfile import RegistrationKey


@check(
    id="KEY-02",
    title="Key is for Site Recovery, not for Backup",
    severity=Severity.CRITICAL,
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
        return not_applicable("the file is not well formed; see KEY-01")
    if key.root == RETIRED:
        note = "keys of this kind sign in through a service that was retired"
        return warned(f"{key.root}: a key of the former kind", SITE_RECOVERY, ANOTHER, note=note)
    if key.root != SITE_RECOVERY:
        return failed(f"root element {clip(key.root) or 'missing'}", SITE_RECOVERY, ANOTHER)
    if not key.namespace:
        return warned(
            f"{key.root} outside its XML namespace", "the file as downloaded", ANOTHER, note="edited by hand?"
        )
    return passed(key.root)
