"""Reading practice machines: three ways of asking with equal evidence, two rounds, and what absence means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lab.windows.machine import Machine
from lab.windows.machine.state import Configuration, parse
from lab.windows.runner import MachineRunner
from lab.windows.wsman import Output, PipelineRequest, Step
from scanner.collect.transport.answers import Reply
from scanner.collect.windows import COLLECTOR
from scanner.collect.windows.open_questions import OpenQuestions
from scanner.collect.windows.questions import Question, questions_of
from scanner.estate.access import Access
from scanner.facts import host, hyperv, kerberos, neighbour, network, replica, smb, vm
from scanner.facts.base import AskedFact, WindowsFact
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, Service
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.kerberos import HostClock, SecureChannel
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import ConnectionSecurityRule, EndpointProbe
from scanner.facts.vm import VmSecurity
from scanner.hooks import Task
from scanner.judge.settling import settle
from scanner.words.channel import ErrorLine
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason
from scanner.words.query import fixed, plan_of

HOST, NEIGHBOUR = "hv01.corp.example", "hv11.corp.example"
EXAMPLES = Path(__file__).parents[2] / "lab" / "windows" / "machine" / "examples"
HV01_FILE = (EXAMPLES / "hv01-2019.toml").read_text(encoding="utf-8")
FACTS: tuple[type[WindowsFact], ...] = tuple(
    thing
    for module in (host, hyperv, vm, network, neighbour, replica, kerberos, smb)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, WindowsFact) and thing.__module__ == module.__name__
)
SECOND_ROUND = {EndpointProbe: ("127.0.0.1:1",), Neighbour: ("10.20.0.6",), SecureChannel: ("corp.example",)}
FIRST = tuple(fact for fact in FACTS if not issubclass(fact, AskedFact))
COMMANDS = ("Get-CimInstance", "Get-ItemProperty", "ConvertTo-Json", r"Microsoft.PowerShell.Utility\Select-Object")
FUNCTIONS = (
    "Get-SmbServerConfiguration", "Get-SmbClientConfiguration", "Get-SmbClientNetworkInterface", "Test-Endpoint",
)  # fmt: skip
HYPER_V = ("Get-VMHost", "Get-VMReplicationServer")
CHANNEL = "Test-ComputerSecureChannel"
MOMENT = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)

VARIANTS = {
    "healthy": "",
    "old": "release = '2012R2'",
    "first": "release = '2012'",
    "newest": "release = '2025'",
    "stopped": "services = { vmms = 'stopped' }",
    "no hyper-v": "hyper_v = false",
    "denied": "faults = { denied = ['root\\virtualization\\v2'] }",
    "broken": "faults = { failing = { MSFT_NetAdapter = '0x80041001' } }",
    "cluster": "cluster = { name = 'clu', nodes = ['hv01'] }",
    "cluster stopped": "cluster = { name = 'clu', nodes = ['hv01'] }\nservices = { ClusSvc = 'stopped' }",
    "powershell 7": "powershell = '7'",
}


def machine(variant: str, folder: Path = Path()) -> Machine:
    """A practice machine like hv01 whose clock stands still, or as the variant says."""
    text = (EXAMPLES / "hv01-2019.toml").read_text()
    said = VARIANTS[variant]
    if "release" in said:
        text = text.replace('release = "2019"\n', "")
    state = parse(f"{said}\nclock = 2026-11-21T08:30:00Z\nbooted = 2026-11-01T00:00:00Z\n{text}")
    return Machine(state, folder)


def summary(evidence: Evidence) -> tuple[dict[Any, Any], dict[Any, Any]]:
    answers = {answer.key: (answer.rows, answer.query) for answer in evidence.answers()}
    return answers, {(gap.fact, gap.target): gap.reason for gap in evidence.gaps()}


def by_file(folder: Path, of: Machine, facts: tuple[type[WindowsFact], ...], encoding: str) -> Path:
    """What a person brings: the machine's answers to the same questions."""
    questions = [Question(fact, fact.query) for fact in dict.fromkeys((OperatingSystem, Service, *facts))]
    step = Step(fixed("Invoke-Query"), True, {"Plan": plan_of(question.query for question in questions)})
    request = PipelineRequest(HOST, "admin", "Microsoft.PowerShell", "shell", (step,))
    lines = [str(event.value) for event in MachineRunner({HOST: of}).run(request) if isinstance(event, Output)]
    (folder / f"{HOST}.jsonl").write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return folder


