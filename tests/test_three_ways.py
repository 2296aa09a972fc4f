"""Script way, command way and file way give equal evidence, through the command line and real endpoints.

The command way goes through the very role that ``hv-preflight jea`` writes; the file way runs the plan that stands in
the script ``hv-preflight queries --as-script`` writes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lab.windows.machine import Machine
from lab.windows.machine.state import Configuration
from lab.windows.runner import SCRIPTS, MachineRunner
from lab.windows.wsman import Output, PipelineRequest, Step
from lab.windows.wsman.certificates import Certificates, make
from scanner import cli, plugins
from scanner.facts.kerberos import HostClock
from scanner.facts.network import EndpointProbe
from scanner.facts.vm import VirtualMachineSettings
from scanner.judge import judging
from scanner.record import record
from scanner.words.evidence import Answer, Evidence
from scanner.words.model import Gap, GapReason, Status, key_of
from scanner.words.script import ESCAPED
from tests.test_asking import plan_in
from tests.wire import HOSTS, HV01, HV11, Wire, address, machine, wire

BLOCK = 91
PLUGIN = '''
"""Why.

What passes."""
from scanner.api import (Ask, Severity, Who, check, hookimpl, passed, scopes)
from scanner.facts.network import EndpointProbe
from scanner.facts.host import OperatingSystem

def _asks(route, view):
    view.one(OperatingSystem, route.destination)
    yield Ask(EndpointProbe, route.source, PLACES[route.destination] + ":5986")
    yield Ask(EndpointProbe, route.source, PLACES[route.destination] + ":1")
    yield Ask(EndpointProbe, route.source, "far.example:443 via " + PLACES[route.destination] + ":1")

@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST, scope=scopes.ROUTE, seed="s", remedy="r", asks=_asks,
       needs=(EndpointProbe, OperatingSystem))
def reached(route, view):
    return passed(" ".join(sorted(row.target + row.outcome for row in view.rows(EndpointProbe, route.source))))

@hookimpl
def scanner_checks():
    return [reached]
'''


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS, client="admin")


def with_endpoint(of: Machine, folder: Path) -> Machine:
    """The machine with the endpoint that was written to the folder."""
    state = msgspec.structs.replace(of.state, configuration=[Configuration("HvPreflight", ["HvPreflight.pssc"])])
    return Machine(state, folder)


class Ways:
    """One estate, to be read three ways."""

    def __init__(self, lab: Wire) -> None:
        self.lab, self.folder = lab, lab.folder
        places = {name: lab.where(name) for name in HOSTS}
        (self.folder / "mine.py").write_text(PLUGIN + f"\nPLACES = {places!r}\n", encoding="utf-8")
        self.plugin = ["--plugin", str(self.folder / "mine.py")]
        self.offer = plugins.load([self.folder / "mine.py"], third_party=False)
        self.estate = lab.estate()
        assert cli.run(["jea", str(self.estate), "--out", str(self.folder), *self.plugin]) == 0
        for name in HOSTS:
            lab.runner.replace(name, with_endpoint(lab.machines[name], self.folder))

    def collect(self, name: str, *options: str, estate: Path | None = None) -> Evidence:
        path = self.folder / f"{name}.hvp"
        command = ["collect", str(estate or self.estate), "--save", str(path), *self.plugin, *options]
        assert cli.run(command) == 3, "the directory, which nobody serves, leaves gaps"
        return record.load(path.read_bytes(), self.offer.facts)

    def by_commands(self) -> Evidence:
        sign_in = self.estate.read_text(encoding="utf-8").replace(
            "[sign_in]", '[sign_in]\nconfiguration = "HvPreflight"'
        )
        path = self.folder / "commands.toml"
        path.write_text(sign_in, encoding="utf-8")
        return self.collect("commands", estate=path)

    def run_scripts(self, capsysbinary: Any, encoding: str, *options: str) -> None:
        """Write every machine's script, run its plan there, and bring the answers."""
        (self.folder / "answers").mkdir(exist_ok=True)
        for name in HOSTS:
            capsysbinary.readouterr()
            command = ["queries", str(self.estate), "--target", name, "--as-script", *self.plugin, *options]
            assert cli.run(command) == 0
            lines = answers_of(self.lab.runner, name, capsysbinary.readouterr().out.decode("ascii"))
            text = "\r\n".join(lines) + "\r\n"
            mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
            (self.folder / "answers" / f"{name}.jsonl").write_bytes(mark + text.encode(encoding))


def answers_of(runner: MachineRunner, name: str, script: str) -> list[str]:
    """What the script prints on a machine: its function, then its plan, every line made ASCII by its own rule."""
    steps = [("Test-Endpoint.ps1", {}), ("Invoke-Query.ps1", {"Plan": msgspec.json.encode(plan_in(script)).decode()})]
    lines: list[str] = []
    for file, given in steps:
        text = (SCRIPTS / file).read_text(encoding="utf-8")
        assert text.replace("\n", "\r\n") in script
        request = PipelineRequest(
            name, "CORP\\admin", "Microsoft.PowerShell", f"console-{name}", (Step(text, True, given),)
        )
        lines += [str(event.value) for event in runner.run(request) if isinstance(event, Output)]
    pattern = re.search(r"'(\[\^[^']*)'", ESCAPED)
    assert pattern
    return [re.sub(pattern[1], _escape, line) for line in lines]


