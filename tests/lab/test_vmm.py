"""What a practice VMM server answers, in both ways, and how its refusals are read."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from lab import contract
from lab.windows.machine import Machine, parse
from lab.windows.trial import Trial, script
from lab.windows.wsman.pipeline import ErrorRecord, Output, Step
from scanner.collect.transport.bounds import MAX_VALUES
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.collect.windows.open_questions import OpenQuestions
from scanner.collect.windows.questions import Question
from scanner.facts.base import WindowsFact, properties
from scanner.facts.host import ComputerSystem, OperatingSystem, Service
from scanner.facts.vmm import TYPES, Cloud, RunAsAccount, VmmHost, VmmHostGroup, VmmServer
from scanner.facts.vmm_machines import VmmAdapter, VmmVirtualMachine
from scanner.facts.vmm_networks import LogicalNetwork, StorageClassification, VmNetwork
from scanner.words.channel import ErrorLine
from scanner.words.channel import Output as Said
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason
from scanner.words.query import Command, plan_of, sendable
from scanner.words.readonly import NotReadOnlyError
from tests.conftest import NOW

FACTS: tuple[type[WindowsFact], ...] = (
    VmmServer, Cloud, VmmHostGroup, VmmHost, VmmVirtualMachine, VmmAdapter, VmNetwork, LogicalNetwork,
    StorageClassification, RunAsAccount,
)  # fmt: skip
SMALL = """
name = "vmm01"
domain = "corp.example"
release = "2016"
hyper_v = false
[vmm]
account = 'CORP\\svc-vmm'
cloud = [{ name = "Primary", host_groups = ['All Hosts\\Primary'] }]
host = [{ name = "hv01.corp.example", group = 'All Hosts\\Primary', run_as = "Hosts" }]
machine = [{ name = "web-01", host = "hv01.corp.example", cloud = "Primary" }]
network = [{ name = "Production" }]
run_as = [{ name = "Hosts", user = 'CORP\\hosts' }]
"""
MORE = """
cloud = [
    { name = "Primary", host_groups = ['All Hosts\\Primary', 'All Hosts\\Spare'] },
    { name = "Recovery", host_groups = ['All Hosts\\Recovery'], logical_networks = [], protected = true },
    { name = "VMware", capability_profiles = [], storage_classifications = ["Gold"] },
]
host = [
    { name = "hv01.corp.example", group = 'All Hosts\\Primary', overall = "in maintenance mode" },
    { name = "hv03.corp.example", cluster = "clu1", os_version = "6.3.9600", communication = "not responding" },
]
machine = [
    { name = "web-01", host = "hv01.corp.example", cloud = "Primary", generation = 1 },
    { name = "db-01", host = "hv03.corp.example", adapter = [], bios = "11111111-2222-3333-4444-555555555555" },
    { name = "stored", adapter = [{ vm_network = "Production" }, { logical_network = "Old" }] },
]
network = [{ name = "Production", logical_network = "Backbone" }, { name = "Tenants", isolation = 2 }]
run_as = [{ name = "Hosts", user = 'CORP\\hosts' }, { name = "DRAProxyAccount" }]
"""
HEAD = SMALL.partition("cloud")[0]
LARGE = HEAD + MORE
CLUSTER = '[cluster]\nname = "VMMCLU"\nnodes = ["vmm01", "vmm02"]\n'
ROLE = '[vmm.role]\nname = "vmmrole"\nnodes = ["vmm01", "vmm02"]\nactive = "{}"\n'


def asked(trial: Trial, fact: type[WindowsFact]) -> tuple[Any, ...]:
    """What the script way gives, after a look at the other way: both are one text."""
    answer = trial.plan(fact.query.plan())[fact.query.name]
    assert answer["errors"] == []
    events = trial.pipeline(*(Step(name, False, given) for name, given in sendable(fact.query).pipeline()))
    assert [event.value for event in events if isinstance(event, Output)] == answer["rows"]
    return decode(fact, json.loads(answer["rows"][0]) if answer["rows"] else [])


@pytest.mark.parametrize("text", [SMALL, LARGE], ids=["one of each", "several"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_what_is_asked_is_in_the_contract_and_is_answered(fact: type[WindowsFact], text: str) -> None:
    """Also where PowerShell writes a single row's objects out, and where it makes them text."""
    rows = asked(Trial.of(text), fact)
    assert rows
    for release in contract.releases():
        assert set(properties(fact)) <= set(contract.properties(fact.yields, release))
        for command in fact.query.commands:
            given = set(command.parameters)
            assert not contract.complaints(command.name, given, release, piped=command.name == "Select-Object")
    assert set(properties(fact)) <= {p.rstrip("?") for p in contract.load("types")[fact.yields]["read"]}