def with_role(of: Machine, folder: Path, hyper_v: tuple[str, ...] = HYPER_V) -> Machine:
    """The machine with a session configuration that takes commands only."""

    def quoted(names: tuple[str, ...]) -> str:
        return ", ".join(f"'{name}'" for name in names)

    lines = (
        "SchemaVersion = '2.0.0.0'",
        "SessionType = 'RestrictedRemoteServer'",
        "LanguageMode = 'NoLanguage'",
        "VisibleProviders = 'Registry'",
        f"VisibleCmdlets = {quoted((*COMMANDS, *hyper_v))}",
        f"VisibleFunctions = {quoted(FUNCTIONS)}",
    )
    (folder / "role.pssc").write_text("\n".join(("@{", *lines, "}", "")))
    state = msgspec.structs.replace(of.state, configuration=[Configuration("HvPreflight", ["role.pssc"])])
    return Machine(state, folder)


@pytest.mark.parametrize("variant", VARIANTS)
def test_three_ways_of_asking_give_equal_evidence(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path, variant: str
) -> None:
    of = machines[HOST] = with_role(machine(variant), tmp_path)
    bench = serve()
    by_script = bench.read(FIRST)
    by_commands = bench.read(FIRST, bench.access(configuration="HvPreflight"))
    encoding = "utf-16" if variant == "old" else "utf-8"
    brought = bench.read(FIRST, bench.access(answers=by_file(tmp_path, of, FIRST, encoding)))
    assert set(FACTS) - set(FIRST) == set(SECOND_ROUND)
    assert all(by_script.has(fact, HOST) for fact in FIRST)
    assert len(by_script.answers()) + len(by_script.gaps()) == len(FIRST)
    assert summary(by_script) == summary(brought)
    if variant != "no hyper-v":  # a missing command looks like a refused one there
        assert summary(by_script) == summary(by_commands)
    assert by_script.target(HOST).answered == by_script.target(HOST).queries == len(FIRST)


@pytest.mark.parametrize("configuration", ["", "HvPreflight"])
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("domain = 'corp.example'", True),
        (f"domain = 'corp.example'\nfaults = {{ failing = {{ {CHANNEL} = '0x0' }} }}", False),
        (f"domain = 'corp.example'\nfaults = {{ denied = ['{CHANNEL}'] }}", GapReason.ACCESS_DENIED),
        ("domain = 'corp.example'\ndomain_controller = true", GapReason.NOT_COLLECTED),
        ("domain = 'corp.example'\npowershell = '7'", GapReason.NOT_INSTALLED),
    ],
    ids=["works", "does not", "no administrator", "controller", "PowerShell 7"],
)
def test_a_channel_is_true_or_false_in_either_way_of_asking(
    serve: Callable[..., Any],
    machines: dict[str, Machine],
    tmp_path: Path,
    told: str,
    expected: object,
    configuration: str,
) -> None:
    state = parse(f"name = 'hv01'\nrelease = '2019'\n{told}")
    machines[HOST] = with_role(Machine(state), tmp_path, (*HYPER_V, CHANNEL))
    bench = serve()
    access = bench.access(configuration=configuration)
    evidence = bench.read((SecureChannel,), access, arguments={SecureChannel: ("corp.example",)})
    answer = evidence.ask(SecureChannel, HOST)
    if isinstance(answer, Gap):
        assert answer.reason is expected or (configuration and answer.reason is GapReason.NOT_COLLECTED)
    else:
        assert answer == (SecureChannel(expected),)  # type: ignore[arg-type]


def test_a_clock_is_told_with_when_it_was_read(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path
) -> None:
    of = machines[HOST] = machine("healthy")
    bench = serve()
    before = datetime.now(UTC)
    (row,) = bench.read((HostClock,)).ask(HostClock, HOST)
    assert before <= row.asked <= row.received <= datetime.now(UTC)
    assert row.told == MOMENT
    brought = bench.read((HostClock,), bench.access(answers=by_file(tmp_path, of, (OperatingSystem,), "utf-8")))
    gap = brought.ask(HostClock, HOST)
    assert isinstance(gap, Gap)
    assert "when they were given" in gap.detail


