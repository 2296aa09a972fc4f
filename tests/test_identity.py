"""Whose answers they are: one pure step, the same for every way of asking and for every record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.api import Ask, Evidence, Gap, GapReason, Severity, Status, TargetInfo
from scanner.collect import rounds
from scanner.estate.access import Access
from scanner.facts.directory import ComputerAccount, CrossRef, DomainController
from scanner.facts.host import (
    AnsweringMachine,
    ComputerSystem,
    DnsSuffix,
    DomainControllerHint,
    OperatingSystem,
    Service,
)
from scanner.facts.local_group import Administrator
from scanner.facts.network import EndpointProbe
from scanner.judge import judging
from scanner.judge.identity import heard, windows_facts
from scanner.judge.policy import report_of
from scanner.judge.settling import settle
from scanner.record import record
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, ended, estate, evidence
from tests.field.record import GOOD, OFFER, Record

OTHER, UNPROVEN = GapReason.ANOTHER_MACHINE, GapReason.UNPROVEN
TWIN_A, TWIN_B = "hyperv-germany-01a.corp.example", "hyperv-germany-01b.corp.example"
EVIL = "evil.example"
HINT = DomainControllerHint(r"\\DC1.corp.example")


def system(name: str, domain: str = CORP, *, joined: bool = True) -> ComputerSystem:
    """What a machine of this host name says of itself."""
    return ComputerSystem(name[:15].upper(), name, domain, part_of_domain=joined, domain_role=3)


def account(full: str, domain: str = CORP, sam: str = "") -> ComputerAccount:
    label = full.partition(".")[0]
    dn = f"CN={label},DC=" + domain.replace(".", ",DC=")
    return ComputerAccount(dn, sam or f"{label[:15].upper()}$", full, f"S-1-5-21-{dn}", 0x1000, (), (), (), (), False)


def answered(target: str, *systems: ComputerSystem, accounts: dict[str, list[ComputerAccount] | GapReason]) -> Evidence:
    """A closed record in which ``target`` answered this, and the domains that."""
    facts = {
        (ComputerSystem, target): systems,
        (DomainControllerHint, target): [HINT],
        (Service, target): GapReason.NOT_INSTALLED,
    }
    facts |= {(ComputerAccount, domain): rows for domain, rows in accounts.items()}
    made = evidence(facts, estate(hosts=(target, HV01), routes=(), domains=(CORP, BRANCH)))
    return ended(made)


def ruling(target: str, machine: ComputerSystem, accounts: dict[str, list[ComputerAccount] | GapReason]) -> str:
    """How the answers were settled: "own", or reason and detail of the gaps they became, all alike."""
    made = answered(target, machine, accounts=accounts)
    if made.ask(DomainControllerHint, target) == (HINT,):
        assert made.ask(ComputerSystem, target) == (machine,)
        assert made.ask(Service, target).reason is GapReason.NOT_INSTALLED
        return "own"
    gaps = {made.ask(fact, target) for fact in (ComputerSystem, DomainControllerHint, Service)}
    assert all(isinstance(gap, Gap) for gap in gaps)
    assert made.ask(AnsweringMachine, target) == (AnsweringMachine.of(machine),)
    (why,) = {gap.because for gap in gaps if isinstance(gap, Gap)}
    return why


NONE: dict[str, list[ComputerAccount] | GapReason] = {}
BOTH: dict[str, list[ComputerAccount] | GapReason] = {
    CORP: [account(HV01), account(HV02)],
    BRANCH: [account(HV11, BRANCH)],
}
TORN = replace(system("hv02"), name="HV01")
TWO_NAMES = "it calls itself HV01, in DNS "
HERE = 'if it is meant, write name = "hv01.corp.example"'


@pytest.mark.parametrize(
    ("target", "machine", "accounts", "expected"),
    [
        pytest.param(HV01, system("hv01"), NONE, "own", id="its name and domain"),
        pytest.param("HV01.Corp.Example", system("hv01", "CORP.example."), NONE, "own", id="another spelling"),
        pytest.param(HV01, replace(system("hv01"), dns_host_name=""), NONE, "own", id="NetBIOS name alone"),
        pytest.param(HV02, system("hv01"), BOTH, "answered: HV01 (corp.example)", id="another host"),
        pytest.param(HV02, system("hv01"), NONE, "answered: HV01 (corp.example)", id="another host, no directory"),
        pytest.param(HV11, system("hv11"), BOTH, "answered: HV11 (corp.example)", id="the same name in another domain"),
        pytest.param("hv01.prod.example", system("hv01"), {CORP: [account("hv01.prod.example")]}, "own", id="disjoint"),
        pytest.param("hv01.prod.example", system("hv01"), NONE, "not known which", id="disjoint, no directory"),
        pytest.param("hv01.prod.example", system("hv01"), {CORP: GapReason.TIMEOUT}, "not known which", id="unread"),
        pytest.param("hv01.prod.example", system("hv01"), BOTH, "answered: HV01", id="its account has another name"),
        pytest.param(
            "hv01.prod.example", system("hv01"), {CORP: [account("", sam="HV01$")]}, "tells no name", id="nameless"
        ),
        pytest.param(
            "hv01.prod.example",
            system("hv01"),
            {"prod.example": [account("hv01.prod.example", "prod.example")], CORP: [account("hv01.prod.example")]},
            "answered: HV01 (corp.example)",
            id="what the domain of the name says outweighs another's claim",
        ),
        pytest.param(
            HV11,
            system("evil", "evil.example"),
            {BRANCH: [account(HV11, BRANCH)], "evil.example": [account(HV11, "evil.example", "EVIL$")]},
            "answered: EVIL (evil.example)",
            id="a domain that claims another's host",
        ),
        pytest.param("hyperv.corp.example", system("hv01"), BOTH, HERE, id="alias"),
        pytest.param("hyperv.corp.example", system("hv01"), NONE, "answered: HV01 (corp.example)", id="alias, unread"),
        pytest.param("10.20.0.1", system("hv01"), BOTH, HERE, id="address for a name"),
        pytest.param("hv01", system("hv01"), BOTH, "own", id="short"),
        pytest.param("hv01", system("hv02"), BOTH, "answered: HV02 (corp.example)", id="short, another host"),
        pytest.param("hyperv", system("hv01"), BOTH, HERE, id="short alias"),
        pytest.param("hv01", system("hv01"), NONE, HERE, id="short, no directory"),
        pytest.param(
            "hv01",
            system("hv01"),
            {CORP: [account(HV01)], BRANCH: [account("hv01.branch.example", BRANCH)]},
            "more computers called hv01; " + HERE,
            id="short, two of that name",
        ),
        pytest.param("hv01", system("hv01"), {CORP: [account(HV02)]}, "answered: HV01", id="short, no such account"),
        pytest.param("hv01", system("hv01"), {CORP: [account("", sam="HV01$")]}, "own", id="short, nameless"),
        pytest.param(HV01, replace(system("hv01"), dns_host_name=HV01), NONE, "own", id="its full name for its label"),
        pytest.param(HV01, system("hv01", "WORKGROUP", joined=False), BOTH, "own", id="work group"),
        pytest.param("hv01", system("hv01", "WORKGROUP", joined=False), NONE, "own", id="work group, short"),
        pytest.param(
            HV02, system("hv01", "WORKGROUP", joined=False), BOTH, "answered: HV01 (WORKGROUP)", id="its other"
        ),
        pytest.param(TWIN_A, system("hyperv-germany-01a"), NONE, "own", id="fifteen characters"),
        pytest.param(TWIN_B, system("hyperv-germany-01a"), NONE, "answered: hyperv-germany-01a", id="the twin"),
        pytest.param(TWIN_A, replace(system(TWIN_A[:18]), dns_host_name=""), NONE, "own", id="fifteen, cut off"),
        pytest.param(
            "hv-new.corp.example",
            replace(system("hv-new"), name="HVOLD", dns_host_name="hvold"),
            {CORP: [account("hv-new.corp.example", sam="HVOLD$")]},
            "own",
            id="the account knows better",
        ),
        pytest.param(HV02, TORN, NONE, TWO_NAMES, id="two names"),
        pytest.param(HV01, TORN, NONE, TWO_NAMES, id="two names, asked by the other"),
        pytest.param(HV02, TORN, BOTH, TWO_NAMES, id="two names, each has an account"),
        pytest.param(HV01, TORN, BOTH, TWO_NAMES, id="two names, the account of one"),
        pytest.param(HV02, TORN, {CORP: [account(HV02, sam="HV01$")]}, "own", id="two names, one account has both"),
        pytest.param(HV02, replace(TORN, dns_host_name="HV02"), NONE, TWO_NAMES, id="two names, in capitals"),
        pytest.param("hv02", TORN, BOTH, TWO_NAMES, id="two names, short"),
        pytest.param("hv02.prod.example", TORN, {CORP: [account(HV01)]}, TWO_NAMES, id="two names, disjoint"),
        pytest.param(
            HV02,
            replace(TORN, domain="WORKGROUP", part_of_domain=False),
            BOTH,
            "HV01, in DNS hv02 (WORKGROUP); if it was renamed, restart it",
            id="two names, work group",
        ),
        pytest.param(HV02, replace(TORN, name=""), NONE, "no name, in DNS hv02", id="no NetBIOS name"),
        pytest.param(HV02, replace(system("hv02"), name="hv02"), NONE, "own", id="NetBIOS name in small letters"),
        pytest.param("hv03.corp.example", TORN, NONE, "another machine answered: HV01, in DNS hv02", id="neither name"),
        pytest.param(
            TWIN_A, replace(system(TWIN_A[:18]), name=TWIN_A[:18].upper()), NONE, "own", id="fifteen, not cut off"
        ),
    ],
)
def test_whose_answers_they_are(target, machine, accounts, expected):
    said = ruling(target, machine, accounts)
    assert said == "own" if expected == "own" else expected in said


DISJOINT = "hv01.prod.example"


@pytest.mark.parametrize(
    ("accounts", "suffixes", "own"),
    [
        pytest.param(NONE, [DnsSuffix("prod.example", None)], True, id="account never asked for"),
        pytest.param({CORP: GapReason.TIMEOUT}, [DnsSuffix("Prod.Example.", None)], True, id="account unread"),
        pytest.param({CORP: [account("", sam="HV01$")]}, [DnsSuffix(None, "prod.example")], True, id="nameless"),
        pytest.param(NONE, [DnsSuffix(CORP, "prod.example")], False, id="another suffix"),
        pytest.param(NONE, [DnsSuffix(None, None)], False, id="no suffix"),
        pytest.param(NONE, [DnsSuffix("prod.example", ""), DnsSuffix(CORP, "")], False, id="two suffixes"),
        pytest.param(NONE, GapReason.TIMEOUT, False, id="suffix unread"),
        pytest.param(BOTH, [DnsSuffix("prod.example", None)], False, id="its account has another name"),
        pytest.param(
            {"prod.example": [account("", "prod.example", "HV01$")]},
            [DnsSuffix("prod.example", None)],
            False,
            id="the domain called like the suffix has one of that name",
        ),
    ],
)
def test_where_no_account_says_it_the_suffix_of_the_machine_does(accounts, suffixes, own):
    facts = {(ComputerSystem, DISJOINT): [system("hv01")], (DnsSuffix, DISJOINT): suffixes}
    facts |= {(ComputerAccount, domain): rows for domain, rows in accounts.items()}
    made = ended(evidence(facts, estate(hosts=(DISJOINT, HV02), routes=(), domains=(CORP,))))
    assert isinstance(made.ask(ComputerSystem, DISJOINT), tuple) is own
    assert settle(made).ask(ComputerSystem, DISJOINT) == made.ask(ComputerSystem, DISJOINT)


def test_a_short_name_is_completed_by_no_suffix():
    facts = {(ComputerSystem, "hv01"): [system("hv01")], (DnsSuffix, "hv01"): [DnsSuffix(None, None)]}
    made = ended(evidence(facts, estate(hosts=("hv01", HV02), routes=())))
    assert isinstance(made.ask(ComputerSystem, "hv01"), Gap)


def test_a_netbios_domain_name_is_looked_up_in_its_forest():
    made = evidence(
        {(ComputerSystem, HV01): [system("hv01", "CORP")], (CrossRef, CORP): [CrossRef(CORP, "CORP")]}, estate()
    )
    made = settle(made)
    assert made.ask(ComputerSystem, HV01) == (system("hv01", "CORP"),)


def test_what_one_controller_tells_makes_no_second_computer():
    facts = {
        (ComputerSystem, "hv01"): [system("hv01")],
        (ComputerAccount, CORP): [account(HV01)],
        (ComputerAccount, "dc1.corp.example"): [account(HV01)],
        (DomainController, CORP): [DomainController("dc1.corp.example", CORP)],
    }
    made = evidence(facts, estate(hosts=("hv01",), routes=()))
    made = settle(made)
    assert made.ask(ComputerSystem, "hv01") == (system("hv01"),)


@pytest.mark.parametrize("proof", ["kerberos", "certificate", ""])
@pytest.mark.parametrize("said", [[], GapReason.ACCESS_DENIED, None], ids=["no row", "denied", "never asked"])
def test_who_did_not_say_who_it_is_must_have_proved_it(said, proof):
    facts = {(DomainControllerHint, HV01): [HINT]} | ({} if said is None else {(ComputerSystem, HV01): said})
    made = evidence(facts)
    made.note(TargetInfo(name=HV01, kind="host", answered=2, proof=proof))
    made = settle(made)
    found = made.ask(DomainControllerHint, HV01)
    if proof:
        assert found == (HINT,)
    else:
        assert getattr(found, "reason", None) is UNPROVEN
        assert said is not GapReason.ACCESS_DENIED or "access denied" in str(found)


def test_a_proof_is_worth_less_than_the_machines_own_word():
    """A ticket for an alias that is registered with another host's account opens that host."""
    made = evidence({(ComputerSystem, HV02): [system("hv01")], (DomainControllerHint, HV02): [HINT]})
    made.note(TargetInfo(name=HV02, kind="host", answered=2, proof="kerberos"))
    made = settle(made)
    assert getattr(made.ask(DomainControllerHint, HV02), "reason", None) is OTHER