def test_one_of_each_is_told_by_name() -> None:
    trial = Trial.of(SMALL)
    (cloud,) = cast("tuple[Cloud, ...]", asked(trial, Cloud))
    assert (cloud.name, cloud.host_groups, cloud.capability_profiles) == (
        "Primary", ("All Hosts\\Primary",), ("Hyper-V",),
    )  # fmt: skip
    assert (cloud.logical_networks, cloud.storage_classifications) == (
        ("Production",), ("Local Storage", "Remote Storage"),
    )  # fmt: skip
    (host,) = cast("tuple[VmmHost, ...]", asked(trial, VmmHost))
    assert (host.group, host.cluster, host.os_version, host.run_as) == (
        "All Hosts\\Primary", None, "10.0.14393", "Hosts",
    )  # fmt: skip
    (machine,) = cast("tuple[VmmVirtualMachine, ...]", asked(trial, VmmVirtualMachine))
    assert (machine.cloud, machine.group_path) == ("Primary", "All Hosts\\Primary")
    (adapter,) = cast("tuple[VmmAdapter, ...]", asked(trial, VmmAdapter))
    assert (adapter.vm_network, adapter.logical_network) == ("Production", "Production")
    (server,) = cast("tuple[VmmServer, ...]", asked(trial, VmmServer))
    assert (server.fqdn, server.nodes, server.highly_available, server.sees_all) == (
        "vmm01.corp.example", (), False, True,
    )  # fmt: skip


def test_several_are_told_alike() -> None:
    trial = Trial.of(LARGE)
    clouds = cast("tuple[Cloud, ...]", asked(trial, Cloud))
    assert [cloud.host_groups for cloud in clouds] == [
        ("All Hosts\\Primary", "All Hosts\\Spare"), ("All Hosts\\Recovery",), (),
    ]  # fmt: skip
    assert [cloud.logical_networks for cloud in clouds] == [("Backbone", "Tenants"), (), ("Backbone", "Tenants")]
    assert [cloud.capability_profiles for cloud in clouds] == [("Hyper-V",), ("Hyper-V",), ()]
    assert [cloud.protected for cloud in clouds] == [False, True, False]
    assert clouds[0].holds("all hosts\\primary\\below")
    assert not clouds[0].holds("All Hosts\\Primary2")
    hosts = cast("tuple[VmmHost, ...]", asked(trial, VmmHost))
    assert [(host.group, host.cluster, host.os_version) for host in hosts] == [
        ("All Hosts\\Primary", None, "10.0.14393"), ("All Hosts", "clu1", "6.3.9600"),
    ]  # fmt: skip
    assert [(host.overall_state, host.communication_state_text) for host in hosts] == [
        (8, "Responding"), (0, "NotResponding"),
    ]  # fmt: skip
    machines = cast("tuple[VmmVirtualMachine, ...]", asked(trial, VmmVirtualMachine))
    assert [(vm.cloud, vm.host) for vm in machines] == [
        ("Primary", "hv01.corp.example"), (None, "hv03.corp.example"), (None, None),
    ]  # fmt: skip
    adapters = cast("tuple[VmmAdapter, ...]", asked(trial, VmmAdapter))
    assert [(a.name, a.vm_network, a.logical_network) for a in adapters] == [
        ("web-01", "Production", "Backbone"), ("stored", "Production", "Backbone"), ("stored", None, "Old"),
    ]  # fmt: skip
    assert [network.logical_network for network in asked(trial, VmNetwork)] == ["Backbone", "Tenants"]
    assert {row.path for row in asked(trial, VmmHostGroup)} == {
        "All Hosts", "All Hosts\\Primary", "All Hosts\\Spare", "All Hosts\\Recovery",
    }  # fmt: skip


def test_a_machine_has_the_ids_that_its_practice_host_gives_it() -> None:
    text = 'name = "hv01"\ndomain = "corp.example"\nrelease = "2019"\n[[vm]]\nname = "web-01"\nswitch = "A"\n'
    host = Trial.of(text)
    space = {"Namespace": "root\\virtualization\\v2"}
    of = {"ClassName": "Msvm_VirtualSystemSettingData"}
    setting = host.ask(("Get-CimInstance", {**space, **of}))["rows"][0]
    port = host.ask(("Get-CimInstance", {**space, "ClassName": "Msvm_EthernetPortAllocationSettingData"}))["rows"][0]
    (machine,) = cast("tuple[VmmVirtualMachine, ...]", asked(Trial.of(SMALL), VmmVirtualMachine))
    (adapter,) = cast("tuple[VmmAdapter, ...]", asked(Trial.of(SMALL), VmmAdapter))
    assert machine.vm_id == adapter.vm_id == setting["VirtualSystemIdentifier"].lower()
    assert f"{{{machine.bios_guid}}}".upper() == setting["BIOSGUID"]
    assert port["InstanceID"] == f"{adapter.device_id}\\C"


