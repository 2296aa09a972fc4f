"""A key of another vault registers the server in the wrong place, possibly in another subscription or region.

Passes when vault, subscription and location in the file are those the estate expects, in any case and spacing. Fails
when one differs. What the file does not tell is UNKNOWN. No vault expected: passes with a note, but is UNKNOWN where
another key file is for another vault, or was not read: two sites replicate within one, and which is meant nobody says.
Does not apply to a file that is not well formed (KEY-01).
"""

from __future__ import annotations

from checks.common.parts import clip, combine
from checks.key.kinds import ANOTHER, SEE_KEY_01
from checks.key.vaults import another, plain
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell, unknown
from scanner.facts.keyfile import RegistrationKey


@check(
    id="KEY-07",
    title="Key belongs to the expected vault and subscription",
    fails="Key belongs to another vault, subscription or location than expected",
    severity=Severity.HIGH,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.KEY_FILE,
    seed="S4 #step-3-install-the-azure-site-recovery-provider item 9",
    needs=(RegistrationKey,),
    remedy="Use the key of the expected vault, or correct the estate file.",
)
def expected_vault(file: Subject, view: View) -> Verdict:
    """Judge one key file."""
    key = view.one(RegistrationKey, file.host)
    if key.problem:
        return SEE_KEY_01
    plan = next((k for k in view.estate.key_files if k.path == file.host), None)
    pairs = [(tell("vault"), key.vault, plan.vault), (tell("subscription"), key.subscription, plan.subscription),
             (tell("location"), key.location, plan.location)] if plan else []  # fmt: skip
    parts = [_compared(what, found, expected) for what, found, expected in pairs if expected.strip()]
    told = tell(
        "vault {vault}, subscription {subscription}",
        vault=clip(key.vault) or tell("(none)"),
        subscription=clip(key.subscription) or tell("(none)"),
    )
    if not (plan and plan.vault.strip()) and (other := another(view, file.host, key)):
        parts.append(
            unknown(
                tell("{told}; {other}", told=told, other=other),
                wanted=tell("one vault, or for each key file the vault that is expected"),
            )
        )
    return combine(parts) if parts else passed(told, note=tell("the estate does not say which vault is expected"))


def _compared(what: str, found: str, expected: str) -> Verdict:
    if not found.strip():
        return unknown(
            tell("the file names no {what}", what=what), wanted=tell("{what} {expected}", what=what, expected=expected)
        )
    if plain(found) != plain(expected):
        return failed(
            tell("{what} {found}", what=what, found=clip(found)),
            tell("{what} {expected}", what=what, expected=expected),
            ANOTHER,
        )
    return passed(tell("{what} {found}", what=what, found=clip(found)))
