"""A plugin that cheats ends in an error, and nothing of it is sent: looked at from the machine's end of the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.windows.wsman import Event, PipelineRequest, Step
from lab.windows.wsman.certificates import Certificates, make
from scanner import cli
from tests.json_report import findings as told_findings
from tests.wire import HOSTS, HV01, Wire, wire

BLOCK = 97
HARM = "Stop-Computer"
HEAD = '''
"""Why.

What passes."""
from scanner.api import *
from scanner.api import (Collector, Command, Query, Severity, Who, WindowsFact, scopes)
from scanner.api import (check, cim, hookimpl, passed, prop, windows_fact)

def make(fact):
    @check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
           scope=scopes.HOST, seed="s", needs=(fact,), remedy="r")
    def judged(subject, view):
        return passed(str(len(view.rows(fact, subject.host))))
    return judged
'''
FACT = '''
@windows_fact(cim("Win32_Battery"))
class Battery(WindowsFact):
    """A battery."""
    name: str = prop("Name")

@hookimpl
def scanner_checks():
    return [make(Battery)]
'''
PUT = "put = object.__setattr__\n"
COLLECTOR = '''
import contextlib
import dataclasses
from scanner.collect.transport.psrp.session import RunspaceSession
from scanner.facts.directory import DirectoryFact

class Own(DirectoryFact):
    """A fact."""
    kinds = frozenset({{"domain"}})

def collect(task, access):
    for host in task.evidence.estate.hosts:
        with contextlib.closing(RunspaceSession(host, access, task.deadline)) as session:
            session.open()
            list({call})

@hookimpl
def scanner_collectors():
    return [Collector(name="mine", kinds=frozenset({{"domain"}}), provides=lambda fact: fact is Own, collect=collect)]

@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.DOMAIN, seed="s", needs=(Own,), remedy="r")
def judged(subject, view):
    view.rows(Own, subject.names[0])
    return passed("x")

@hookimpl
def scanner_checks():
    return [judged]
'''
LATE = '''
from datetime import datetime, timezone
from scanner.api import Fact, GapReason, TargetInfo

class Own(Fact):
    """A fact."""
    kinds = frozenset({"domain"})

held = []

def collect(task, access):
    held.append(task)
    task.evidence.put(Own, task.target, [Own()], at=datetime.now(timezone.utc))

@hookimpl
def scanner_collectors():
    return [Collector(name="mine", kinds=frozenset({"domain"}), provides=lambda fact: fact is Own, collect=collect)]

@check(id="AA-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.DOMAIN, seed="s", needs=(Own,), remedy="r")
def judged(subject, view):
    for task in held:
        for host in task.evidence.estate.hosts:
            task.evidence.note(TargetInfo(name=host, kind="forged", who="forged", proof="kerberos"))
        task.evidence.miss(Own, task.target, GapReason.TIMEOUT, "forged")
        task.evidence.put(Own, "forged", [Own()], at=datetime.now(timezone.utc))
    return passed(f"{len(held)} held, {len(view.rows(Own, subject.names[0]))} of it")

@hookimpl
def scanner_checks():
    return [judged]
'''
CHEATS = {
    "the name of a command": FACT + PUT + f'put(Battery.query.commands[0], "name", "{HARM}")\n',
    "its parameters": FACT + PUT + f'put(Battery.query.commands[0], "parameters", {{"ClassName": "{HARM}"}})\n',
    "the mapping itself": FACT + f'Battery.query.commands[0].parameters["ComputerName"] = "{HARM}"\n',
    "the commands of a query": FACT + PUT + f'''
class Lenient(Command):
    def __post_init__(self): pass
put(Battery.query, "commands", (Lenient("{HARM}"),))
''',
    "a derived query": FACT + f'''
class Twofold(Query):
    def plan(self): return {{"name": "mine.Battery", "commands": [{{"command": "{HARM}", "parameters": {{}}}}]}}
Battery.query = Twofold("mine.Battery", Battery.query.commands)
''',
    "a text that lies": FACT + PUT + f'''
class Fickle(str):
    __slots__ = ()
    __eq__ = lambda self, other: True
    __hash__ = lambda self: hash("Get-CimInstance")
put(Battery.query.commands[0], "name", Fickle("{HARM}"))
''',
    "another query the second time": f'''
class Lying(type(WindowsFact)):
    looks = 0
    @property
    def query(cls):
        Lying.looks += 1
        good = Query("mine.Battery", (cim("Win32_Battery"), Command("Select-Object", {{"Property": ("Name",)}})))
        if Lying.looks > 1:
            object.__setattr__(good.commands[0], "name", "{HARM}")
        return good

class Battery(WindowsFact, metaclass=Lying):
    """A battery."""

@hookimpl
def scanner_checks():
    return [make(Battery)]
''',
    "a script of its own": COLLECTOR.format(call=f'session.run_script("{HARM}")'),
    "a command of its own": COLLECTOR.format(call=f'session.run_commands([("{HARM}", {{}})])'),
    "a script as a query": COLLECTOR.format(call=f'session.run(["{HARM}"])'),
    "a command as a query": COLLECTOR.format(call=f'session.run("{HARM}")'),
}  # fmt: skip


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS)


class Heard:
    """What reaches the machines: every pipeline, before it runs."""

    def __init__(self, lab: Wire) -> None:
        self.lab, self.steps = lab, list[Step]()
        self._run = lab.runner.run
        lab.runner.run = self.run  # type: ignore[method-assign]

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        self.steps += request.steps
        yield from self._run(request)


@pytest.fixture
def heard(pki: Certificates, tmp_path: Path) -> Iterator[Heard]:
    with wire(BLOCK, pki, tmp_path) as running:
        yield Heard(running)


@pytest.mark.parametrize("configuration", ["", "Microsoft.PowerShell"], ids=["script", "commands"])
@pytest.mark.parametrize("cheat", CHEATS)
def test_a_plugin_that_cheats_sends_nothing(heard: Heard, cheat: str, configuration: str) -> None:
    folder, report = heard.lab.folder, heard.lab.folder / "report.json"
    (folder / "mine.py").write_text(HEAD + CHEATS[cheat], encoding="utf-8")
    estate = heard.lab.estate()
    text = estate.read_text(encoding="utf-8").replace("[directory]", '[directory]\ndomains = ["corp.example"]')
    if configuration:
        text = text.replace("[sign_in]", f'[sign_in]\nconfiguration = "{configuration}"')
    estate.write_text(text, encoding="utf-8")
    code = cli.run(["scan", str(estate), "--json", str(report), "--plugin", str(folder / "mine.py")])
    assert not [step for step in heard.steps if HARM in f"{step.name} {step.parameters}"]
    if code != 2:
        assert code in (1, 3)
        found = [f for f in told_findings(json.loads(report.read_text(encoding="utf-8"))) if f["check"] == "XX-01"]
        assert found
        assert {f["status"] for f in found} == {"ERROR"}
        assert any("the collector failed" in f["note"] for f in found), found


@pytest.mark.parametrize("command", [["queries"], ["queries", "--as-script", "--target", HV01], ["jea"]])
@pytest.mark.parametrize("cheat", [name for name in CHEATS if "of its own" not in name and "as a query" not in name])
def test_nor_is_it_shown_or_written(heard: Heard, cheat: str, command: list[str], capsys) -> None:
    folder = heard.lab.folder
    (folder / "mine.py").write_text(HEAD + CHEATS[cheat], encoding="utf-8")
    out = ["--out", str(folder / "out")] if command == ["jea"] else []
    plugin = ["--plugin", str(folder / "mine.py")]
    assert cli.run([command[0], str(heard.lab.estate()), *command[1:], *out, *plugin]) == 2
    told = capsys.readouterr()
    assert HARM not in told.out
    assert not (folder / "out").exists()


def test_a_collector_that_goes_on_after_the_end_changes_nothing(heard: Heard) -> None:
    """While the findings are made, which is before the report tells how each target was read."""
    folder, report = heard.lab.folder, heard.lab.folder / "report.json"
    (folder / "mine.py").write_text(HEAD + LATE, encoding="utf-8")
    estate = heard.lab.estate()
    text = estate.read_text(encoding="utf-8").replace("[directory]", '[directory]\ndomains = ["corp.example"]')
    estate.write_text(text, encoding="utf-8")
    assert cli.run(["scan", str(estate), "--json", str(report), "--plugin", str(folder / "mine.py")]) in (1, 3)
    told = json.loads(report.read_text(encoding="utf-8"))
    (late,) = [finding for finding in told["findings"] if finding["check"] == "AA-01"]
    assert late["status"] == "PASS", late
    assert "0 held" not in late["seen"]
    assert {target["kind"] for target in told["targets"] if target["name"] in HOSTS} == {"host"}
    assert "forged" not in report.read_text(encoding="utf-8")