def test_a_clock_that_was_not_told_says_why(serve: Callable[..., Any], machines: dict[str, Machine]) -> None:
    machines[HOST] = Machine(parse("name = 'hv01'\nrelease = '2019'\nfaults = { denied = ['root\\cimv2'] }"))
    evidence = serve().read((HostClock,))
    gaps = {fact: evidence.ask(fact, HOST) for fact in (OperatingSystem, HostClock)}
    assert all(isinstance(gap, Gap) for gap in gaps.values())
    assert gaps[HostClock].detail == gaps[OperatingSystem].detail


def test_a_healthy_machine_leaves_no_gap(serve: Callable[..., Any], machines: dict[str, Machine]) -> None:
    machines[HOST] = machine("healthy")
    evidence = serve().read(FIRST)
    assert not evidence.gaps()
    (system,) = evidence.ask(OperatingSystem, HOST)
    assert (system.local_date_time, system.release) == (MOMENT, "2019")
    assert evidence.ask(ClusterInfo, HOST) == ()
    assert evidence.ask(ConnectionSecurityRule, HOST) == ()
    assert evidence.answer(OperatingSystem, HOST).query == OperatingSystem.query.text


@pytest.mark.parametrize(
    ("variant", "fact", "expected"),
    [
        ("old", VmSecurity, "none"),
        ("stopped", MigrationSettings, "service vmms is Stopped"),
        ("stopped", VMHost, "service vmms is Stopped"),
        ("no hyper-v", MigrationSettings, "there is no service vmms"),
        ("no hyper-v", VMHost, "none"),
        ("denied", MigrationSettings, "Get-CimInstance: access denied; it takes an administrator of the machine"),
        ("broken", network.NetworkAdapter, "Get-CimInstance failed on the machine (HRESULT 0x80041001)"),
        ("cluster stopped", ClusterInfo, "none"),
    ],
)
def test_what_is_not_there_is_told_from_what_cannot_be_read(
    serve: Callable[..., Any],
    machines: dict[str, Machine],
    variant: str,
    fact: type[WindowsFact],
    expected: str,
) -> None:
    machines[HOST] = machine(variant)
    answer = serve().read((fact,)).ask(fact, HOST)
    assert (answer.detail if isinstance(answer, Gap) else "none" if answer == () else answer) == expected


def test_a_role_that_lacks_a_command_costs_that_query_only(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path
) -> None:
    machines[HOST] = with_role(machine("healthy"), tmp_path, ())
    bench = serve()
    evidence = bench.read(FIRST, bench.access(configuration="HvPreflight"))
    assert {gap.fact for gap in evidence.gaps()} == {"VMHost", "ReplicaBrokerSettings"}
    gap = evidence.ask(VMHost, HOST)
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.NOT_COLLECTED
    assert "configuration HvPreflight does not let Get-VMHost through" in gap.detail


def test_an_endpoint_without_scripts_says_what_to_do(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path
) -> None:
    machines[HOST] = with_role(machine("healthy"), tmp_path)
    machines[HOST].state.configuration[0].name = "Microsoft.PowerShell"
    gap = serve().read((ComputerSystem,)).ask(ComputerSystem, HOST)
    assert isinstance(gap, Gap)
    assert "takes no scripts: name its session configuration" in gap.detail


@pytest.mark.parametrize("configuration", ["", "HvPreflight"])
def test_the_second_round_probes_from_the_machine(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path, configuration: str
) -> None:
    machines[HOST] = with_role(machine("healthy"), tmp_path)
    bench = serve()
    access = bench.access(configuration=configuration)
    evidence = bench.read((ComputerSystem,), access)
    asked = (f"{access.addresses[HOST]}:5986", "127.0.0.1:1", "far.example:443 via 127.0.0.1:1")
    bench.read((EndpointProbe,), access, evidence=evidence, arguments={EndpointProbe: asked})
    probes = evidence.ask(EndpointProbe, HOST)
    assert not isinstance(probes, Gap)
    assert [(p.target, p.outcome) for p in probes] == [
        (asked[0], "Connected"),
        ("127.0.0.1:1", "Refused"),
        ("far.example:443", "Refused"),
    ]
    assert len(evidence.ask(OperatingSystem, HOST)) == 1
    assert evidence.target(HOST).queries == evidence.target(HOST).answered == 3 + 3, (
        "who answers is asked in each session"
    )


