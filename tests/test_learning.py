"""A machine is asked everything on the wire; what it answered is kept without names, and can be answered again."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from lab import contract
from lab.practice import ESTATES
from lab.windows.machine import Machine
from lab.windows.machine.state import parse
from lab.windows.replay import ReplayRunner
from lab.windows.runner import MachineRunner
from lab.windows.wsman import Listener, ServerThread, Tls, WsmanServer
from lab.windows.wsman.certificates import Certificates, make
from scanner import cli
from scanner.collect.errors_told import error_id
from scanner.collect.redacting import Redactor, form_of
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.commands import learn
from scanner.facts.base import WindowsFact
from scanner.plugins import load as plugins
from scanner.record.recording_file import load
from scanner.words.model import key_of
from scanner.words.query import Command
from scanner.words.readonly import NotReadOnlyError
from scanner.words.recording import Asked, Failure, Recording
from tests.wire import HV01, PASSWORD, STILL, address, machine, wire

OFFER = plugins(third_party=False)
FACTS = {key_of(fact): fact for fact in OFFER.facts if issubclass(fact, WindowsFact)}
BLOCK, VMM = 141, "vmm01.corp.example"
ESTATE = """
[sign_in]
method = "basic"
user = "admin"
password = {{ file = "{folder}/password" }}
ca = "{ca}"
{more}
[directory]
controllers = {{ "corp.example" = ["dc.corp.example"] }}
addresses = {{ "dc.corp.example" = "127.0.0.1" }}
[limits]
host_deadline = "60s"
[[host]]
name = "{host}"
address = "{address}"
[[host]]
name = "{other}"
[[route]]
from = "{host}"
to = "{other}"
"""


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), (HV01,))


OTHER = "other.corp.example"


def estate(folder: Path, host: str, pki: Certificates, more: str = "", other: str = OTHER) -> Path:
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o600)
    text = ESTATE.format(folder=folder, ca=pki.ca, host=host, address=address(BLOCK, 1), more=more, other=other)
    path = folder / "estate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def learnt(folder: Path, host: str, file: Path, name: str = "learnt.json") -> Recording:
    path = folder / name
    code = cli.run(["doctor", host, "--learn", str(path), "--estate", str(file), "--no-plugins"])
    assert code in (0, 3)
    return load(path.read_bytes())


@contextmanager
def replaying(recording: Recording, folder: Path, **named: Any) -> Iterator[tuple[str, Certificates]]:
    """The recorded machine, behind a real endpoint, under the name that the recording gives it."""
    runner = ReplayRunner(recording, **named)
    with served(runner, runner.host, folder) as where:
        yield where


@contextmanager
def served(runner: ReplayRunner | MachineRunner, host: str, folder: Path) -> Iterator[tuple[str, Certificates]]:
    """A machine behind a real endpoint, with a certificate of its name."""
    pki = make(folder, (host,))
    place = address(BLOCK, 1)
    server = WsmanServer(
        runner,
        listeners=[Listener(place, 5986, Tls(pki.server.certificate, pki.server.key, pki.ca))],
        machines={place: host},
        users={"admin": PASSWORD},
        auth=("basic",),
        configurations=runner.configurations,
        powershell_version=runner.powershell_version,
    )
    with ServerThread(server):
        yield host, pki
        runner.stop()


def other_of(recording: Recording) -> str:
    """What it calls the machine that a move from it would lead to: the one that it tried to reach."""
    (probe,) = (asked for asked in recording.asked if asked.fact == "EndpointProbe")
    return next(str(row["Target"]).rpartition(":")[0] for row in probe.rows if str(row["Target"]).count(".") == 2)


def told(failure: Failure) -> Failure:
    """What both ways of asking tell of an error."""
    return replace(failure, type="", code=None)


def timeless(recording: Recording) -> Recording:
    """The recording without what differs between any two runs, and what is said of it."""
    asked = tuple(replace(one, seconds=None, failures=tuple(map(told, one.failures))) for one in recording.asked)
    return replace(recording, asked=asked, settled=(), at=datetime(2026, 1, 1, tzinfo=UTC))


def rows_of(asked: Asked) -> object:
    """What the decoder makes of it."""
    try:
        return decode(FACTS[asked.fact], list(asked.rows))
    except Unparsable as error:
        return str(error)


def vmm_estate(folder: Path, host: str, pki: Certificates) -> Path:
    """In which it is a VMM server, and no host."""
    path = estate(folder, "hv01.other.example", pki, other="hv02.other.example")
    text = path.read_text(encoding="utf-8").replace(f'address = "{address(BLOCK, 1)}"\n', "")
    told = f'[[vmm]]\nname = "{host}"\naddress = "{address(BLOCK, 1)}"\n'
    path.write_text(text + told, encoding="utf-8")
    return path


@pytest.mark.parametrize("release", ["2016", "2022"])
def test_a_vmm_server_replays_likewise(tmp_path: Path, release: str) -> None:
    text = (ESTATES / "good" / "machines" / "vmm01.toml").read_text(encoding="utf-8")
    own = Machine(parse(STILL + text.replace('release = "2016"', f'release = "{release}"')), tmp_path)
    with served(MachineRunner({VMM: own}), VMM, tmp_path / "own") as (_, pki):
        first = learnt(tmp_path, VMM, vmm_estate(tmp_path, VMM, pki))
    assert (first.kind, first.computer["build"]) == ("vmm-server", contract.build(release))
    assert {"VmmServer", "Cloud", "VmmVirtualMachine"} <= {one.fact for one in first.asked if one.rows}
    written = (tmp_path / "learnt.json").read_text(encoding="utf-8").lower()
    assert [
        name for name in ("vmm01", "hv01", "corp", "web-01", "svc-vmm", "legacy", "10.77.11") if name in written
    ] == []
    with replaying(first, tmp_path / "again") as (host, again):
        second = learnt(tmp_path, host, vmm_estate(tmp_path, host, again), "again.json")
    assert timeless(second) == timeless(first)
    assert list(map(rows_of, second.asked)) == list(map(rows_of, first.asked))


@pytest.mark.parametrize("configuration", ["", "HvPreflight"])
def test_a_recording_replays_to_equal_evidence(tmp_path: Path, pki: Certificates, configuration: str) -> None:
    with wire(BLOCK, pki, tmp_path, machines={HV01: machine(HV01, BLOCK, tmp_path)}) as _:
        first = learnt(tmp_path, HV01, estate(tmp_path, HV01, pki))
    more = f'configuration = "{configuration}"\n' if configuration else ""
    named = {"configurations": {configuration: None}} if configuration else {}
    with replaying(first, tmp_path / "again", **named) as (host, again):
        second = learnt(tmp_path, host, estate(tmp_path, host, again, more, other_of(first)), "again.json")
    assert replace(timeless(second), transport=first.transport) == timeless(first)
    if not configuration:
        assert [one.failures for one in second.asked] == [one.failures for one in first.asked]
    assert len(first.settled) > 20, "the points say something of it"
    assert list(map(rows_of, second.asked)) == list(map(rows_of, first.asked))


WHO = ("OperatingSystem", "ComputerSystem", "Service", "DnsSuffix")
"""These say who answers, and are left as they are: nothing is kept of a machine that is another."""
MARK = "geheim"
MARKED = (
    MARK, MARK.upper(), f"{MARK}-01", f"{MARK}01.corp.{MARK}", f"CORP\\{MARK}$", f"C:\\{MARK}\\{MARK} x\\{MARK}.vhdx",
    f"\\\\{MARK}\\{MARK}$\\x", f"CN={MARK}, O={MARK}", f"{MARK}@corp.example", f"Microsoft:{MARK}\\{MARK}",
    f"v2.30|Action={MARK}|Name={MARK}|App=C:\\{MARK}.exe|Svc={MARK}|Desc={MARK}", f"D:(A;;GA;;;{MARK})",
    f"Running {MARK}", f"KB{MARK}", f"TLS_{MARK}", f"10.0.{MARK}", f"\u65e5{MARK}\u672c", f'"{MARK}"',
    f"{MARK}\n{MARK}",
    f"Msvm_{MARK}", f"#{MARK}~", f"name-{MARK}", f"{MARK}_{MARK}", "a" * 300 + MARK,
)  # fmt: skip
"""A name in every form in which one may stand."""
TELLING = {
    "thumbprint": "3097D646A58EB546DE04416DE0E64E5E1FB30387",
    "guid": "{FAC00BFB-927A-5B69-A18A-02F401636F57}",
    "address": "10.77.21.40", "subnet": "10.77.21.40/24", "address6": "fd12:3456:789a::4711",
    "mac": "9C-8E-99-0A-0B-0C",
    "sid": "S-1-5-21-1004336348-1177238915-682003330-1187", "port name": "C003FF2A3B4C0008", "serial": "5CG1170ZK9",
    "range": "10.77.21.40-10.77.21.50", "exceptions": "10.77.21.*;10.77.*", "zone": "21.77.10.in-addr.arpa",
    "range6": "fd12:3456:789a::4711-fd12:3456:789a::4722", "scope": "fe80::4722%eth0",
    "spaced": "91 77 44 91 77 44 91 77 44", "dotted": "9177.4491.7744",
}  # fmt: skip
PARTS = (
    "3097D646",
    "FAC00BFB",
    "10.77.21",
    "fd12:",
    "9C-8E-99",
    "1004336348",
    "1187",
    "C003FF2A",
    "5CG1170ZK9",
    "21.77.10",
    "10.77",
    "4722",
    "91 77",
    "4491",
)
"""What of these must not be found again."""


def spoilt(fact: type[WindowsFact], text: str, number: int) -> dict[str, Any]:
    """A row in which every property, a list's item, a key and what lies deeper hold it."""
    places = form_of(fact).places
    forms: tuple[Any, ...] = (text, [text, text], {text: text}, {"value": [text], "Count": 1}, {"value": text})
    names = [f.metadata["property"] for f in fields(cast("Any", fact)) if "property" in f.metadata]
    octets = list(MARK.encode("utf-16-le"))
    return {
        **{
            name: forms[(place + number) % len(forms)]
            for place, name in enumerate(names)
            if not ((clear := places[name].clear) and clear.fullmatch(text))  # four numbers may be a version
        },
        text: text,
        "octets": octets,
        "wrapped": {"value": octets, "Count": len(octets)},
    }


