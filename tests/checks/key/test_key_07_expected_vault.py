from __future__ import annotations

import pytest

from checks.key.key_07_expected_vault import expected_vault
from scanner.api import KeyFile, Status
from scanner.facts.keyfile import RegistrationKey
from tests.checks.common.builders import GONE, HOSTILE
from tests.checks.key.builders import KEY, PATH, key, known, plan
from tests.conftest import Judge, estate

SUBSCRIPTION = KEY.subscription


@pytest.mark.parametrize(
    ("row", "where", "expected"),
    [
        pytest.param(key(), plan(vault="Vault-Example"), Status.PASS, id="vault"),
        pytest.param(key(), plan(vault="vault-other"), Status.FAIL, id="another vault"),
        pytest.param(key(), plan(subscription="{" + SUBSCRIPTION.upper() + "}"), Status.PASS, id="braces and case"),
        pytest.param(key(), plan(subscription=SUBSCRIPTION[:-1] + "6"), Status.FAIL, id="another subscription"),
        pytest.param(key(), plan(location="West Europe"), Status.PASS, id="location with a space"),
        pytest.param(key(), plan(location="northeurope"), Status.FAIL, id="another location"),
        pytest.param(key(location=""), plan(location="westeurope"), Status.UNKNOWN, id="location not told"),
        pytest.param(
            key(location=""), plan(vault="x", location="westeurope"), Status.FAIL, id="does not hide a failure"
        ),
        pytest.param(key(location=""), plan(vault="vault-example"), Status.PASS, id="not expected, not missed"),
        pytest.param(key(), plan(vault="vault-example", subscription="0"), Status.FAIL, id="one of two"),
        pytest.param(key(), plan(), Status.PASS, id="nothing expected"),
        pytest.param(key(problem="cut off"), plan(vault="x"), Status.NOT_APPLICABLE, id="not well formed"),
    ],
)
def test_expected_vault(judge: Judge, row, where, expected):
    assert judge(expected_vault, known(row), where).status is expected


def test_texts(judge: Judge):
    finding = judge(expected_vault, known(key(vault=HOSTILE * 10_000)), plan(vault="vault-example"))
    assert finding.wanted == "vault vault-example"
    assert len(finding.seen) < 200
    told = judge(expected_vault, known(key()), plan())
    assert told.seen == f"vault vault-example, subscription {SUBSCRIPTION}"
    assert "does not say which vault" in told.note
    untold = judge(expected_vault, known(key(vault="", subscription="")), plan())
    assert untold.seen == "vault (none), subscription (none)"


def test_each_file_is_held_against_what_is_expected_of_it(judge: Judge):
    for other in ("keys/0.VaultCredentials", "keys/~.VaultCredentials"):
        files = (KeyFile(other, vault="vault-other"), KeyFile(PATH, vault="vault-example"))
        where = estate(profiles=plan().profiles, key_files=files)
        assert judge(expected_vault, known(key()), where, subject=PATH).status is Status.PASS


ELSE = "keys/second.VaultCredentials"


@pytest.mark.parametrize(
    ("expected", "second", "status"),
    [
        pytest.param({}, key(vault="Other"), Status.UNKNOWN, id="two vaults, and none is expected"),
        pytest.param({}, key(subscription="{99}"), Status.UNKNOWN, id="of one name in two subscriptions"),
        pytest.param({}, key(vault="VAULT-Example", thumbprint="CD" * 20), Status.PASS, id="two keys of one vault"),
        pytest.param({"vault": "vault-example"}, key(vault="other"), Status.PASS, id="the estate says which is meant"),
        pytest.param({"location": "westeurope"}, key(vault="other"), Status.UNKNOWN, id="it says something else"),
        pytest.param({"location": "norway"}, key(vault="other"), Status.FAIL, id="does not hide a failure"),
        pytest.param({}, key(vault="other", problem="cut off"), Status.PASS, id="the other is not well formed"),
        pytest.param({}, key(vault=" "), Status.PASS, id="the other does not tell its vault"),
        pytest.param({}, GONE, Status.UNKNOWN, id="the other was not read"),
        pytest.param({"vault": "vault-example"}, GONE, Status.PASS, id="not read, and none need be"),
    ],
)
def test_two_keys_that_cannot_both_be_meant(judge: Judge, expected, second, status):
    files = (KeyFile(PATH, **expected), KeyFile(ELSE))
    where = estate(profiles=plan().profiles, key_files=files)
    facts = known(key()) | {(RegistrationKey, ELSE): second if second is GONE else [second]}
    finding = judge(expected_vault, facts, where, subject=PATH)
    assert finding.status is status
    if status is Status.UNKNOWN and second is not GONE:
        assert f"{ELSE} is for vault {second.vault}" in finding.note


@pytest.mark.parametrize(
    ("expected", "status"),
    [
        ({"vault": "VAULT-example"}, Status.PASS),
        ({"vault": "vault-example", "subscription": SUBSCRIPTION}, Status.PASS),
        ({"vault": "vault-example", "subscription": "99"}, Status.UNKNOWN),
        ({"vault": "other"}, Status.UNKNOWN),
    ],
)
def test_what_is_expected_of_the_other_file_tells_which_vault_is_meant(judge: Judge, expected, status):
    where = estate(profiles=plan().profiles, key_files=(KeyFile(PATH), KeyFile(ELSE, **expected)))
    facts = known(key()) | {(RegistrationKey, ELSE): [key(vault="whatever")]}
    assert judge(expected_vault, facts, where, subject=PATH).status is status


def test_a_key_that_tells_no_vault_is_not_of_another(judge: Judge):
    where = estate(profiles=plan().profiles, key_files=(KeyFile(PATH), KeyFile(ELSE)))
    facts = known(key(vault="")) | {(RegistrationKey, ELSE): [key()]}
    assert judge(expected_vault, facts, where, subject=PATH).status is Status.PASS


def test_gap(judge: Judge):
    assert judge(expected_vault, {(RegistrationKey, PATH): GONE}, plan(vault="x")).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param(("v", "s"), ("v", "s"), Status.PASS, id="alike"),
        pytest.param(("v", "s"), ("v", ""), Status.PASS, id="theirs tells no subscription"),
        pytest.param(("v", ""), ("v", "s"), Status.PASS, id="this one tells none"),
        pytest.param(("v", "s"), ("v", "t"), Status.UNKNOWN, id="another subscription"),
        pytest.param(("v", "s"), ("w", "s"), Status.UNKNOWN, id="another vault"),
        pytest.param(("v", "s"), (" ", "t"), Status.PASS, id="theirs tells no vault"),
        pytest.param(("", "s"), ("w", "t"), Status.PASS, id="this one tells no vault"),
    ],
)
def test_two_files_and_no_plan(judge: Judge, mine, theirs, expected):
    other = "keys/0.VaultCredentials"
    where = estate(key_files=(KeyFile(PATH), KeyFile(other)), profiles=plan().profiles)
    facts = {
        (RegistrationKey, path): [key(vault=v, subscription=s)] for path, (v, s) in ((PATH, mine), (other, theirs))
    }
    assert judge(expected_vault, facts, where, subject=PATH).status is expected


def test_a_file_that_no_plan_names(judge: Judge):
    facts = {(RegistrationKey, PATH): [key()]}
    other = estate(key_files=(KeyFile(PATH),), profiles=plan().profiles)
    assert judge(expected_vault, facts, other, subject=PATH).status is Status.PASS