@pytest.mark.parametrize(
    ("fact", "row"),
    [
        (VmNetwork, {"ID": "1", "Name": "n", "LogicalNetwork": f"{TYPES}LogicalNetwork"}),
        (Cloud, {"ID": "1", "Name": "n", "HostGroup": [f"{TYPES}HostGroup"]}),
        (VmmHost, {"ID": "1", "Name": "n", "VMHostGroup": {"ID": "2", "Name": "Primary"}}),
        (VmmServer, {"Name": "Microsoft.VirtualManager.Remoting.Name"}),
    ],
)  # fmt: skip
def test_what_is_told_by_its_type_alone_is_no_answer(fact: type[WindowsFact], row: dict[str, Any]) -> None:
    with pytest.raises(Unparsable):
        decode(fact, [dict.fromkeys(properties(fact)) | row])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Get-SCCloud", {"VMMServer": "vmm02.corp.example"}),
        ("Get-SCCloud", {"VMMServer": ("localhost", "localhost")}),
        ("Get-SCCloud", {"Name": "x"}),
        ("Get-SCVMMServer", {"ComputerName": "vmmrole"}),
        ("Get-SCVMMServer", {"ComputerName": "localhost", "SetAsDefault": True}),
        ("Get-SCVMMServer", {"ComputerName": "localhost", "Credential": "x"}),
        ("Get-SCVMHost", {"VMMServer": "localhost", "ComputerName": "hv01"}),
        ("Get-SCVirtualMachine", {"VMMServer": "localhost", "All": False}),
        ("Set-SCCloud", {}),
    ],
)
def test_no_other_server_and_no_other_parameter_is_asked(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(NotReadOnlyError, match=name):
        Command(name, given)


def test_the_lab_asks_no_other_server_and_takes_no_other_parameter() -> None:
    trial = Trial.of(SMALL)
    for given in ({"VMMServer": "vmm02"}, {"VMMServer": "localhost", "Name": "x"}):
        (error,) = trial.ask(("Get-SCCloud", given))["errors"]
        assert error["id"] == "LabLimit"
    (error,) = trial.ask(("Get-SCCloud", {"Nothing": 1}))["errors"]
    assert error["id"].startswith("NamedParameterNotFound")
    (error,) = trial.ask(("Get-SCVMMServer", {}))["errors"]
    assert error["id"].startswith("AmbiguousParameterSet")


def first(text: str, name: str = "Get-SCCloud", **given: Any) -> tuple[str, int]:
    to = "ComputerName" if name == "Get-SCVMMServer" else "VMMServer"
    answer = Trial.of(text, **given).ask((name, {to: "localhost"}))
    assert answer["rows"] == []
    (error,) = answer["errors"]
    return error["id"], error["category"]


CMDLETS = "Microsoft.SystemCenter.VirtualMachineManager.Cmdlets."
USERS = SMALL.replace("[vmm]\n", "[vmm]\nusers = ['CORP\\reader']\n")


def test_refusals_are_told_by_their_number() -> None:
    stopped = SMALL + '[services]\nSCVMMService = "stopped"\n'
    assert first(stopped, "Get-SCVMMServer") == (f"1602,{CMDLETS}ConnectServerCmdlet", 22)
    assert first(stopped) == (f"1602,{CMDLETS}GetSCCloudCmdlet", 22)
    assert first(USERS, user="CORP\\svc")[0] == f"1604,{CMDLETS}GetSCCloudCmdlet"
    assert asked(Trial.of(USERS, user="corp\\READER"), Cloud)
    assert first(SMALL + '[faults]\ndenied = ["Get-SCCloud"]\n')[0].startswith("1604,")
    assert first(SMALL + '[faults]\nfailing = { Get-SCCloud = "1605" }\n')[0].startswith("1605,")
    assert first(SMALL + '[faults]\nmissing_module = ["VirtualMachineManager"]\n') == ("CommandNotFoundException", 13)
    assert first('name = "a"\nrelease = "2016"') == ("CommandNotFoundException", 13)


def test_the_service_of_a_passive_node_is_stopped() -> None:
    active, passive = (Trial.of(SMALL + ROLE.format(node) + CLUSTER) for node in ("vmm01", "vmm02"))
    (server,) = cast("tuple[VmmServer, ...]", asked(active, VmmServer))
    assert (server.highly_available, server.nodes, server.active_node) == (True, ("vmm01", "vmm02"), "vmm01")
    assert not passive.machine.running("SCVMMService")
    error = passive.ask(("Get-SCVMMServer", {"ComputerName": "localhost"}))["errors"][0]
    assert error["id"].startswith("1602,")


def test_a_machine_in_a_cloud_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no cloud Gone"):
        parse(SMALL.replace('cloud = "Primary"', 'cloud = "Gone"'))


# ---- what the collector makes of it


BESIDE = (OperatingSystem, ComputerSystem, Service)


def read(text: str, fact: type[WindowsFact], way: str, configuration: str = "") -> Any:
    """Rows or gap of a fact, read from a machine as the collector reads it."""
    questions = tuple(Question(each, each.query) for each in (*BESIDE, fact))
    evidence = Evidence(Estate(), started=NOW, finished=NOW)
    account = OpenQuestions("vmm01", questions, evidence, configuration=configuration)
    trial = Trial(Machine(parse(text)), user="CORP\\svc")
    if way == "script":
        for event in trial.pipeline(script("Invoke-Query.ps1", Plan=plan_of(q.query for q in questions))):
            assert isinstance(event, Output)
            account.take_line(str(event.value))
    for question in questions if way == "command" else ():
        events = trial.pipeline(*(Step(n, False, given) for n, given in sendable(question.query).pipeline()))
        texts = tuple(str(event.value) for event in events if isinstance(event, Output))
        records = [getattr(event, "error", event) for event in events if not isinstance(event, Output)]
        lines = [_line(record) for record in records if isinstance(record, ErrorRecord)]
        account.take_output(Said(question.query.name, texts, tuple(lines)))
    account.settle(GapReason.TIMEOUT, "not answered")
    return evidence.ask(fact, "vmm01")


def _line(record: ErrorRecord) -> ErrorLine:
    return ErrorLine(record.id, record.category, record.activity, record.target)


@pytest.mark.parametrize("way", ["script", "command"])
@pytest.mark.parametrize("text", [SMALL, LARGE, HEAD], ids=["one", "several", "none"])
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__name__)
def test_both_ways_are_one_evidence(fact: type[WindowsFact], text: str, way: str) -> None:
    rows = read(text, fact, way)
    assert not isinstance(rows, Gap), rows
    assert rows == asked(Trial.of(text), fact)


