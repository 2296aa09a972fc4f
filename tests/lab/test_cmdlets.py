"""The practice machine's commands: what they answer, and how strictly they refuse."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lab import contract
from lab.windows import machine as machines
from lab.windows.machine import Machine
from lab.windows.trial import Trial, script
from lab.windows.wsman.pipeline import ErrorRecord, Failed, Output, PipelineRequest, Step

EXAMPLES = Path(machines.__file__).parent / "examples"
V2 = "root\\virtualization\\v2"
GET_CIM = "Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand"


@pytest.fixture
def healthy() -> Trial:
    return Trial(Machine.load(EXAMPLES / "hv01-2019.toml"))


@pytest.fixture
def old() -> Trial:
    return Trial(Machine.load(EXAMPLES / "hv11-2012r2.toml"))


def _errors(answer: dict[str, Any]) -> list[tuple[str, int]]:
    return [(error["id"], error["category"]) for error in answer["errors"]]


def _cim(trial: Trial, name: str, namespace: str = V2, **more: Any) -> dict[str, Any]:
    return trial.ask(("Get-CimInstance", {"Namespace": namespace, "ClassName": name, **more}))


# ---- the plan

LISTS = {"RegistryValues", "FirewallRules"}
NO_CLUSTER = {"ClusterInfo", "ClusterNodes", "ClusterGroups", "ClusterResources"}
NO_VMM_MODULE = ("Get-SC",)


def _statements() -> list[dict[str, Any]]:
    listed = contract.load("plan")["statements"]
    return [s for s in listed if "<" not in json.dumps([c["parameters"] for c in s["commands"]])]


def test_every_statement_runs_on_a_healthy_host_but_for_what_is_predicted(healthy: Trial) -> None:
    statements = _statements()
    assert len(statements) > 65
    answers = healthy.plan(*({"name": s["fact"], "commands": s["commands"]} for s in statements))
    for statement in statements:
        fact, found = statement["fact"], _errors(answers[statement["fact"]])
        if fact in LISTS:
            assert {e for e, _ in found} == {"PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand"}
        elif fact in NO_CLUSTER:
            assert found == [(f"HRESULT 0x8004100e,{GET_CIM}", 10)]
        elif statement["commands"][0]["command"].startswith(NO_VMM_MODULE):
            assert found == [("CommandNotFoundException", 13)]
        else:
            assert found == [], fact


def test_a_fact_has_the_properties_it_was_asked_for_in_the_asked_spelling(healthy: Trial) -> None:
    statements = [s for s in _statements() if s["fact"] not in {"FirewallRules", "SecureChannel"}]
    answers = healthy.plan(*({"name": s["fact"], "commands": s["commands"]} for s in statements))
    filled = 0
    for statement in statements:
        for row in answers[statement["fact"]]["rows"]:
            assert list(row) == statement["commands"][-1]["parameters"]["Property"]
            filled += 1
    assert filled > 80


def test_absent_keys_are_errors_and_the_others_are_rows(healthy: Trial) -> None:
    statement = next(s for s in _statements() if s["fact"] == "RegistryValues")
    answer = healthy.plan({"name": "it", "commands": statement["commands"]})["it"]
    asked = statement["commands"][0]["parameters"]["LiteralPath"]
    assert len(answer["rows"]) + len(answer["errors"]) == len(asked)
    versions = [row["UBR"] for row in answer["rows"] if row["PSPath"].endswith("\\Windows NT\\CurrentVersion")]
    assert versions == [5000]
    missing = [error["target"] for error in answer["errors"]]
    assert "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Azure Site Recovery" in missing


def test_firewall_rules_come_one_property_a_rule(healthy: Trial) -> None:
    statement = next(s for s in _statements() if s["fact"] == "FirewallRules")
    rows = healthy.plan({"name": "it", "commands": statement["commands"]})["it"]["rows"]
    local = next(row for row in rows if row["PSPath"].endswith("\\FirewallRules"))
    assert "|Active=TRUE|" in local["VIRT-MIGL-In-TCP-NoScope"]
    assert "|Active=FALSE|" in local["VIRT-HVRHTTPL-In-TCP-NoScope"]
    assert "PSChildName" not in local


def test_a_query_gives_the_same_in_both_ways(healthy: Trial) -> None:
    healthy.machine.state.clock = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    for statement in _statements():
        commands = [(c["command"], c["parameters"]) for c in statement["commands"]]
        answer = healthy.ask(*commands)
        events = healthy.command(*commands)
        rows = [json.loads(str(e.value)) for e in events if isinstance(e, Output)]
        flat = rows[0] if rows and isinstance(rows[0], list) else rows
        assert flat == answer["rows"], statement["fact"]
        failed = [e.error if isinstance(e, Failed) else e for e in events if isinstance(e, Failed | ErrorRecord)]
        assert [e.id for e in failed] == [e["id"] for e in answer["errors"]]


# ---- what is refused


def test_unknown_commands_parameters_and_sets(healthy: Trial) -> None:
    assert _errors(healthy.ask(("Get-Nonsense", {}))) == [("CommandNotFoundException", 13)]
    assert _errors(healthy.ask(("Get-CimInstance", {"Klass": "x"}))) == [(f"NamedParameterNotFound,{GET_CIM}", 5)]
    owner = "Microsoft.PowerShell.Commands.GetItemPropertyCommand"
    assert _errors(healthy.ask(("Get-ItemProperty", {"Path": ["HKLM"], "LiteralPath": ["HKLM"]}))) == [
        (f"AmbiguousParameterSet,{owner}", 5)
    ]
    assert _errors(healthy.ask(("Get-SmbServerConfiguration", {"X": 1}))) == [
        ("NamedParameterNotFound,Get-SmbServerConfiguration", 5)
    ]


def test_the_cim_errors(healthy: Trial, old: Trial) -> None:
    assert _errors(_cim(healthy, "Win32_Nothing", "root\\cimv2")) == [(f"HRESULT 0x80041010,{GET_CIM}", 10)]
    assert _errors(_cim(healthy, "X", "root\\nothing")) == [(f"HRESULT 0x8004100e,{GET_CIM}", 10)]
    bad = _cim(healthy, "Win32_Service", "root\\cimv2", Filter="Nothing='x'")
    assert _errors(bad) == [(f"HRESULT 0x80041017,{GET_CIM}", 5)]
    bad = _cim(healthy, "Win32_Service", "root\\cimv2", Property=["Name", "Nothing"])
    assert _errors(bad) == [(f"HRESULT 0x80041017,{GET_CIM}", 5)]
    assert _errors(_cim(old, "Msvm_SecuritySettingData")) == [(f"HRESULT 0x80041010,{GET_CIM}", 10)]
    guard = _cim(old, "Win32_DeviceGuard", "root\\Microsoft\\Windows\\DeviceGuard")
    assert _errors(guard) == [(f"HRESULT 0x8004100e,{GET_CIM}", 10)]


def test_a_filter_and_a_property_list_narrow(healthy: Trial) -> None:
    where = {"Filter": "Name='vmms' OR Name='dra'", "Property": ["name"]}
    rows = _cim(healthy, "Win32_Service", "root\\cimv2", **where)["rows"]
    assert [(row["Name"], row["State"]) for row in rows] == [("vmms", None)]
    query = {"Query": "SELECT * FROM Win32_Service WHERE State='Running' AND Name LIKE 'W%'"}
    names = [row["Name"] for row in healthy.ask(("Get-CimInstance", query))["rows"]]
    assert names == ["WinRM", "W32Time", "wuauserv"]


HEAD = 'name = "hv09"\nrelease = "{}"\n'


def test_access_denied() -> None:
    trial = Trial.of(HEAD.format("2019") + '[faults]\ndenied = ["root\\\\virtualization\\\\v2", "HKLM\\\\SOFTWARE"]')
    assert _errors(_cim(trial, "Msvm_ComputerSystem")) == [(f"HRESULT 0x80041003,{GET_CIM}", 18)]
    assert _errors(trial.ask(("Get-VMHost", {}))) == [
        ("AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVMHost", 18)
    ]
    key = "Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
    (found,) = _errors(trial.ask(("Get-ItemProperty", {"LiteralPath": [key]})))
    assert found == ("System.Security.SecurityException,Microsoft.PowerShell.Commands.GetItemPropertyCommand", 18)


def test_a_limited_user_sees_the_registry_and_no_cim() -> None:
    text = HEAD.format("2019") + '[faults]\nlimited = ["CORP\\\\reader"]'
    reader, other = Trial.of(text, user="corp\\reader"), Trial.of(text, user="corp\\admin")
    assert _errors(_cim(reader, "Win32_OperatingSystem", "root\\cimv2")) == [(f"HRESULT 0x80041003,{GET_CIM}", 18)]
    assert _cim(other, "Win32_OperatingSystem", "root\\cimv2")["rows"]
    key = "Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
    assert reader.ask(("Get-ItemProperty", {"LiteralPath": [key]}))["rows"]


def test_a_stopped_service_and_an_absent_role() -> None:
    stopped = Trial.of(HEAD.format("2019") + '[services]\nvmms = "stopped"')
    assert _errors(_cim(stopped, "Msvm_ComputerSystem")) == [(f"HRESULT 0x80041013,{GET_CIM}", 0)]
    assert _errors(stopped.ask(("Get-VM", {}))) == [("ObjectNotFound,Microsoft.HyperV.PowerShell.Commands.GetVM", 13)]
    absent = Trial.of(HEAD.format("2019") + '[services]\nvmms = "absent"')
    assert _errors(_cim(absent, "Msvm_ComputerSystem")) == [(f"HRESULT 0x8004100e,{GET_CIM}", 10)]
    assert _errors(absent.ask(("Get-VM", {}))) == [("CommandNotFoundException", 13)]


def test_a_missing_module_and_a_failing_class() -> None:
    text = '[faults]\nmissing_module = ["Hyper-V"]\nfailing = { Win32_Volume = "0x80041001" }'
    trial = Trial.of(HEAD.format("2022") + text)
    assert _errors(trial.ask(("Get-VMHost", {}))) == [("CommandNotFoundException", 13)]
    assert trial.ask(("Get-Module", {"ListAvailable": True, "Name": ["Hyper-V"]}))["rows"] == []
    assert _errors(_cim(trial, "Win32_Volume", "root\\cimv2")) == [(f"HRESULT 0x80041001,{GET_CIM}", 0)]


def test_error_action_is_obeyed(healthy: Trial) -> None:
    asked = {"ClassName": "Win32_Nothing"}
    (event,) = healthy.command(("Get-CimInstance", {**asked, "ErrorAction": "Stop"}))
    assert isinstance(event, Failed)
    assert healthy.command(("Get-CimInstance", {**asked, "ErrorAction": "SilentlyContinue"})) == []


def test_what_the_lab_cannot_do_is_said(healthy: Trial) -> None:
    for command in (
        ("Get-CimInstance", {"ClassName": "Win32_Service", "ComputerName": ["x"]}),
        ("Get-Volume", {}),
        ("Select-Object", {"Property": ["A"], "Unique": True}),
    ):
        (found,) = healthy.ask(command)["errors"]
        assert found["id"] == "LabLimit"


def test_a_hanging_query_costs_only_what_comes_after_it() -> None:
    trial = Trial.of(HEAD.format("2019") + '[faults]\nhang = ["VMHost"]')
    arrived: list[Any] = []
    first = threading.Event()
    plan = [
        {
            "name": "ComputerSystem",
            "commands": [{"command": "Get-CimInstance", "parameters": {"ClassName": "Win32_Service"}}],
        },
        {"name": "VMHost", "commands": [{"command": "Get-VMHost", "parameters": {}}]},
    ]

    def run() -> None:
        steps = (script("Invoke-Query.ps1", Plan=json.dumps(plan)),)
        for event in trial.runner.run(PipelineRequest("hv09", "u", "Microsoft.PowerShell", "s", steps)):
            arrived.append(event)
            first.set()

    worker = threading.Thread(target=run)
    worker.start()
    assert first.wait(20)
    assert len(arrived) == 1
    assert worker.is_alive()
    trial.runner.stop()
    worker.join(20)
    assert len(arrived) == 2


# ---- releases


def test_an_old_release_has_an_old_module(old: Trial) -> None:
    wanted = ["VirtualMachineMigrationPerformanceOption", "SupportedVmVersions"]
    (row,) = old.ask(("Get-VMHost", {}), ("Select-Object", {"Property": wanted}))["rows"]
    assert row == {"VirtualMachineMigrationPerformanceOption": 0, "SupportedVmVersions": None}
    (found,) = _errors(old.ask(("Get-VMHost", {"CimSession": "x"})))
    assert found == ("NamedParameterNotFound,Microsoft.HyperV.PowerShell.Commands.GetVMHostCommand", 5)
    assert old.runner.powershell_version("hv11") == "4.0"


def test_a_2012_host_knows_no_compression() -> None:
    trial = Trial.of(HEAD.format("2012"))
    asked = {"Property": ["EnableVirtualSystemMigration", "EnableCompression", "EnableSmbTransport"]}
    commands = ("Get-CimInstance", {"Namespace": V2, "ClassName": "Msvm_VirtualSystemMigrationServiceSettingData"})
    assert list(trial.ask(commands, ("Select-Object", asked))["rows"][0].values()) == [True, None, None]


# ---- scripts


def test_scripts_are_known_by_their_text(healthy: Trial) -> None:
    windows = script("Invoke-Query.ps1", Plan="[]")
    assert healthy.pipeline(Step(windows.name.replace("\n", "\r\n"), True, windows.parameters)) == []
    (event,) = healthy.pipeline(Step(windows.name + " ", True, windows.parameters))
    assert isinstance(event, Failed)
    assert event.error.id == "LabLimit"
    (event,) = healthy.pipeline(Step(windows.name, True, {}))
    assert isinstance(event, Failed)
    assert event.error.id.startswith("MissingMandatoryParameter")
    assert len(healthy.pipeline(Step(windows.name, True, {"": ['[{"name":"a","commands":[]}]']}))) == 1


def test_a_function_is_there_once_it_was_defined_in_the_shell(healthy: Trial) -> None:
    asked = ("Test-Endpoint", {"Target": ["127.0.0.1:1"]})
    assert _errors(healthy.ask(asked)) == [("CommandNotFoundException", 13)]
    healthy.define_test_endpoint()
    assert healthy.ask(asked)["rows"][0]["Outcome"] == "Refused"


def test_objects_leave_as_json_only(healthy: Trial) -> None:
    (event,) = healthy.pipeline(Step("Get-VMHost", False, {}))
    assert isinstance(event, Failed)
    assert event.error.id == "LabLimit"


def test_a_hidden_namespace_gives_no_row_and_no_error() -> None:
    trial = Trial.of(HEAD.format("2019") + '[faults]\nhidden = ["root\\\\virtualization\\\\v2"]')
    asked = {"Namespace": "root\\virtualization\\v2", "ClassName": "Msvm_ComputerSystem"}
    answer = trial.ask(("Get-CimInstance", asked))
    assert (answer["rows"], answer["errors"]) == ([], [])
    assert trial.ask(("Get-CimInstance", {"ClassName": "Win32_ComputerSystem"}))["rows"]