def marked(fact: type[WindowsFact]) -> Iterator[dict[str, Any]]:
    for number, text in enumerate((*MARKED, *TELLING.values())):
        yield from (spoilt(fact, text, number + turn) for turn in range(5))


def found_in(text: str) -> list[str]:
    octets = json.dumps(list(MARK.encode("utf-16-le")))[1:-1].replace(" ", "")
    flat = "".join(text.split())
    return [part for part in (MARK, *PARTS) if part.lower() in text.lower()] + ([octets] if octets in flat else [])


@pytest.mark.parametrize("fact", FACTS.values(), ids=key_of)
def test_no_text_of_any_fact_is_kept_that_may_be_a_name(fact: type[WindowsFact]) -> None:
    redactor = Redactor()
    kept = [redactor.row(row, fact) for row in marked(fact)]
    assert found_in(json.dumps(kept, ensure_ascii=False)) == []
    assert redactor.hidden >= len(kept)
    again = Redactor()
    assert [again.row(row, fact) for row in kept] == kept, "a stand-in is its own"
    assert again.hidden == redactor.hidden


def test_of_what_a_script_threw_no_word_is_an_identifier():
    """A FullyQualifiedErrorId of ``throw "..."`` is the sentence itself, and names in it look like identifiers."""
    thrown = error_id("Cannot reach FileServer of MuellerBau", Redactor())
    assert "FileServer" not in thrown
    assert "MuellerBau" not in thrown
    known = "HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand"
    assert error_id(known, Redactor()) == known


