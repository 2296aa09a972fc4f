"""The whole way on the real wire: Samba domains, Kerberos across the trust, ports that open, refuse and drop."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lab import practice
from scanner.api import Status
from scanner.judge import judging
from scanner.record import record
from tests.field.record import OFFER
from tests.json_report import findings as told_findings

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

Finding = dict[str, Any]
SOUND = ("good", "brokered", "sites")
"""Estates in which nothing is wrong: Kerberos and one VMM server; certificates and a broker; two VMM servers."""
WORN = tuple(name for name in practice.estates() if name not in (*SOUND, "broken"))
"""Estates of pairs, each worn in ways of its own: what their faults.toml names is all that is not green."""


@pytest.fixture(scope="module")
def estates(directory_lab, kerberos_libraries) -> Iterator[dict[str, practice.Estate]]:
    with practice.running(*practice.estates()) as every:
        yield {estate.name: estate for estate in every}


class Scan:
    """What one scan said and wrote."""

    def __init__(self, estate: practice.Estate, folder: Path) -> None:
        self.record = folder / "record.hvp"
        self.report = folder / "report.json"
        self.files = {
            "--save": self.record,
            "--json": self.report,
            "--html": folder / "r.html",
            "--junit": folder / "j.xml",
        }
        options = [text for option, path in self.files.items() for text in (option, str(path))]
        self.done = estate.run("scan", str(estate.file), *options)
        self.json: dict[str, Any] = json.loads(self.report.read_text(encoding="utf-8"))

    def findings(self, status: str) -> list[Finding]:
        return [finding for finding in told_findings(self.json) if finding["status"] == status]


@pytest.fixture(scope="module")
def good(estates, tmp_path_factory) -> Scan:
    return Scan(estates["good"], tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def brokered(estates, tmp_path_factory) -> Scan:
    return Scan(estates["brokered"], tmp_path_factory.mktemp("brokered"))


@pytest.fixture(scope="module")
def sites(estates, tmp_path_factory) -> Scan:
    return Scan(estates["sites"], tmp_path_factory.mktemp("sites"))


@pytest.fixture(scope="module")
def broken(estates, tmp_path_factory) -> Scan:
    return Scan(estates["broken"], tmp_path_factory.mktemp("broken"))


def subject_of(finding: Finding) -> str:
    """As faults.toml names it: virtual machines by title, key files by file name, the rest by id."""
    subject = finding["subject"]
    if subject["kind"] in ("vm", "vm-route"):
        return str(subject["title"])
    return Path(subject["id"]).name if subject["kind"] == "key-file" else str(subject["id"])


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_estate_is_ready(name, request):
    sound: Scan = request.getfixturevalue(name)
    assert sound.done.returncode == 0, sound.done.stdout + sound.done.stderr
    assert sound.json["verdict"] == "ready"
    assert sound.findings("FAIL") == sound.findings("UNKNOWN") == sound.findings("ERROR") == []
    assert {route["verdict"] for route in sound.json["routes"]} == {"ready"}
    assert sound.json["gaps"] == []


def test_every_seeded_fault_is_found_and_nothing_else_fails(broken):
    assert broken.done.returncode == 1, broken.done.stdout + broken.done.stderr
    faults = tomllib.loads((practice.ESTATES / "broken" / "faults.toml").read_text(encoding="utf-8"))["fault"]
    seeded = {(fault["check"], subject) for fault in faults for subject in fault["subjects"]}
    found = {(finding["check"], subject_of(finding)) for finding in broken.findings("FAIL")}
    assert len(faults) >= 25
    assert found - seeded == set(), "fails, and nobody seeded it"
    assert seeded - found == set(), "seeded, and not found"
    assert broken.findings("ERROR") == []


@pytest.mark.parametrize("name", WORN)
def test_every_worn_pair_shows_its_faults_and_nothing_else(name, estates, tmp_path):
    worn = Scan(estates[name], tmp_path)
    faults = tomllib.loads((practice.ESTATES / name / "faults.toml").read_text(encoding="utf-8")).get("fault", ())
    seeded = {(f.get("status", "FAIL"), f["check"], subject) for f in faults for subject in f["subjects"]}
    told = ("FAIL", "WARN", "UNKNOWN", "ERROR")
    found = {(status, f["check"], subject_of(f)) for status in told for f in worn.findings(status)}
    assert found - seeded == set(), "told, and nobody seeded it"
    assert seeded - found == set(), "seeded, and not found"


def test_unknown_is_only_what_was_seeded(broken):
    """HB41 is silent, HB08's service is stopped, nobody may read the directory of HB21's forest, one key is cut; HB09
    names HB01 and denies it, HB06 is a node of a cluster.
    """
    seeded = ("hb41", "hb08", "island", "truncated", "names or deny entry", "node of cluster practice-cluster")
    unknown = broken.findings("UNKNOWN")
    assert unknown
    for finding in unknown:
        text = finding["note"] + finding["subject"]["id"]
        assert any(word in text for word in seeded), finding


def test_the_dead_host_is_told_in_words(broken):
    gaps = {gap["detail"] for gap in broken.json["gaps"] if gap["target"] == "hb41.corp.example"}
    assert any("5986" in detail for detail in gaps), gaps


def test_coverage_adds_up(broken):
    counts = broken.json["counts"]
    assert sum(counts.values()) == len(broken.json["findings"])
    found = [(finding["check"], finding["subject"]["id"], finding["profile"]) for finding in told_findings(broken.json)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", ["good", "broken"])
def test_judging_the_record_again_gives_the_same_bytes(name, estates, request, tmp_path):
    scan: Scan = request.getfixturevalue(name)
    again = tmp_path / "again.json"
    done = estates[name].run("judge", str(scan.record), "--json", str(again))
    assert done.returncode == scan.done.returncode
    assert again.read_bytes() == scan.report.read_bytes()


def test_kerberos_went_across_the_trust(good):
    how = {target["name"]: target for target in good.json["targets"]}
    assert "kerberos" in how["hv11.branch.example"]["how"]
    assert how["hv11.branch.example"]["answered"] > 0


def test_kerberos_proves_who_answered(good):
    machines = {target["name"]: target for target in good.json["targets"] if target["kind"] in ("host", "vmm-server")}
    assert len(machines) == 5
    assert {target["proof"] for target in machines.values()} == {"kerberos"}


def test_what_kerberos_proved_stands_where_no_name_was_told(good):
    data = json.loads(good.record.read_text(encoding="utf-8"))
    data["answers"] = [a for a in data["answers"] if a["fact"] not in ("ComputerSystem", "AnsweringMachine")]
    found = {True: [], False: []}
    for proven in found:
        for target in data["targets"]:
            target["proof"] = target["proof"] if proven else ""
        evidence = record.load(json.dumps(data).encode(), OFFER.facts)
        found[proven] = [f for f in judging.judge(OFFER.checks, evidence) if f.check == "HOST-01"]
    assert {f.status for f in found[True]} == {Status.PASS}
    assert {f.status for f in found[False]} == {Status.UNKNOWN}


def test_an_address_that_leads_to_another_host_opens_no_session(estates, tmp_path):
    """The ticket is for hv02, and hv01 cannot read it; over http, so that no certificate says so before."""
    estate = estates["good"]
    text = estate.file.read_text(encoding="utf-8").replace('transport = "https"', 'transport = "http"')
    text = text.replace('"hv01.corp.example", "hv02.corp.example"', '"hv01.corp.example"')
    text += '\n[[host]]\nname = "hv02.corp.example"\naddress = "10.77.11.1"\n'
    wrong = estate.file.with_name("wrong.toml")
    wrong.write_text(text.replace('from = "main"\nto = "main"', 'from = "main"\nto = "hv02.corp.example"'), "utf-8")
    report = tmp_path / "r.json"
    assert estate.run("scan", str(wrong), "--json", str(report)).returncode == 3
    said = json.loads(report.read_text(encoding="utf-8"))
    about = [f for f in told_findings(said) if f["subject"]["id"] == "hv02.corp.example"]
    by_vmm = [f for f in about if {fact["target"] for fact in f["evidence"]} == {"vmm01.corp.example"}]
    assert {f["check"] for f in by_vmm} == {"VMM-06"}, "VMM has its own way to the host, and tells what it met there"
    assert {f["status"] for f in about if f not in by_vmm} <= {"UNKNOWN", "NOT_APPLICABLE"}
    assert {gap["reason"] for gap in said["gaps"] if gap["target"] == "hv02.corp.example"} == {"access denied"}
    assert {t["proof"] for t in said["targets"] if t["kind"] == "host"} == {"kerberos", ""}


def test_the_hostile_name_stays_text(broken):
    text = broken.files["--html"].read_text(encoding="utf-8")
    assert "<b>web</b>" not in text
    assert "&lt;b&gt;web&lt;/b&gt;" in text


def test_init_asks_the_directory(estates, tmp_path):
    estate = estates["good"]
    done = estate.run("init", "--domain", "corp.example", "--access", str(estate.file))
    assert done.returncode == 0, done.stderr
    hosts = {host for group in tomllib.loads(done.stdout)["group"] for host in group["hosts"]}
    assert {"hv01.corp.example", "hv02.corp.example", "hv03.corp.example", "hv11.branch.example"} <= hosts
    assert "vmm01.corp.example" not in hosts
    path = tmp_path / "estate.toml"
    path.write_text(done.stdout, encoding="utf-8")
    assert estate.run("estate", str(path)).returncode == 0


def test_init_asks_the_vmm_server(estates, tmp_path):
    estate = estates["mapped"]
    done = estate.run("init", "--vmm", "vnm1.corp.example", "--access", str(estate.file))
    assert done.returncode == 0, done.stderr
    written = tomllib.loads(done.stdout)
    groups = {group["name"]: group["hosts"] for group in written["group"]}
    assert groups["cloud Primary"] == ["vn11.corp.example"]
    assert written["vmm"] == [{"name": "vnm1.corp.example"}]
    assert "# [[cloud_pair]]" in done.stdout
    path = tmp_path / "estate.toml"
    path.write_text(done.stdout, encoding="utf-8")
    assert estate.run("estate", str(path)).returncode == 0


def test_a_wrong_password_is_told_and_asked_once(estates, tmp_path):
    estate = estates["broken"]
    text = """
    [[host]]
    name = "hb31.corp.example"
    sign_in = { method = "basic", user = "hb31\\\\scanner", password = { env = "WRONG" }, ca = "%s" }
    [[host]]
    name = "hb01.corp.example"
    sign_in = { ca = "%s" }
    [[route]]
    from = "hb31.corp.example"
    to = "hb01.corp.example"
    """ % ((estate.lab.ca,) * 2)
    path = tmp_path / "estate.toml"
    path.write_text(text, encoding="utf-8")
    command = estate.scanner(sys.executable, "-m", "scanner", "scan", str(path), "--json", str(tmp_path / "r.json"))
    environment = estate.environment | {"WRONG": "not-the-passw0rd"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    report = (tmp_path / "r.json").read_text(encoding="utf-8")
    gaps = [gap for gap in json.loads(report)["gaps"] if gap["target"] == "hb31.corp.example"]
    assert {gap["reason"] for gap in gaps} == {"access denied"}
    assert "not-the-passw0rd" not in report + done.stdout + done.stderr
