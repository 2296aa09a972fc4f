from __future__ import annotations

import pytest

from checks.network.net_07_multichannel import multichannel
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from tests.checks.common.builders import GONE, module, settings
from tests.checks.common.smb_ends import BY_SMB, MODULE_SMB, SMB, server
from tests.conftest import HV01, HV02, HV11, Judge, estate

SERVER = f"Set-SmbServerConfiguration -CimSession '{HV01}' -EnableMultiChannel $true -Force"
CLIENT = f"Set-SmbClientConfiguration -CimSession '{HV01}' -EnableMultiChannel $true -Force"


@pytest.mark.parametrize(
    ("as_client", "as_server", "expected", "seen", "remedy"),
    [
        (True, True, Status.PASS, "on, as client and as server", ""),
        (False, True, Status.WARN, "off as client", CLIENT),
        (True, False, Status.WARN, "off as server", SERVER),
        (False, False, Status.WARN, "off as client and as server", f"{CLIENT}\n{SERVER}"),
        (None, True, Status.UNKNOWN, "", ""),
        (True, None, Status.UNKNOWN, "", ""),
        (False, None, Status.UNKNOWN, "", ""),
    ],
)
def test_both_ends(judge: Judge, as_client, as_server, expected, seen, remedy):
    rows = {
        (SmbClientConfiguration, HV01): [SmbClientConfiguration(None, as_client)],
        (SmbServerConfiguration, HV01): [server(multichannel=as_server)],
    }
    finding = judge(multichannel, SMB | rows, subject=HV01)
    assert (finding.status, finding.seen, finding.remedy) == (expected, seen, remedy)


def plain(*hosts):
    return {(MigrationSettings, h): [settings()] for h in hosts} | {(VMHost, h): [module()] for h in hosts}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param(plain(HV01, HV02), Status.NOT_APPLICABLE, id="neither"),
        pytest.param(plain(HV01), Status.NOT_APPLICABLE, id="the other host alone"),
        pytest.param(plain(HV02), Status.PASS, id="this host"),
        pytest.param({(MigrationSettings, HV02): GONE}, Status.PASS, id="the other not read"),
        pytest.param({(MigrationSettings, HV01): GONE}, Status.UNKNOWN, id="not read"),
        pytest.param(plain(HV01, HV02) | {(VMHost, HV01): [MODULE_SMB]}, Status.UNKNOWN, id="told in two ways"),
        pytest.param({(SmbClientConfiguration, HV01): GONE}, Status.UNKNOWN, id="client unread"),
        pytest.param({(SmbServerConfiguration, HV01): GONE}, Status.UNKNOWN, id="server unread"),
        pytest.param({(SmbServerConfiguration, HV01): []}, Status.UNKNOWN, id="no row"),
    ],
)
def test_only_where_smb_is_chosen(judge: Judge, more, expected):
    assert judge(multichannel, SMB | more, subject=HV01).status is expected


def test_a_host_of_no_planned_move(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02),))
    told = SMB | {(MigrationSettings, HV11): [BY_SMB]}
    assert judge(multichannel, told, where, subject=HV11).status is Status.NOT_APPLICABLE


def test_disks_alone(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    assert judge(multichannel, SMB, where, subject=HV01).status is Status.NOT_APPLICABLE
