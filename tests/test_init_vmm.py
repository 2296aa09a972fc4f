"""``init --vmm`` writes what one VMM server told as values, proposes the rest in comments, and asks nobody else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner import cli
from scanner.api import Estate, Evidence, GapReason
from scanner.collect.plan import first_round
from scanner.commands import vmm_estate
from scanner.commands.vmm_estate import ASKED, NotToldError, fit, told
from scanner.estate import template, vmm_template
from scanner.estate.read import read
from scanner.estate.vmm_template import SIGN, Told
from scanner.estate.writing import TomlError
from scanner.facts.vmm import Cloud, VmmHost, VmmServer
from scanner.facts.vmm_networks import VmNetwork
from scanner.words.model import TargetKind
from tests.checks.vmm.machine_rows import network
from tests.checks.vmm.vmm_rows import PRIMARY, RECOVERY, SERVER, VMM1, host
from tests.conftest import evidence
from tests.test_init_hostile import ATTACK

CLOUDS = (
    replace(PRIMARY, logical_networks=("Production", "Test"), protected=True),
    replace(RECOVERY, logical_networks=("Branch", "Test")),
)
HOSTS = (host("hv01"), host("hv02", group="All Hosts\\Recovery\\Rack 1"), host("hv03", group="All Hosts"))
NETWORKS = (network("Production"), network("Branch", "Branch"), network("Test", "Test"), network("Alone", None))


def known(*, server=SERVER, clouds=CLOUDS, hosts=HOSTS, networks=NETWORKS, **gaps: GapReason) -> Evidence:
    rows: dict[Any, Any] = {
        (VmmServer, VMM1): [server], (Cloud, VMM1): list(clouds), (VmmHost, VMM1): list(hosts),
        (VmNetwork, VMM1): list(networks),
    }  # fmt: skip
    return evidence({key: gaps.get(key[0].__name__, value) for key, value in rows.items()})


def proposed(text: str) -> dict[str, Any]:
    """What the file says once its proposal is taken."""
    start, end = text.index(vmm_template.ASK), text.index(template.TAIL)
    middle = text[start + len(vmm_template.ASK) : end]
    assert all(line.startswith(SIGN) or not line for line in middle.split("\n"))
    return tomllib.loads("\n".join(line.removeprefix(SIGN) for line in middle.split("\n")))


def test_what_a_server_told(tmp_path: Path, capsys: Any):
    found = told(known(), VMM1)
    text = vmm_template.text(found)
    written = tomllib.loads(text)
    assert written["vmm"] == [{"name": VMM1}]
    assert written["profiles"] == ["asr-vmm"]
    assert written["directory"] == {"domains": ["corp.example"]}
    assert written["group"] == [
        {"name": "cloud Primary", "hosts": ["hv01.corp.example"]},
        {"name": "cloud Recovery", "hosts": ["hv02.corp.example"]},
    ]
    assert not {"cloud_pair", "route", "network_mapping"} & set(written), "they are for people to take"
    assert proposed(text) == {
        "cloud_pair": [{"from": "Primary", "to": "Recovery"}],
        "route": [{"from": "cloud Primary", "to": "cloud Recovery", "profiles": ["asr-vmm"]}],
        "network_mapping": [{"from": "Production", "to": "Branch"}, {"from": "Test", "to": "Test"}],
    }
    path = tmp_path / "estate.toml"
    path.write_text(text, encoding="utf-8")
    assert read(path).estate.vmm_servers == (VMM1,)
    assert capsys.readouterr().err == ""


def test_the_proposal_is_an_estate_once_it_is_taken(tmp_path: Path):
    text = vmm_template.text(told(known(), VMM1))
    start, end = text.index(vmm_template.ASK) + len(vmm_template.ASK), text.index(template.TAIL)
    taken = "\n".join(line.removeprefix(SIGN) for line in text[start:end].split("\n"))
    path = tmp_path / "estate.toml"
    path.write_text(text[:start] + taken + text[end:], encoding="utf-8")
    estate = read(path).estate
    assert [(pair.source, pair.target, pair.source_server) for pair in estate.cloud_pairs] == [
        ("Primary", "Recovery", VMM1)
    ]
    assert [(route.source, route.destination) for route in estate.routes] == [
        ("hv01.corp.example", "hv02.corp.example")
    ]


def test_which_clouds_are_proposed():
    bare = [replace(row, protected=False) for row in CLOUDS]
    assert told(known(clouds=bare), VMM1).pairs == [("Primary", "Recovery")], "the first two"
    assert told(known(clouds=bare[:1]), VMM1).pairs == []
    assert told(known(clouds=[replace(row, protected=True) for row in CLOUDS]), VMM1).pairs == []
    back = [replace(CLOUDS[0], protected=False), replace(CLOUDS[1], protected=True)]
    assert told(known(clouds=back), VMM1).pairs == [("Recovery", "Primary")]
    unread = [replace(row, protected=None) for row in CLOUDS]
    assert told(known(clouds=unread), VMM1).pairs == [("Primary", "Recovery")]


def test_a_host_of_two_clouds_stands_once(tmp_path: Path):
    both = [replace(row, host_groups=("All Hosts",)) for row in CLOUDS]
    found = told(known(clouds=both), VMM1)
    assert found.groups == {"cloud Primary": ["hv01.corp.example", "hv02.corp.example", "hv03.corp.example"]}
    assert found.routes == []
    (tmp_path / "e.toml").write_text(vmm_template.text(found), encoding="utf-8")
    assert len(read(tmp_path / "e.toml").estate.hosts) == 3


def test_hosts_of_other_hypervisors_are_no_hosts():
    rows = [host("esx1", platform=1), host("hv01", platform=None)]
    assert told(known(hosts=rows), VMM1).groups == {"cloud Primary": ["hv01.corp.example"]}


BAD = [ATTACK, "a\nb", " x", "", "x\x1b[31m", "\u202egnp", "\u2028", "x" * 201, "\ud800"]


def test_hostile_names_are_left_out_with_a_word(capsys: Any):
    clouds = [*CLOUDS, *(replace(PRIMARY, id=f"b{place}", name=name) for place, name in enumerate(BAD))]
    hosts = [*HOSTS, *(host("x", name=name, fqdn=name) for name in BAD if name != " x")]
    networks = [*NETWORKS, *(network(name) for name in BAD)]
    found = told(known(clouds=clouds, hosts=hosts, networks=networks), VMM1)
    assert found == told(known(), VMM1)
    err = capsys.readouterr().err
    assert "left out" in err
    assert all(char.isprintable() or char == "\n" for char in err)
    assert tomllib.loads(vmm_template.text(found))["vmm"] == [{"name": VMM1}]


def test_clouds_of_one_name_are_left_out(capsys: Any):
    found = told(known(clouds=[*CLOUDS, replace(RECOVERY, id="c3", name="RECOVERY")]), VMM1)
    assert list(found.groups) == ["cloud Primary"]
    assert "more than one bears it" in capsys.readouterr().err


@pytest.mark.parametrize("fact", [VmmServer, Cloud, VmmHost, VmNetwork])
def test_what_was_not_read_makes_no_file(fact: Any):
    with pytest.raises(NotToldError, match=fact.__name__):
        told(known(**{fact.__name__: GapReason.TIMEOUT}), VMM1)


def test_no_cloud_makes_no_file():
    with pytest.raises(NotToldError, match="no cloud"):
        told(known(clouds=()), VMM1)


def test_who_may_be_shown_a_part_is_told(capsys: Any):
    told(known(server=replace(SERVER, profile=4)), VMM1)
    assert "may be shown a part" in capsys.readouterr().err


def test_the_server_alone_is_asked():
    wants = first_round((ASKED,), Estate(profiles=ASKED.profiles, vmm_servers=(VMM1,), domains=("corp.example",)))
    assert [(want.target, want.kind) for want in wants] == [(VMM1, TargetKind.VMM_SERVER)]
    assert ASKED.asks is None


def test_machines_of_the_file_that_tells_how_to_ask_are_not(tmp_path: Path, monkeypatch: Any, capsys: Any):
    path = tmp_path / "access.toml"
    sign_in = '[sign_in]\nmethod = "basic"\nuser = "u"\npassword = { command = ["echo", "of-nobody"] }\n'
    text = 'profiles = ["asr-vmm"]\n[[host]]\nname = "a.example"\n[[vmm]]\nname = "b.example"\n'
    path.write_text(text + sign_in, "utf-8")
    seen: list[Estate] = []

    def collected(checks: Any, collectors: Any, estate: Estate, access: Any) -> Evidence:
        seen.append(estate)
        return known()

    monkeypatch.setattr("scanner.collect.rounds.collect", collected)
    assert cli.run(["init", "--vmm", "VMM01.corp.example.", "--access", str(path)]) == 0
    assert (seen[0].vmm_servers, seen[0].hosts) == ((VMM1,), ())
    out = capsys.readouterr()
    assert tomllib.loads(out.out)["vmm"] == [{"name": VMM1}]
    assert "found 2 hosts in 2 clouds" in out.err


@pytest.mark.parametrize(
    ("line", "code"),
    [(["--vmm", "a b"], 2), (["--vmm", "10.0.0.1"], 2), (["--vmm", ""], 2), (["--vmm", VMM1, "--domain", "x.y"], 2)],
)
def test_calls_that_are_wrong(line: list[str], code: int, capsys: Any):
    assert cli.run(["init", *line]) == code
    assert capsys.readouterr().out == ""


ANY = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from([ATTACK, "", '"', "\\", "'''"])
PAIRS = st.lists(st.tuples(ANY, ANY), max_size=3)


@settings(max_examples=40)
@given(st.dictionaries(ANY, st.lists(ANY, max_size=3), max_size=3), PAIRS, PAIRS, PAIRS, ANY)
def test_what_is_written_is_what_was_meant(groups: Any, pairs: Any, routes: Any, networks: Any, server: str) -> None:
    """Values of every kind, not only those that are fit: the writer of the format holds by itself."""
    found = Told(server=server, domains=(server,), groups=groups, pairs=pairs, routes=routes, networks=networks)
    try:
        text = vmm_template.text(found)
    except TomlError:
        texts = [server, *groups, *(host for hosts in groups.values() for host in hosts)]
        texts += [text for pair in (*pairs, *routes, *networks) for text in pair]
        assert any("\ud800" <= char <= "\udfff" for text in texts for char in text), "only what UTF-8 has not"
        return
    written = tomllib.loads(text)
    assert written.pop("group", []) == [{"name": name, "hosts": hosts} for name, hosts in groups.items()]
    assert written.pop("vmm") == [{"name": server}]
    assert written.pop("directory") == {"domains": [server]}
    assert set(written) == {"profiles", "sign_in", "networks", "limits"}
    if pairs or routes or networks:
        meant = {"cloud_pair": pairs, "route": routes, "network_mapping": networks}
        kinds = {"route": {"profiles": ["asr-vmm"]}}
        expected = {k: [{"from": a, "to": b} | kinds.get(k, {}) for a, b in rows] for k, rows in meant.items() if rows}
        assert proposed(text) == expected


@given(ANY)
def test_a_fit_name_is_one_line(name: str) -> None:
    assert not fit(name) or (name.splitlines() == [name] and len(name) <= vmm_estate.LONGEST)