def test_a_target_that_never_answered_keeps_its_reasons():
    made = evidence({(ComputerSystem, HV01): GapReason.UNREACHABLE, (Service, HV01): GapReason.TIMEOUT})
    before = made.gaps()
    made = settle(made)
    assert made.gaps() == before


def test_what_was_asked_of_a_target_that_never_answered_keeps_its_reasons_whatever_else_is_known_of_it():
    """Who was tried has an entry among the targets; what LDAP says under a name is no word of its machine."""
    made = evidence(
        {
            (ComputerSystem, HV02): GapReason.UNREACHABLE,
            (Service, HV02): GapReason.TIMEOUT,
            (ComputerAccount, HV02): [account(HV02)],
        }
    )
    made.note(TargetInfo(name=HV02, kind="host", answered=0))
    before = made.gaps()
    assert settle(made).gaps() == before


def test_who_answered_without_a_name_has_proved_nothing():
    """By its own facts, or by the count of its answers; why its name was not read stays what it was."""
    told = {(OperatingSystem, HV01): [], (ComputerSystem, HV01): GapReason.ACCESS_DENIED}
    made = settle(evidence(told))
    assert getattr(made.ask(OperatingSystem, HV01), "reason", None) is UNPROVEN
    assert getattr(made.ask(ComputerSystem, HV01), "reason", None) is GapReason.ACCESS_DENIED
    silent = evidence({(ComputerSystem, HV01): GapReason.ACCESS_DENIED, (Service, HV01): GapReason.TIMEOUT})
    silent.note(TargetInfo(name=HV01, kind="host", answered=2))
    assert getattr(settle(silent).ask(Service, HV01), "reason", None) is UNPROVEN


