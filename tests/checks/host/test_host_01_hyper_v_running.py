from __future__ import annotations

import pytest

from checks.host.host_01_hyper_v_running import hyper_v_running
from scanner.api import GapReason, Status
from scanner.facts.host import OperatingSystem, ProductType, Service
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings
from scanner.facts.vm import VirtualMachineState
from tests.conftest import HV01, NOW, Judge, estate

ALONE = estate(hosts=(HV01,), routes=())
SETTINGS = [MigrationSettings(True, MigrationAuthentication.KERBEROS, True, False, 2, 2)]


def vmms(state: str = "Running", mode: str = "Auto", name: str = "vmms") -> Service:
    return Service(name, state, mode, 4, "LocalSystem")


OWN = [VirtualMachineState("HV01", "HV01", 2, 5, (2,), 0, 0, 0)]
GUEST = [VirtualMachineState("11111111-2222-3333-4444-555555555551", "web-01", 2, 5, (2,), 0, 0, 0)]
GONE = GapReason.NOT_COLLECTED


def run(judge: Judge, services, settings=SETTINGS, systems=OWN, kind: ProductType = ProductType.SERVER):
    facts = {
        (Service, HV01): services,
        (MigrationSettings, HV01): settings,
        (VirtualMachineState, HV01): systems,
        (OperatingSystem, HV01): [OperatingSystem(NOW, 17763, "10.0.17763", kind, None)],
    }
    return judge(hyper_v_running, facts, ALONE)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        pytest.param([vmms(name="WinRM"), vmms()], Status.PASS, id="running"),
        pytest.param([vmms(name="VMMS")], Status.PASS, id="case"),
        pytest.param([vmms("Stopped")], Status.FAIL, id="stopped"),
        pytest.param([vmms("Start Pending")], Status.FAIL, id="not yet"),
        pytest.param([vmms("Paused")], Status.FAIL, id="paused"),
        pytest.param([vmms(name="ClusSvc"), vmms("Stopped")], Status.FAIL, id="stopped, behind one that runs"),
        pytest.param([vmms(name="WinRM")], Status.FAIL, id="not installed"),
        pytest.param([], Status.FAIL, id="no service at all"),
        pytest.param(GapReason.UNREACHABLE, Status.UNKNOWN, id="services unknown"),
    ],
)
def test_service(judge: Judge, services, expected):
    assert run(judge, services).status is expected


@pytest.mark.parametrize(
    ("systems", "settings", "expected"),
    [
        pytest.param(OWN, [], Status.PASS, id="its own row"),
        pytest.param(OWN, GONE, Status.PASS, id="its own row alone"),
        pytest.param([], SETTINGS, Status.PASS, id="its settings"),
        pytest.param(GONE, SETTINGS, Status.PASS, id="its settings alone, as in a record of before"),
        pytest.param([], [], Status.UNKNOWN, id="no row at all"),
        pytest.param(GUEST, [], Status.UNKNOWN, id="machines, and not the host"),
        pytest.param(GapReason.HIDDEN, GapReason.HIDDEN, Status.UNKNOWN, id="hidden"),
        pytest.param(GapReason.ACCESS_DENIED, GapReason.ACCESS_DENIED, Status.UNKNOWN, id="refuses"),
        pytest.param(GapReason.TIMEOUT, [], Status.UNKNOWN, id="is slow"),
        pytest.param(GapReason.NOT_INSTALLED, GapReason.NOT_INSTALLED, Status.UNKNOWN, id="is missing"),
    ],
)
def test_namespace(judge: Judge, systems, settings, expected):
    assert run(judge, [vmms()], settings, systems).status is expected


def test_the_reason_is_told(judge: Judge):
    told = run(judge, [vmms()], GapReason.HIDDEN, GapReason.HIDDEN).note
    assert told.startswith("service vmms is Running, yet its namespace does not show the host; VirtualMachineState of")
    assert "access denied or provider broken" in told
    assert run(judge, [vmms()], [], []).note.endswith("; no row of the host in it")


def test_a_client_is_told_no_command_that_it_lacks(judge: Judge):
    finding = run(judge, [], kind=ProductType.CLIENT)
    assert (finding.status, finding.remedy) == (Status.FAIL, "")


def test_texts(judge: Judge):
    assert run(judge, []).remedy == (
        "Install-WindowsFeature -ComputerName 'hv01.corp.example' -Name Hyper-V -IncludeManagementTools"
    )
    assert run(judge, []).note == "it is there after a restart of the host"
    stopped = run(judge, [vmms("Stopped", "Disabled")])
    assert stopped.seen == "service vmms is Stopped (Disabled)"
    assert stopped.remedy == (
        "Invoke-Command -ComputerName 'hv01.corp.example' -ScriptBlock "
        "{ Set-Service -Name vmms -StartupType Automatic; Start-Service -Name vmms }"
    )
    assert run(judge, [vmms(mode="Manual")]).note == "it will not start with the machine"
    assert run(judge, [vmms()]).note == ""


@pytest.mark.parametrize("systems", [[], GapReason.TIMEOUT])
def test_what_is_not_known_to_be_a_client_gets_the_command_of_a_server(judge: Judge, systems):
    facts = {(Service, HV01): [], (OperatingSystem, HV01): systems}
    assert judge(hyper_v_running, facts, ALONE).remedy.startswith("Install-WindowsFeature")
