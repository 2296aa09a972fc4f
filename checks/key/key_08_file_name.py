"""The set-up that registers a server takes a key file by the end of its name, whatever is in the file.

Passes when the name ends in .VaultCredentials, in any case; a time in it that is older than five days is noted where
the certificate is valid all the same. Fails otherwise.
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.key.validity import LIFETIME, instant
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell
from scanner.facts.keyfile import RegistrationKey

END = ".vaultcredentials"
RENAME = tell("Give the file the name under which it was downloaded, with .VaultCredentials at its end.")


@check(
    id="KEY-08",
    title="Key file is called as one",
    fails="Name of the key file does not end in .VaultCredentials",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="beyond seeds",
    needs=(RegistrationKey,),
    remedy=RENAME,
)
def file_name(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    name = clip(key.file_name)
    if not key.file_name.lower().endswith(END):
        return failed(name, tell("a name that ends in .VaultCredentials"), RENAME)
    valid = key.not_after is not None and view.now <= key.not_after
    old = key.file_time is not None and view.now > key.file_time + LIFETIME
    note = (
        tell("the name says {instant}, the certificate is newer", instant=instant(key.file_time))
        if key.file_time and old and valid
        else ""
    )
    return passed(name, note=note)