def test_what_it_was_asked_with_is_hidden_too(tmp_path: Path, pki: Certificates) -> None:
    """On the wire: names in every row, error and key of every fact; and the run's own secret, which is echoed."""
    text = 'name = "geheim01"\nrelease = "2019"\ndomain = "geheim.example"\n' + STILL
    host, own = "geheim01.geheim.example", Machine(parse(text), tmp_path)
    with served(MachineRunner({host: own}), host, tmp_path / "own") as (_, first_pki):
        plain = learnt(tmp_path, host, estate(tmp_path, host, first_pki, other=f"{MARK}02.{MARK}.example"))
    assert found_in((tmp_path / "learnt.json").read_text(encoding="utf-8")) == []
    said = (*MARKED, *TELLING.values(), PASSWORD)
    failure = Failure(error_id=f"{MARK},{MARK}", category="ReadError", type=MARK, text=MARK, activity=MARK, target=MARK)
    worst = replace(plain, asked=tuple(
        asked if asked.fact in WHO or FACTS[asked.fact].bare
        else replace(asked, rows=tuple(spoilt(FACTS[asked.fact], one, 0) for one in said), failures=(failure,))
        for asked in plain.asked
    ))  # fmt: skip
    with replaying(worst, tmp_path / "again") as (name, again):
        kept = learnt(tmp_path, name, estate(tmp_path, name, again), "worst.json")
    written = (tmp_path / "worst.json").read_text(encoding="utf-8")
    assert sum(len(asked.rows) for asked in kept.asked) > 1000, "all of it was answered"
    assert found_in(written) == []
    assert PASSWORD not in written


# ---- what is not kept, and what is said


