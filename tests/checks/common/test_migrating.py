from __future__ import annotations

from dataclasses import replace

import pytest

from checks.common.migrating import (
    TWO_WAYS,
    any_uses_smb,
    authentication,
    is_enabled,
    partners,
    performance,
    told_otherwise,
    uses_smb,
)
from scanner.api import MissingEvidence, Route, View
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationAuthentication, MigrationPerformance, MigrationSettings, VMHost
from tests.checks.common.builders import GONE, module, settings
from tests.conftest import HV01, HV02, NOW, estate, evidence

CREDSSP, KERBEROS = MigrationAuthentication.CREDSSP, MigrationAuthentication.KERBEROS


def view(raw, told) -> View:
    return View(evidence({(MigrationSettings, HV01): raw, (VMHost, HV01): told}), TWO_WAYS)


@pytest.mark.parametrize("told", [GONE, [], [module()]])
def test_the_module_agrees_or_is_silent(told):
    assert is_enabled(view([settings()], told), HV01) is True
    assert authentication(view([settings()], told), HV01) is KERBEROS


def test_the_module_says_otherwise():
    credssp = [replace(module(), authentication=CREDSSP)]
    with pytest.raises(MissingEvidence, match="the settings say Kerberos, the Hyper-V module says CredSSP"):
        authentication(view([settings()], credssp), HV01)
    for told in (credssp, [module()]):
        assert authentication(view([settings(authentication=CREDSSP)], told), HV01) is CREDSSP
    with pytest.raises(MissingEvidence, match="the Hyper-V module says disabled"):
        is_enabled(view([settings()], [replace(module(), migration_enabled=False)]), HV01)
    for told in (module(), replace(module(), migration_enabled=False)):
        assert is_enabled(view([settings(enabled=False)], [told]), HV01) is False


@pytest.mark.parametrize("raw", [GONE, []])
def test_the_raw_settings_are_needed(raw):
    for read in (is_enabled, authentication, uses_smb):
        with pytest.raises(MissingEvidence):
            read(view(raw, [module()]), HV01)


def performs(how: MigrationPerformance | None) -> list[VMHost]:
    return [replace(module(), performance=how)]


SMB, PLAIN, OLD = settings(smb=True, compression=False), settings(), settings(smb=None, compression=None)
ONLY_TCP = settings(smb=False, compression=False)


@pytest.mark.parametrize(
    ("raw", "told", "expected"),
    [
        *((raw, told, raw is SMB) for raw in (SMB, PLAIN, OLD, ONLY_TCP) for told in (GONE, [], performs(None))),
        (SMB, performs(MigrationPerformance.SMB), True),
        *(
            (raw, performs(how), False)
            for raw in (PLAIN, OLD, ONLY_TCP)
            for how in (MigrationPerformance.TCPIP, MigrationPerformance.COMPRESSION)
        ),
    ],
)
def test_how_memory_goes_where_nothing_contradicts(raw, told, expected):
    assert uses_smb(view([raw], told), HV01) is expected


@pytest.mark.parametrize(
    ("raw", "told", "words"),
    [
        (SMB, MigrationPerformance.TCPIP, "say SMB, the Hyper-V module says TCP/IP"),
        (SMB, MigrationPerformance.COMPRESSION, "say SMB, the Hyper-V module says compression"),
        *((raw, MigrationPerformance.SMB, "say no SMB, the Hyper-V module says SMB") for raw in (PLAIN, OLD, ONLY_TCP)),
        *((settings(smb=True), how, "SMB and compression at once") for how in (None, *MigrationPerformance)),
    ],
)
def test_how_memory_goes_is_told_in_two_ways(raw, told, words):
    with pytest.raises(MissingEvidence, match=words):
        uses_smb(view([raw], performs(told)), HV01)


def two(here, there, told=GONE) -> View:
    rows = {(MigrationSettings, HV01): here, (MigrationSettings, HV02): there}
    return View(evidence(rows | {(VMHost, HV01): told, (VMHost, HV02): told}), TWO_WAYS)


def test_one_that_surely_sends_by_smb_is_enough():
    for seen in (two(GONE, [SMB]), two([SMB], GONE), two([SMB], [PLAIN]), two([PLAIN], [SMB])):
        assert any_uses_smb(seen, HV01, HV02) is True
    assert any_uses_smb(two([PLAIN], [PLAIN]), HV01, HV02) is False
    for seen in (two(GONE, [PLAIN]), two([PLAIN], GONE)):
        with pytest.raises(MissingEvidence):
            any_uses_smb(seen, HV01, HV02)


def test_only_moves_of_machines_make_partners():
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    assert partners(View(evidence({}, where), TWO_WAYS), HV01) == []
    both = View(evidence({}), TWO_WAYS)
    assert (partners(both, HV01), partners(both, HV02)) == ([HV02], [HV01])


@pytest.mark.parametrize(("compression", "smb"), [(None, False), (False, None), (None, True), (True, None)])
def test_half_of_the_setting_tells_nothing_on_any_release(compression, smb):
    facts = {(MigrationSettings, HV01): [settings(smb=smb, compression=compression)], (VMHost, HV01): GONE}
    for build in (9200, 17763):
        known = facts | {(OperatingSystem, HV01): [OperatingSystem(NOW, build, "", ProductType.SERVER, None)]}
        with pytest.raises(MissingEvidence, match="is not told"):
            performance(View(evidence(known), (*TWO_WAYS, OperatingSystem)), HV01)


def test_a_module_that_agrees_contradicts_nothing():
    credssp = settings(authentication=CREDSSP)
    assert told_otherwise(two([settings()], [credssp], [module()]), HV01) == ""
    assert told_otherwise(two([settings()], [credssp], [module()]), HV01, HV02).startswith(f"sign-in on {HV02}")