@pytest.mark.parametrize("proof", ["kerberos", ""])
def test_a_proof_settles_what_nothing_else_does(proof):
    alias = "hv01.alias.example"
    told = {(ComputerSystem, alias): [system("hv01")], (DomainControllerHint, alias): [HINT]}
    made = evidence(told, estate(hosts=(alias, HV01), routes=()))
    made.note(TargetInfo(name=alias, kind="host", answered=2, proof=proof))
    found = settle(made).ask(DomainControllerHint, alias)
    assert found == (HINT,) if proof else getattr(found, "reason", None) is UNPROVEN


def test_facts_of_facts_are_of_windows_too():
    """A class below another one, as the members of each group, is taken out with the rest."""
    assert {fact.__name__ for fact in (Administrator, Service, ComputerSystem, EndpointProbe)} <= windows_facts()
    made = evidence({(ComputerSystem, HV02): [system("hv01")], (Administrator, HV02): [], (Service, HV02): []})
    made = settle(made)
    assert all(getattr(made.ask(fact, HV02), "reason", None) is OTHER for fact in (Administrator, Service))


def test_a_second_word_stands_beside_the_first_if_it_is_another():
    made = evidence({(ComputerSystem, HV01): [system("hv01")]})
    (first,) = made.answers()
    heard(made, HV01, [system("hv01")])
    heard(made, HV02, [system("hv02")])
    assert made.answers() == (first,), "it says the same, and nobody else was asked"
    heard(made, HV01, [system("hv01"), system("hv02")])
    assert made.ask(ComputerSystem, HV01) == (system("hv01"), system("hv02"))
    assert {(answer.query, answer.at) for answer in made.answers()} == {(first.query, first.at)}