def test_what_another_machine_answers_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = Machine(parse('name = "hv02"\nrelease = "2019"\ndomain = "corp.example"\n' + STILL), tmp_path)
    with served(MachineRunner({HV01: own}), HV01, tmp_path / "own") as (_, pki):
        code = run(tmp_path, HV01, estate(tmp_path, HV01, pki))
    said = capsys.readouterr().out
    assert code == 3
    assert f"nothing is kept: {HV01}: another machine answered: HV02 (corp.example)" in said
    assert not (tmp_path / "learnt.json").exists()


def test_of_a_machine_that_does_not_answer_nothing_is_kept(
    tmp_path: Path, pki: Certificates, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "learnt.json").write_text("of before", encoding="utf-8")
    assert run(tmp_path, HV01, estate(tmp_path, HV01, pki)) == 3
    said = capsys.readouterr().out
    assert "5986 refused the connection" in said
    assert f"nothing is kept: {HV01}: it answered nothing" in said
    assert (tmp_path / "learnt.json").read_text(encoding="utf-8") == "of before"


def run(folder: Path, host: str, file: Path, *more: str) -> int:
    path = str(folder / "learnt.json")
    return cli.run(["doctor", host, "--learn", path, "--estate", str(file), "--no-plugins", *more])


def test_what_is_written_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "learnt.json").write_text("", encoding="utf-8")
    (tmp_path / "learnt.json").chmod(0o644)
    own = Machine(parse('name = "hv01"\nrelease = "2019"\ndomain = "corp.example"\n' + STILL), tmp_path)
    with served(MachineRunner({HV01: own}), HV01, tmp_path / "own") as (_, pki):
        assert run(tmp_path, HV01, estate(tmp_path, HV01, pki), "--json", str(tmp_path / "rows.json")) in (0, 3)
    assert stat.S_IMODE((tmp_path / "learnt.json").stat().st_mode) == 0o600
    assert json.loads((tmp_path / "rows.json").read_bytes())["rows"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--learn", "x"], "--learn asks one machine; write hv-preflight doctor HOST --learn FILE"),
        (["estate.toml", "--learn", "x"], "--learn asks one machine"),
        (["hv01/x", "--learn", "x"], '"hv01/x" is no name of a machine'),
        (["hv1.corp.example", "--learn", "x", "--estate", "estate.toml"], 'did you mean "hv01.corp.example"'),
        (["hv1.corp.example", "--learn", "x"], '"hv1.corp.example" is no machine of estate.toml'),
        (["--estate", "estate.toml"], "--estate goes with --learn"),
        ([HV01, "--learn", "estate.toml"], "estate.toml is what is read"),
    ],
)
def test_what_is_called_wrongly_is_told(
    tmp_path: Path, pki: Certificates, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: list[str], said: str,
) -> None:  # fmt: skip
    estate(tmp_path, HV01, pki)
    monkeypatch.chdir(tmp_path)
    assert cli.run(["doctor", *words, "--no-plugins"]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_short_name_finds_the_one_machine_that_it_can_mean(tmp_path: Path, pki: Certificates) -> None:
    assert learn.known("hv01", estate(tmp_path, HV01, pki), plugins(third_party=False)).target == HV01


def test_without_an_estate_a_host_is_named_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["doctor", "hv01", "--learn", "x", "--no-plugins"]) == 2
    assert "a host is written with its domain, as in hv01.corp.example" in capsys.readouterr().err


# ---- classes


@pytest.mark.parametrize(
    "parameters",
    [
        {"ClassName": "Win32_*"},
        {"ClassName": "*"},
        {"ClassName": ("Win32_Service", "Win32_Volume")},
        {"ClassName": "Win32_Service", "Namespace": r"root\subscription"},
        {"ClassName": "Win32_Service", "ComputerName": "hv02"},
        {"ClassName": "Win32_Service", "MethodName": "Change"},
    ],
)
def test_no_class_is_looked_for_and_no_other_machine_asked(parameters: dict[str, Any]) -> None:
    with pytest.raises(NotReadOnlyError):
        Command("Get-CimClass", parameters)


def test_classes_are_told_with_their_types_or_that_they_are_not_there(tmp_path: Path, pki: Certificates) -> None:
    with wire(BLOCK, pki, tmp_path, machines={HV01: machine(HV01, BLOCK, tmp_path)}) as _:
        told = {one.name: one for one in learnt(tmp_path, HV01, estate(tmp_path, HV01, pki)).schemas}
    assert told["Win32_OperatingSystem"].properties["LocalDateTime"] == "DateTime"
    assert told["Msvm_StorageAllocationSettingData"].properties["HostResource"] == "String[]"
    assert told["Win32_OperatingSystem"].missing == ""
    assert told["MSCluster_Cluster"].properties == {}
    assert told["MSCluster_Cluster"].missing.startswith("HRESULT 0x8004100e,")
