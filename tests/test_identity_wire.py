"""A name that leads to another machine, on the real wire: by script, by commands, by a file, and between two rounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lab.windows.machine import Machine
from lab.windows.wsman import Listener, Tls
from lab.windows.wsman.certificates import Certificates, Pair, make
from scanner import cli
from scanner.api import Evidence, Gap, GapReason
from scanner.facts.host import AnsweringMachine, ComputerSystem, Service
from scanner.facts.network import EndpointProbe
from scanner.judge.identity import windows_facts
from scanner.record import record
from tests.json_report import findings as told_findings
from tests.test_three_ways import Ways
from tests.wire import HOSTS, HV01, HV11, Wire, wire

BLOCK = 97
OTHER, UNPROVEN = GapReason.ANOTHER_MACHINE, GapReason.UNPROVEN
PATTERNS = {"wildcard": ["*.corp.example"], "both names": list(HOSTS)}


@pytest.fixture(scope="module", params=PATTERNS)
def pki(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Certificates:
    """A certificate that any of the hosts may show."""
    return make(tmp_path_factory.mktemp("pki"), PATTERNS[request.param], client="admin")


@pytest.fixture
def ways(pki: Certificates, tmp_path: Path) -> Iterator[Ways]:
    """Three ways to read an estate in which the address of hv11 is hv01's."""
    with wire(BLOCK, pki, tmp_path) as lab:
        made = Ways(lab)
        made.estate = lab.estate(address11=lab.where(HV01))
        yield made


def nothing_of_hv11(evidence: Evidence, *probed: str) -> None:
    """No fact of it, one reason for all, and who it was is kept; ``probed`` is what a file tells of an earlier time."""
    assert {answer.fact for answer in evidence.answers() if answer.target == HV11} == {AnsweringMachine}
    gaps = [gap for gap in evidence.gaps() if gap.target == HV11 and gap.fact in windows_facts()]
    assert {gap.because for gap in gaps} == {"another machine answered: HV01 (corp.example)"}
    assert {"ComputerSystem", "OperatingSystem", "VMHost", "EndpointProbe"} <= {gap.fact for gap in gaps}
    assert evidence.ask(AnsweringMachine, HV11) == evidence.ask(AnsweringMachine, HV01)
    assert not isinstance(evidence.ask(ComputerSystem, HV01), Gap)
    probes = evidence.ask(EndpointProbe, HV01)
    assert not isinstance(probes, Gap)
    names = {row.target.partition(":")[0] for row in probes}
    assert names == {HV11, "hv11", *probed}, "the route names it; another machine's answers lead to no probe"


def test_by_script(ways):
    nothing_of_hv11(ways.collect("script"))


def test_by_commands(ways):
    nothing_of_hv11(ways.by_commands())


def test_by_file(ways, capsysbinary):
    ways.estate = ways.lab.estate()
    ways.collect("first")
    ways.run_scripts(capsysbinary, "utf-8", "--record", str(ways.folder / "first.hvp"))
    answers = ways.folder / "answers"
    (answers / f"{HV11}.jsonl").write_bytes((answers / f"{HV01}.jsonl").read_bytes())
    nothing_of_hv11(ways.collect("file", "--answers", str(answers)), ways.lab.where(HV11))


def test_a_file_of_two_machines_tells_of_none(ways, capsysbinary):
    """Brought together by hand: the first answer to who it is would be right."""
    ways.run_scripts(capsysbinary, "utf-8")
    both = b"".join((ways.folder / "answers" / f"{name}.jsonl").read_bytes() for name in (HV11, HV01))
    (ways.folder / "answers" / f"{HV11}.jsonl").write_bytes(both)
    evidence = ways.collect("file", "--answers", str(ways.folder / "answers"))
    gap = evidence.ask(Service, HV11)
    assert isinstance(gap, Gap)
    assert gap.because == "another machine answered: 2 of them, HV11 (corp.example) and HV01 (corp.example)"