def test_several_machines_under_one_name_are_none():
    made = answered(HV02, system("hv02"), system("hv01"), accounts=BOTH)
    gap = made.ask(DomainControllerHint, HV02)
    assert "another machine answered: 2 of them, HV02 (corp.example) and HV01 (corp.example)" in str(gap)


def test_facts_of_others_and_of_the_directory_stay():
    """A controller that is a host, too: what LDAP said of it is not what the machine behind its address says."""
    facts = {
        (ComputerSystem, HV02): [system("hv01")],
        (ComputerSystem, HV01): [system("hv01")],
        (DomainControllerHint, HV01): [],
        (ComputerAccount, HV02): [account(HV02)],
        (DomainController, CORP): [DomainController(HV02, CORP)],
    }
    made = evidence(facts)
    made = settle(made)
    assert made.ask(ComputerAccount, HV02) == (account(HV02),)
    assert made.ask(DomainControllerHint, HV01) == ()
    assert made.ask(ComputerSystem, HV01) == (system("hv01"),)
    assert isinstance(made.ask(ComputerSystem, HV02), Gap)


@given(st.text(), st.text(), st.text(), st.booleans())
@example("\x1b[2J" * 40, "a\n##vso[", "\u202e" * 300, True)
def test_hostile_names_are_short_and_printable(name, host, domain, joined):
    machine = ComputerSystem(name, host, domain, joined, 3)
    made = evidence({(ComputerSystem, HV01): [machine], (DomainControllerHint, HV01): [HINT]})
    made = settle(made)
    gap = made.ask(DomainControllerHint, HV01)
    assert isinstance(gap, Gap)
    assert gap.detail.isascii()
    assert gap.detail.isprintable()
    assert len(gap.detail) < 2000
    assert "write name" not in gap.detail, "nobody's word alone makes a remedy"