def _escape(match: re.Match[str]) -> str:
    """A .NET string is UTF-16: what lies beyond the first plane is two characters there."""
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


@pytest.fixture
def ways(pki: Certificates, tmp_path: Path) -> Iterator[Ways]:
    with wire(BLOCK, pki, tmp_path) as lab:
        yield Ways(lab)


def told(evidence: Evidence) -> tuple[dict[Any, Any], tuple[Gap, ...]]:
    """Answers without their time, the milliseconds of probes left out; and gaps whole.

    Without the machine's clock, which a session tells as it goes on, and nothing that is brought.
    """

    def rows(answer: Answer) -> Any:
        probes = answer.fact is EndpointProbe
        return tuple(replace(row, milliseconds=0) for row in answer.rows) if probes else answer.rows

    answers = {a.key: (rows(a), a.query) for a in evidence.answers() if a.fact is not HostClock}
    return answers, tuple(gap for gap in evidence.gaps() if gap.fact != key_of(HostClock))


def findings(ways: Ways, evidence: Evidence) -> list[Any]:
    return [(f.check, f.subject.id, f.status, f.seen, f.note) for f in judging.judge(ways.offer.checks, evidence)]


def without_clocks(found: list[Any]) -> list[Any]:
    return [each for each in found if each[0] != "ID-06"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_three_ways_give_equal_evidence(ways, capsysbinary, encoding):
    by_script = ways.collect("script")
    by_commands = ways.by_commands()
    spoken = ways.lab.server.traffic.requests()
    ways.run_scripts(capsysbinary, encoding)
    answers = ("--answers", str(ways.folder / "answers"))
    first = ways.collect("first", *answers)
    ways.run_scripts(capsysbinary, encoding, "--record", str(ways.folder / "first.hvp"))
    by_file = ways.collect("file", *answers)
    assert ways.lab.server.traffic.requests() == spoken, "a machine read by file is not spoken to"

    assert told(by_script) == told(by_commands)
    assert told(by_script) == told(by_file)
    assert findings(ways, by_script) == findings(ways, by_commands)
    clocks = [found for found in findings(ways, by_file) if found[0] == "ID-06"]
    assert {status for _, _, status, *_ in clocks} == {Status.UNKNOWN}, "a file does not tell when it was written"
    assert without_clocks(findings(ways, by_script)) == without_clocks(findings(ways, by_file))
    for name in HOSTS:
        probe = by_script.ask(EndpointProbe, name)
        assert not isinstance(probe, Gap)
        own = [row for row in probe if row.target.startswith(("127.", "far."))]
        assert sorted(row.outcome for row in own) == ["Connected", "Refused", "Refused"]
        gap = first.ask(EndpointProbe, name)
        assert isinstance(gap, Gap)
        assert (gap.reason, gap.detail) == (GapReason.NOT_COLLECTED, f"{name}.jsonl holds no answer to it")
    assert not [gap for gap in by_script.gaps() if gap.target in HOSTS]


def test_the_name_that_no_code_page_holds_came_through(ways, capsysbinary):
    wanted = {vm.name for vm in ways.lab.machines[HV01].state.vm}
    ways.run_scripts(capsysbinary, "utf-16")
    for evidence in (
        ways.collect("s"),
        ways.by_commands(),
        ways.collect("f", "--answers", str(ways.folder / "answers")),
    ):
        machines = evidence.ask(VirtualMachineSettings, HV01)
        assert not isinstance(machines, Gap)
        assert wanted <= {row.name for row in machines}, "checkpoints have names, too"


def test_how_each_machine_was_read_is_told(ways, capsysbinary):
    ways.run_scripts(capsysbinary, "utf-8")
    by_file = ways.collect("file", "--answers", str(ways.folder / "answers"))
    assert {by_file.target(name).how for name in HOSTS} == {f"answers file {name}.jsonl" for name in HOSTS}
    by_commands = ways.by_commands()
    assert "configuration HvPreflight" in by_commands.target(HV11).how
    assert ways.collect("script").target(HV11).how == f"basic over https at {address(BLOCK, 2)}"


def test_one_machine_by_file_and_the_other_by_wire(ways, capsysbinary):
    """The usual case: the answers that fill the second script come from both."""
    ways.run_scripts(capsysbinary, "utf-8")
    (ways.folder / "answers" / f"{HV11}.jsonl").unlink()
    answers = ("--answers", str(ways.folder / "answers"))
    ways.collect("first", *answers)
    capsysbinary.readouterr()
    script = ["queries", str(ways.estate), "--target", HV01, "--as-script", *ways.plugin]
    assert cli.run([*script, "--record", str(ways.folder / "first.hvp")]) == 0
    printed = capsysbinary.readouterr()
    lines = answers_of(ways.lab.runner, HV01, printed.out.decode("ascii"))
    assert b"not in this script" not in printed.err
    (ways.folder / "answers" / f"{HV01}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert told(ways.collect("both", *answers)) == told(ways.collect("script"))


@pytest.mark.parametrize("name", HOSTS)
def test_the_machines_probe_nothing_but_loopback(name):
    assert {place.startswith("127.") for place in machine(name, BLOCK).addresses()} == {True}
