from __future__ import annotations

from dataclasses import replace

import pytest

from checks.common.migrating import TWO_WAYS, authentication, is_enabled, uses_smb
from scanner.api import MissingEvidence, View
from scanner.facts.hyperv import MigrationAuthentication, MigrationPerformance, MigrationSettings, VMHost
from tests.checks.common.builders import GONE, module, settings
from tests.conftest import HV01, evidence

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