@pytest.mark.parametrize("configuration", ["", "HvPreflight"])
def test_who_answered_is_read_after_the_attempts_in_their_session(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path, configuration: str
) -> None:
    machines[HOST] = with_role(machine("healthy"), tmp_path)
    entry = {"IPAddress": "10.20.0.6", "LinkLayerAddress": "00-15-5D-0A-0B-0C", "InterfaceIndex": 7, "State": 5}
    machines[HOST].state.rows["MSFT_NetNeighbor"] = [entry]
    bench = serve()
    access = bench.access(configuration=configuration)
    evidence = bench.read((EndpointProbe, Neighbour), access, arguments=SECOND_ROUND)
    assert evidence.ask(Neighbour, HOST) == (Neighbour("10.20.0.6", "00-15-5D-0A-0B-0C", 7, 5),)
    assert bench.server.traffic.count("Create", HOST) == 1, "no further session"


class Balanced:
    """A host behind a balancer: the second session leads to its neighbour."""

    def __init__(self, serve: Callable[..., Any], machines: dict[str, Machine], neighbour: Machine) -> None:
        machines[NEIGHBOUR] = neighbour
        self.bench = serve()
        estate, self.access = Estate(hosts=(HOST,)), self.bench.access()
        self.elsewhere = replace(self.access, addresses={HOST: self.access.addresses[NEIGHBOUR]})
        self.evidence = self.bench.read((ComputerSystem,), evidence=Evidence(estate, started=MOMENT, finished=MOMENT))

    def probed(self, access: Access) -> Evidence:
        asked = {EndpointProbe: ("127.0.0.1:1",)}
        self.bench.read((EndpointProbe,), access, evidence=self.evidence, arguments=asked)
        return settle(self.evidence)


def test_another_machine_in_the_second_round_spoils_both(
    serve: Callable[..., Any], machines: dict[str, Machine]
) -> None:
    balanced = Balanced(serve, machines, Machine.load(EXAMPLES / "hv11-2012r2.toml"))
    evidence = balanced.probed(balanced.elsewhere)
    for fact in (ComputerSystem, OperatingSystem, EndpointProbe):
        gap = evidence.ask(fact, HOST)
        assert isinstance(gap, Gap)
        assert gap.because == "another machine answered: 2 of them, HV01 (corp.example) and HV11 (branch.example)"


def test_who_does_not_say_its_name_in_the_second_round_gives_no_probe(
    serve: Callable[..., Any], machines: dict[str, Machine]
) -> None:
    mute = parse("faults = { failing = { Win32_ComputerSystem = '0x80041001' } }\n" + HV01_FILE)
    balanced = Balanced(serve, machines, Machine(mute, Path()))
    evidence = balanced.probed(balanced.elsewhere)
    gap = evidence.ask(EndpointProbe, HOST)
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.UNPROVEN
    assert not isinstance(evidence.ask(OperatingSystem, HOST), Gap), "the first session said who it is"


def test_the_same_machine_in_both_rounds_is_one(serve: Callable[..., Any], machines: dict[str, Machine]) -> None:
    balanced = Balanced(serve, machines, machines[HOST])
    evidence = balanced.probed(balanced.elsewhere)
    assert len(evidence.ask(ComputerSystem, HOST)) == len(evidence.ask(EndpointProbe, HOST)) == 1


def test_a_probe_that_is_not_answered_is_a_gap_whatever_else_was() -> None:
    now = datetime.now(UTC)
    evidence = Evidence(Estate(), started=now, finished=now)
    queries = EndpointProbe.queries(("127.0.0.1:1", "127.0.0.1:1 via 127.0.0.1:2"))
    still_open = OpenQuestions(HOST, [Question(EndpointProbe, query) for query in queries], evidence)
    still_open.take(Reply(EndpointProbe.__name__, [], ()))
    still_open.take(Reply(EndpointProbe.__name__, [], (ErrorLine("ParameterArgumentValidationError,Test-Endpoint"),)))
    still_open.settle(GapReason.NOT_COLLECTED, "")
    gap = evidence.ask(EndpointProbe, HOST)
    assert isinstance(gap, Gap)
    assert "ParameterArgumentValidationError" in gap.detail


def test_what_is_no_target_costs_no_other_probe(
    serve: Callable[..., Any], machines: dict[str, Machine], tmp_path: Path
) -> None:
    machines[HOST] = machine("healthy")
    bench = serve()
    evidence = bench.read((ComputerSystem,))
    asked = ("127.0.0.1:1", "not a target", "x:1\n", "x:1 via x:1;y", "x:123456", "\u2019;x:1")
    bench.read((EndpointProbe,), evidence=evidence, arguments={EndpointProbe: asked})
    assert [row.target for row in evidence.ask(EndpointProbe, HOST)] == ["127.0.0.1:1"]


