from __future__ import annotations

import pytest

from checks.host.host_01_hyper_v_running import hyper_v_running
from scanner.api import GapReason, Status
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings
from tests.conftest import HV01, Judge, estate

ALONE = estate(hosts=(HV01,), routes=())
SETTINGS = [MigrationSettings(True, MigrationAuthentication.KERBEROS, True, False, 2, 2)]


def vmms(state: str = "Running", mode: str = "Auto", name: str = "vmms") -> Service:
    return Service(name, state, mode, 4, "LocalSystem")


def run(judge: Judge, services, settings=SETTINGS):
    return judge(hyper_v_running, {(Service, HV01): services, (MigrationSettings, HV01): settings}, ALONE)


@pytest.mark.parametrize(
    ("services", "settings", "expected"),
    [
        pytest.param([vmms(name="WinRM"), vmms()], SETTINGS, Status.PASS, id="running"),
        pytest.param([vmms(name="VMMS")], SETTINGS, Status.PASS, id="case"),
        pytest.param([vmms("Stopped")], SETTINGS, Status.FAIL, id="stopped"),
        pytest.param([vmms("Start Pending")], GapReason.NOT_COLLECTED, Status.FAIL, id="not yet"),
        pytest.param([vmms(name="WinRM")], GapReason.NOT_COLLECTED, Status.FAIL, id="not installed"),
        pytest.param([], SETTINGS, Status.FAIL, id="no service at all"),
        pytest.param([vmms()], [], Status.PASS, id="namespace answers without rows"),
        pytest.param([vmms()], GapReason.ACCESS_DENIED, Status.PASS, id="namespace refuses"),
        pytest.param([vmms()], GapReason.TIMEOUT, Status.PASS, id="namespace is slow"),
        pytest.param([vmms()], GapReason.NOT_COLLECTED, Status.UNKNOWN, id="namespace is missing"),
        pytest.param([vmms()], GapReason.NOT_INSTALLED, Status.UNKNOWN, id="namespace is not installed"),
        pytest.param(GapReason.UNREACHABLE, SETTINGS, Status.UNKNOWN, id="services unknown"),
    ],
)
def test_hyper_v_running(judge: Judge, services, settings, expected):
    assert run(judge, services, settings).status is expected


def test_texts(judge: Judge):
    assert run(judge, []).remedy == (
        "Install-WindowsFeature -ComputerName 'hv01.corp.example' -Name Hyper-V "
        "-IncludeManagementTools -Restart  # restarts"
    )
    stopped = run(judge, [vmms("Stopped", "Disabled")])
    assert stopped.seen == "service vmms is Stopped (Disabled)"
    assert stopped.remedy == (
        "Invoke-Command -ComputerName 'hv01.corp.example' -ScriptBlock "
        "{ Set-Service -Name vmms -StartupType Automatic; Start-Service -Name vmms }"
    )
    assert run(judge, [vmms(mode="Manual")]).note == "it will not start with the machine"
    assert run(judge, [vmms()]).note == ""
