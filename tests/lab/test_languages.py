"""Windows of every language gives the same verdicts, whatever it calls groups, accounts, adapters and switches."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from lab import records
from lab.windows.errors import METADATA
from lab.windows.machine.languages import LANGUAGES, Code
from lab.windows.machine.state import State
from lab.windows.trial import Trial
from lab.windows.wsman import ErrorRecord
from scanner.facts.local_group import LocalGroup
from scanner.facts.vmm import VmmHost
from scanner.judge import judging
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, Profile
from tests.field.record import OFFER

OTHERS = [code for code in get_args(Code) if code != "en"]
ESTATES = ("good", "broken")
OF_REPLICATION = ("brokered", "certified", "replica", "shares", "sites")
"""Estates of clusters, certificates, shares and VMM servers: their machines alone are read, and no directory."""
RIGHT = ["NT VIRTUAL MACHINE\\Virtual Machines", "BUILTIN\\Administrators", "*S-1-5-80-0"]
Told = dict[tuple[str, str, str], str]


def windows_own(state: State, *, switches: bool = True) -> State:
    """The machine as Windows names it where nobody chose names, and with rights that a policy sets by name."""
    adapters = [
        msgspec.structs.replace(adapter, name=f"Ethernet {place}" if place > 1 else "Ethernet")
        for place, adapter in enumerate(state.adapter, 1)
    ]
    policy = msgspec.structs.replace(state.policy, rights={"SeServiceLogonRight": RIGHT, **state.policy.rights})
    named = msgspec.structs.replace(state, adapter=adapters, policy=policy)
    if not switches:
        return named
    return msgspec.structs.replace(
        named,
        switch=[msgspec.structs.replace(switch, name="Default Switch") for switch in state.switch[:1]],
        vm=[msgspec.structs.replace(vm, switch=vm.switch and "Default Switch") for vm in state.vm],
    )


def read(estate: str, languages: dict[str, str]) -> Evidence:
    """An estate whose machines speak: by name, or "" for all others."""

    def change(state: State) -> State:
        spoken = languages.get(state.name, languages[""])
        return msgspec.structs.replace(windows_own(state, switches=len(languages) == 1), language=spoken)

    return record.load(records.anew(estate, change), OFFER.facts)


def told(evidence: Evidence) -> Told:
    """The status of every finding."""
    findings = judging.judge(OFFER.checks, evidence)
    return {(f.check, f.subject.id, f.profile): f.status.value for f in findings}


@pytest.fixture(scope="module")
def in_english() -> dict[str, Told]:
    return {estate: told(read(estate, {"": "en"})) for estate in ESTATES}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("estate", ESTATES)
def test_every_language_gives_the_same_findings(in_english, estate, language):
    evidence = read(estate, {"": language})
    assert told(evidence) == in_english[estate]
    groups = [row for name in evidence.estate.machines for row in _rows(evidence, name)]
    other = {row.name for row in groups} - {"Administrators", "Hyper-V Administrators", "Remote Management Users"}
    assert other <= set(LANGUAGES[language].groups.values())
    assert bool(other) is (estate == "good"), "only there somebody is named, whose groups are read"


@pytest.mark.parametrize("estate", OF_REPLICATION)
def test_replication_is_judged_alike_in_every_language(estate):
    in_english = told(read(estate, {"": "en"}))
    assert "PASS" in in_english.values()
    for language in OTHERS:
        assert told(read(estate, {"": language})) == in_english, language


@pytest.mark.parametrize(
    ("estate", "spoken"),
    [
        ("replica", {"ra11": "de", "ra12": "fr", "ra21": "it", "": "ja"}),
        ("brokered", {"bk01": "fr", "bk11": "de", "bk12": "ja", "": "en"}),
        ("sites", {"sim1": "de", "sim2": "it", "si01": "ja", "": "fr"}),
    ],
)
def test_ends_of_different_languages_replicate_alike(estate, spoken):
    assert told(read(estate, spoken)) == told(read(estate, {"": "en", next(iter(spoken)): "en"}))


def test_vmm_names_its_own_things_in_its_language():
    rows = read("sites", {"": "de"}).ask(VmmHost, "sim1.corp.example")
    assert not isinstance(rows, Gap)
    assert [(row.group, row.communication_state_text) for row in rows] == [("Alle Hosts\\Primary", "Reagiert")]


def test_what_is_read_in_every_language_is_judged_for_every_kind_of_move(in_english):
    judged = {check for check, _, _ in in_english["good"]}
    assert {check.id for check in OFFER.checks if Profile.REPLICA in check.profiles} <= judged
    assert {check.id for check in OFFER.checks if Profile.ASR_VMM in check.profiles} <= judged


def _rows(evidence: Evidence, name: str) -> tuple[LocalGroup, ...]:
    rows = evidence.ask(LocalGroup, name)
    return () if isinstance(rows, Gap) else rows


def test_hosts_of_different_languages_give_the_same_findings():
    """Switches have the names that people gave: one by which a machine does not find its switch is a fault."""
    mixed = read("good", {"hv01": "de", "hv02": "fr", "hv03": "ja", "hv11": "it", "": "en"})
    alike = read("good", {"": "en", "hv01": "en"})
    assert told(mixed) == told(alike)


@pytest.mark.parametrize("language", get_args(Code))
def test_an_error_is_the_same_but_for_its_text(language):
    trial = Trial.of(f'name = "hv01"\nrelease = "2019"\nlanguage = "{language}"')
    missing = ("Get-CimInstance", {"ClassName": "Win32_None"})
    (by_script,) = trial.ask(missing)["errors"]
    (by_command,) = (event for event in trial.command(missing) if isinstance(event, ErrorRecord))
    assert by_script.pop("message") == by_command.message
    assert by_script["id"] == by_command.id
    assert by_command.id.startswith("HRESULT 0x80041010,")
    assert by_command.category == METADATA
    assert (by_command.message.strip() == "Invalid class") is (language == "en")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Ethernet", "イーサネット"), ("Ethernet 2", "イーサネット 2"), ("Management", "Management"), ("", "")],
)
def test_a_name_that_people_gave_stays(name, wanted):
    assert LANGUAGES["ja"].thing(name) == wanted


def test_the_adapter_of_a_switch_is_named_after_it():
    assert LANGUAGES["de"].thing("vEthernet (Default Switch)") == "vEthernet (Standardswitch)"