def test_another_machines_answers_lead_to_no_question():
    asked: list[tuple[str, type]] = []

    def run(task, _access):
        asked.extend((task.target, fact) for fact in task.facts)
        for fact in task.facts:
            task.evidence.put(
                fact, task.target, [system("hv01")] if fact is ComputerSystem else [], at=datetime.now(UTC)
            )

    probe = replace(
        next(c for c in OFFER.checks if c.id == "ID-01"),
        needs=(ComputerSystem, EndpointProbe),
        asks=lambda subject, view: [
            Ask(EndpointProbe, subject.host, view.one(ComputerSystem, subject.host).name),
            Ask(EndpointProbe, HV02, "hv01.corp.example:6600"),
        ],
    )
    collector = replace(OFFER.collectors[0], kinds=frozenset({"host", "domain"}), provides=lambda _f: True, collect=run)
    made = rounds.collect([probe], [collector], estate(), Access())
    assert (HV01, EndpointProbe) in asked
    assert (HV02, EndpointProbe) not in asked
    assert getattr(made.ask(EndpointProbe, HV02), "reason", None) is OTHER


def settled(data: bytes) -> bytes:
    return record.dump(record.load(data, OFFER.facts))


HOSTS = tuple(json.loads(GOOD.read_text(encoding="utf-8"))["estate"]["hosts"])
ANSWERS = sorted(
    {a["fact"] for a in json.loads(GOOD.read_text(encoding="utf-8"))["answers"] if a["target"] in HOSTS}
    - {"ComputerSystem"}
)