@pytest.mark.parametrize(
    ("method", "transport"), [("negotiate", "https"), ("negotiate", "http"), ("certificate", "https")]
)
def test_every_way_to_sign_in(serve: Callable[..., Any], method: str, transport: str) -> None:
    bench = serve()
    pair = bench.pki.client
    access = bench.access(method=method, transport=transport, certificate=pair.certificate, certificate_key=pair.key)
    evidence = bench.read((ComputerSystem,), access)
    assert not evidence.gaps()
    told = evidence.target(HOST)
    assert told.how == f"{method} over {transport} at {access.addresses[HOST]}"
    assert told.who == ("certificate client.pem" if method == "certificate" else "admin")
    assert bench.server.traffic.connections[HOST] == 1
    assert not bench.server.shells


def test_a_host_costs_one_sign_in_and_one_pipeline(serve: Callable[..., Any]) -> None:
    """Four requests, and Receives: two for the opening, then as many as answers come in.

    The first host of an account that no controller vouches for costs one more, by which it shows that it answers.
    """
    bench = serve()
    access = bench.access()
    bench.read(FIRST, access, target=NEIGHBOUR)
    bench.read(FIRST, access)
    assert bench.server.traffic.count("401", NEIGHBOUR) == 1
    traffic = bench.server.traffic
    assert [traffic.count(action, HOST) for action in ("Create", "Command", "Delete")] == [1, 1, 1]
    assert traffic.requests(HOST) == 3 + traffic.count("Receive", HOST)
    assert traffic.connections[HOST] == 1


@pytest.mark.parametrize(
    "text", [b"\xff\xfe\x00", b"\x80abc", b"[" * 100_000, b"1\n{}\nnull", b'{"query": "x", "rows": NaN}']
)
def test_a_file_that_is_no_answer(serve: Callable[..., Any], tmp_path: Path, text: bytes) -> None:
    (tmp_path / f"{HOST}.jsonl").write_bytes(text)
    bench = serve()
    gap = bench.read((ComputerSystem,), bench.access(answers=tmp_path)).ask(ComputerSystem, HOST)
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.UNPARSABLE


def test_a_file_without_the_answer(serve: Callable[..., Any], tmp_path: Path) -> None:
    by_file(tmp_path, machine("healthy"), (), "utf-8-sig")
    bench = serve()
    evidence = bench.read((ComputerSystem,), bench.access(answers=tmp_path))
    gap = evidence.ask(ComputerSystem, HOST)
    assert isinstance(gap, Gap)
    assert (gap.reason, gap.detail) == (GapReason.NOT_COLLECTED, f"{HOST}.jsonl holds no answer to it")
    assert evidence.target(HOST).how == f"answers file {HOST}.jsonl"
    assert not bench.server.traffic.connections


def test_secrets_stay_out(serve: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    bench = serve()
    evidence = bench.read((ComputerSystem,))
    secret = bench.password.value()
    assert secret not in repr(evidence)
    assert secret not in caplog.text
    assert "Envelope" not in caplog.text


def test_what_the_collector_offers() -> None:
    assert COLLECTOR.kinds == {"host", "vmm-server", "file-server", "management-machine"}
    assert all(COLLECTOR.provides(fact) for fact in FACTS)
    assert not COLLECTOR.provides(ComputerAccount)


def test_the_clock_comes_first_and_what_is_slow_last() -> None:
    record = Evidence(Estate(), started=MOMENT, finished=MOMENT)
    task = Task(target=HOST, kind="host", facts=FACTS[::-1], arguments=SECOND_ROUND, evidence=record, deadline=0)
    order = [question.fact for question in questions_of(task)]
    assert order[:3] == [OperatingSystem, ComputerSystem, Service]
    assert order[-3:] == [EndpointProbe, Neighbour, SecureChannel], "who answered is known after the attempt"
    commands = [fact.query.commands[0].name for fact in order[:-2]]
    assert commands.index("Get-ItemProperty") > max(i for i, name in enumerate(commands) if name == "Get-CimInstance")
    assert (
        commands.index("Get-VMHost") > commands.index("Get-SmbServerConfiguration") > commands.index("Get-ItemProperty")
    )
    assert len(order) == len(set(order)) == len(FACTS)