@pytest.mark.parametrize("way", ["script", "command"])
@pytest.mark.parametrize(
    ("more", "reason", "detail"),
    [
        ('[services]\nSCVMMService = "stopped"', GapReason.NOT_COLLECTED, "service SCVMMService is Stopped"),
        ('[services]\nSCVMMService = "absent"', GapReason.NOT_INSTALLED, "there is no service SCVMMService"),
        ('[faults]\ndenied = ["Get-SCCloud"]', GapReason.ACCESS_DENIED, "Get-SCCloud: the account has no role in VMM"),
        ('[faults]\nfailing = { Get-SCCloud = "1605" }', GapReason.ACCESS_DENIED, "(error 1605)"),
        ('[faults]\nfailing = { Get-SCCloud = "1612" }', GapReason.NOT_COLLECTED, "does not answer (error 1612)"),
        ('[faults]\nfailing = { Get-SCCloud = "406" }', GapReason.NOT_COLLECTED, "error 406 of VMM"),
        ('[faults]\nmissing_module = ["VirtualMachineManager"]', GapReason.NOT_INSTALLED, "VirtualMachineManager"),
    ],
)
def test_why_vmm_did_not_answer(way: str, more: str, reason: GapReason, detail: str) -> None:
    gap = read(f"{SMALL}\n{more}\n", Cloud, way)
    assert isinstance(gap, Gap)
    assert gap.reason is reason
    assert detail in gap.detail


@pytest.mark.parametrize("rows", [["no JSON"], ["[1]"], ["{}", "{}"], [7], ["[" * 2000]])
def test_rows_that_are_no_text_of_json_are_unparsable(rows: list[Any]) -> None:
    evidence = Evidence(Estate(), started=NOW, finished=NOW)
    account = OpenQuestions("vmm01", [Question(Cloud, Cloud.query)], evidence)
    account.take_line(json.dumps({"query": "Cloud", "rows": rows, "errors": []}))
    account.settle(GapReason.TIMEOUT, "not answered")
    gap = evidence.ask(Cloud, "vmm01")
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.UNPARSABLE


def test_what_is_folded_counts_as_what_it_holds() -> None:
    """Text within text is one value of JSON to whoever reads the line; it is measured again before it is parsed."""
    evidence = Evidence(Estate(), started=NOW, finished=NOW)
    account = OpenQuestions("vmm01", [Question(Cloud, Cloud.query)], evidence)
    text = "[" + ",".join(["0"] * (MAX_VALUES + 1)) + "]"
    account.take_line(json.dumps({"query": "Cloud", "rows": [text], "errors": []}))
    account.settle(GapReason.TIMEOUT, "not answered")
    gap = evidence.ask(Cloud, "vmm01")
    assert isinstance(gap, Gap)
    assert gap.detail == "an answer is longer than any machine's"
