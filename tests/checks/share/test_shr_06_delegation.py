from __future__ import annotations

import pytest

from checks.share.shr_06_delegation import delegation as check
from scanner.api import Status
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem
from scanner.facts.network import IPAddress
from scanner.judge.judging import asks_of
from tests.checks.common.builders import address
from tests.checks.share.paths import FOLDER, FS01, GONE, VMM01, computer, known, plan
from tests.conftest import CORP, HV01, HV02, NOW, Judge, evidence

TRANSITION = 0x1000000
BOTH = ("cifs/fs01", "cifs/fs01.corp.example")
SUBJECT = f"{HV01}/{FS01}"


def run(judge: Judge, names=BOTH, control=0x1000 | TRANSITION, subject=SUBJECT, where=None, more=None, **server):
    fs01 = computer("FS01", "S-1-5-21-1-2-3-1800", **({"spns": ("HOST/FS01", f"HOST/{FS01}")} | server))
    facts = known(
        computers=[computer("HV01", "S-1-5-21-1-2-3-1801", delegates_to=names, user_account_control=control), fs01]
    )
    facts |= {
        (NamedAccount, CORP): [],
        (IPAddress, HV01): [address("10.0.0.1/24")],
        (OperatingSystem, HV01): [OperatingSystem(NOW, 17763, "10.0.17763", 3, None, 8)],
        (DeviceGuard, HV01): [],
    }
    return judge(check, facts | (more or {}), where or plan(), subject=subject)


def test_listed_with_any_protocol(judge: Judge):
    assert run(judge).status is Status.PASS


def test_one_name_is_a_warning(judge: Judge):
    assert run(judge, BOTH[1:]).status is Status.WARN


def test_nothing_is_listed(judge: Judge):
    finding = run(judge, ())
    assert finding.status is Status.FAIL
    assert "msDS-AllowedToDelegateTo" in finding.remedy


def test_without_any_protocol(judge: Judge):
    finding = run(judge, control=0x1000)
    assert finding.status is Status.FAIL
    assert "TrustedToAuthForDelegation" in finding.remedy


def test_named_on_the_server_does_without(judge: Judge):
    finding = run(judge, (), 0x1000, allowed_sids=("S-1-5-21-1-2-3-1801",), has_resource_delegation=True)
    assert finding.status is Status.PASS


def test_a_host_that_sends_nothing(judge: Judge):
    assert run(judge, subject=f"{HV02}/{FS01}").status is Status.NOT_APPLICABLE


def test_a_host_in_no_domain(judge: Judge):
    outside = {(ComputerSystem, HV01): [ComputerSystem("HV01", "hv01", "WORKGROUP", False, 2)]}
    assert run(judge, more=outside).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("more", [{(ComputerAccount, CORP): GONE}, {(ComputerSystem, HV01): GONE}])
def test_unread(judge: Judge, more):
    assert run(judge, more=more).status is Status.UNKNOWN


def test_the_machine_of_a_folder(judge: Judge):
    where = plan(FOLDER, VMM01, routes=())
    assert run(judge, (), subject=f"{HV01}/{VMM01}", where=where).status is Status.UNKNOWN


def test_it_asks_for_the_account_of_the_paths_machine():
    asked = {(ask.fact, ask.target, ask.argument) for ask in asks_of([check], evidence(known(), plan()))}
    assert asked == {(NamedAccount, CORP, FS01)}
