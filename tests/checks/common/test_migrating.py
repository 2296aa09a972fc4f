from __future__ import annotations

from dataclasses import replace

import pytest

from checks.common.migrating import TWO_WAYS, authentication, is_enabled
from scanner.api import MissingEvidence, View
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings, VMHost
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
    for read in (is_enabled, authentication):
        with pytest.raises(MissingEvidence):
            read(view(raw, [module()]), HV01)