def test_a_file_that_does_not_tell_whose_it_is_tells_nothing(ways, capsysbinary):
    ways.run_scripts(capsysbinary, "utf-8")
    path = ways.folder / "answers" / f"{HV11}.jsonl"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if '"ComputerSystem"' not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    evidence = ways.collect("file", "--answers", str(ways.folder / "answers"))
    gap = evidence.ask(Service, HV11)
    assert isinstance(gap, Gap)
    assert gap.reason is UNPROVEN
    assert f"{HV11}.jsonl holds no answer to it" in gap.detail


def test_nothing_about_it_passes_and_the_cause_is_told_once(ways, capsys):
    capsys.readouterr()
    report, page = ways.folder / "r.json", ways.folder / "r.html"
    assert cli.run(["scan", str(ways.estate), "--json", str(report), "--html", str(page)]) == 1
    said = capsys.readouterr().out
    findings = told_findings(json.loads(report.read_text(encoding="utf-8")))
    about = [f for f in findings if HV11 in f["subject"]["names"]]
    passed = [f for f in about if f["status"] == "PASS"]
    read = {each["target"] for f in passed for each in f["evidence"] if each["at"]}
    assert read == {HV01}, "hv01 tells of itself, and nothing of hv11 is read"
    assert [f["status"] for f in about if f["check"] == "ID-10"] == ["FAIL"]
    cause = "another machine answered: HV01 (corp.example)"
    assert " ".join(said.split()).count(f"hv11: {cause}") == 1
    assert cause in page.read_text(encoding="utf-8")


def with_nameless(lab: Wire) -> None:
    """Let WMI of hv11 give all but the row that says who it is."""
    for name in HOSTS:
        state = lab.machines[name].state
        faults = msgspec.structs.replace(state.faults, failing={"Win32_ComputerSystem": "0x80041001"})
        lab.runner.replace(name, Machine(msgspec.structs.replace(state, faults=faults), lab.folder))


def collected(lab: Wire, **words: Any) -> Evidence:
    path = lab.folder / "run.hvp"
    assert cli.run(["collect", str(lab.estate(**words)), "--save", str(path)]) == 3
    from tests.field.record import OFFER

    return record.load(path.read_bytes(), OFFER.facts)


def test_who_does_not_say_its_name_needs_a_better_certificate(pki, tmp_path):
    with wire(BLOCK, pki, tmp_path) as lab:
        with_nameless(lab)
        evidence = collected(lab)
    for name in HOSTS:
        gap = evidence.ask(Service, name)
        assert isinstance(gap, Gap)
        assert gap.reason is UNPROVEN
        assert evidence.target(name).proof == ""


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> tuple[Certificates, dict[str, Pair]]:
    """For each host a certificate that names it, and its short name; all their authorities in one file."""
    made = {n: make(tmp_path_factory.mktemp("own"), [n, n.partition(".")[0]], client="admin") for n in HOSTS}
    bundle = tmp_path_factory.mktemp("ca") / "ca.pem"
    bundle.write_text("".join(Path(each.ca).read_text() for each in made.values()))
    return replace(made[HV01], ca=str(bundle)), {name: each.server for name, each in made.items()}


@pytest.mark.parametrize("verify", [True, False])
def test_a_certificate_that_names_this_host_alone_proves_it(exact, tmp_path, verify):
    pki, own = exact
    place = {name: f"{Wire(BLOCK, pki, tmp_path, {}).where(name)}" for name in HOSTS}
    listeners = [Listener(place[n], 5986, Tls(own[n].certificate, own[n].key, pki.ca)) for n in HOSTS]
    with wire(BLOCK, pki, tmp_path, listeners=listeners) as lab:
        with_nameless(lab)
        password = lab.folder / "password"
        sign_in = f'user = "admin"\npassword = {{ file = "{password}" }}\nverify = {str(verify).lower()}'
        evidence = collected(lab, sign_in=sign_in)
    for name in HOSTS:
        assert evidence.target(name).proof == ("certificate" if verify else "")
        assert isinstance(evidence.ask(Service, name), Gap) is not verify
        assert isinstance(evidence.ask(ComputerSystem, name), Gap)