@given(st.permutations(HOSTS), st.sets(st.sampled_from(ANSWERS)))
def test_no_set_of_anothers_answers_passes(hosts, kept):
    """All that another host says in place of this one, its identity included; ``kept`` are still the host's own."""
    mine, other, *_ = hosts
    data = json.loads(GOOD.read_text(encoding="utf-8"))
    theirs = {a["fact"]: a["rows"] for a in data["answers"] if a["target"] == other}
    for answer in data["answers"]:
        if answer["target"] == mine and answer["fact"] not in kept:
            answer["rows"] = theirs.get(answer["fact"], [])
    made = record.load(json.dumps(data).encode(), OFFER.facts)
    findings = judging.judge(OFFER.checks, made)
    about = [f for f in findings if mine in f.subject.names]
    # REP-06 where a destination lets all primaries in, and VMM-06, rest on other machines' own answers alone
    others = {*HOSTS, *data["estate"]["vmm_servers"]} - {mine}
    about = [f for f in about if not f.evidence or any(s.target not in others for s in f.evidence)]
    about = [f for f in about if f.subject.source == mine or any(s.target == mine for s in f.evidence)]
    assert [f for f in about if f.status is Status.PASS] == [], (
        "of another host's machines only what rests on them alone"
    )
    pairs = {f.subject.names: f.status for f in findings if f.check == "ID-10"}
    assert pairs
    assert all(status is Status.FAIL for names, status in pairs.items() if set(names) == {mine, other})
    report = report_of(made, findings, checks=OFFER.checks, plugins=(), threshold=Severity.LOW)
    assert report.verdict != "ready"
    assert all(route.verdict != "ready" for route in report.routes if mine in (route.source, route.destination))
    once = record.dump(made)
    assert settled(once) == once, "applied twice it changes nothing"


def test_the_good_record_is_all_its_own():
    made = record.load(GOOD.read_bytes(), OFFER.facts)
    assert made.gaps() == ()
    assert {made.ask(AnsweringMachine, host)[0].name for host in HOSTS} == {"HV01", "HV02", "HV03", "HV11"}
    assert settled(record.dump(made)) == record.dump(made)


def test_a_fact_put_into_a_settled_record_by_hand_is_taken_out_again():
    case = Record(HV01, HV02)
    case.answered_by(HV02, HV01)
    data = json.loads(settled(json.dumps(case.data).encode()))
    own = [a for a in case.data["answers"] if (a["fact"], a["target"]) == ("OperatingSystem", HV02)]
    data["answers"] += own
    data["gaps"] = [g for g in data["gaps"] if (g["fact"], g["target"]) != ("OperatingSystem", HV02)]
    made = record.load(json.dumps(data).encode(), OFFER.facts)
    assert getattr(made.ask(OperatingSystem, HV02), "reason", None) is OTHER
    assert made.ask(AnsweringMachine, HV02) == made.ask(AnsweringMachine, HV01)


def test_a_record_of_a_version_before_the_proof_can_be_read():
    data = (GOOD.parent / "records" / "0.1.0.hvp").read_bytes()
    assert not any("proof" in target for target in json.loads(data)["targets"])
    assert all(target.proof == "" for target in record.load(data, OFFER.facts).targets())


@pytest.mark.parametrize(
    ("machine", "row", "own"),
    [
        (system("hv01"), CrossRef(EVIL, CORP), True),  # would blind us to all of a domain
        (system("hv01", EVIL), CrossRef(CORP, EVIL), False),  # would give them a host's name
    ],
)
def test_no_forest_renames_a_domain_that_a_machine_names_in_full(machine, row, own):
    facts = {
        (ComputerSystem, HV01): [machine],
        (DomainControllerHint, HV01): [HINT],
        (ComputerAccount, CORP): [account(HV01)],
        (CrossRef, CORP): [CrossRef(CORP, "CORP")],
        (CrossRef, EVIL): [row],
    }
    made = evidence(facts, estate(hosts=(HV01,), routes=(), domains=(CORP,)))
    made = ended(made)
    assert (made.ask(DomainControllerHint, HV01) == (HINT,)) is own
