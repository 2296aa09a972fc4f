"""A namespace that hides its rows: an empty list counts only beside a row that every Hyper-V host has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.windows.trial import Trial
from scanner.api import Evidence, Fact, Gap, GapReason, Status, WindowsFact, cim, prop, windows_fact
from scanner.collect.windows.decoder import decode
from scanner.facts.host import OperatingSystem, ProductType, Service
from scanner.facts.hyperv import MigrationNetwork, MigrationSettings, VMHost
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.judge.identity import own_answers
from scanner.judge.namespace import NEEDS, of_hyper_v, seen_answers
from scanner.judge.settling import STEPS, settle
from scanner.record import record
from tests.checks.common.builders import GUID, machine, module, network, settings
from tests.conftest import HV01, HV02, NOW, ended, evidence
from tests.field.record import OFFER, Record

OWN = VirtualMachineState("HV01", "HV01", 2, 5, (2,), 0, 0, 0)
GUEST = VirtualMachineState(GUID.format(1).upper(), "web-01", 2, 5, (2,), 0, 0, 0)
GONE = GapReason.TIMEOUT
UNASKED = None
OURS = [fact for fact in OFFER.facts if of_hyper_v(fact)]


def settled(systems, migration, **more: object) -> Evidence:
    """Settled evidence of these two witnesses, one empty and one full answer of the namespace, and one beside it."""
    facts = {
        (VirtualMachineState, HV01): systems,
        (MigrationSettings, HV01): migration,
        (VirtualMachineSettings, HV01): [],
        (MigrationNetwork, HV01): [network("10.0.0.0/24")],
        (VMHost, HV01): [module()],
        (Service, HV01): [],
    }
    made = evidence({key: rows for key, rows in (facts | more).items() if rows is not UNASKED})
    made.close()
    return seen_answers(made)


def hidden(made: Evidence, target: str = HV01) -> set[str]:
    return {gap.fact for gap in made.gaps() if gap.target == target and gap.reason is GapReason.HIDDEN}


ALL = {"VirtualMachineSettings", "MigrationNetwork"}


def test_other_gaps_stay_beside_those_that_are_made():
    rows = {(VirtualMachineState, HV01): [], (VirtualMachineSettings, HV01): []}
    made = seen_answers(evidence(rows | {(Service, HV02): GONE, (VmStorage, HV02): GapReason.ACCESS_DENIED}))
    assert {(gap.fact, gap.reason) for gap in made.gaps() if gap.target == HV02} == {
        ("Service", GONE),
        ("VmStorage", GapReason.ACCESS_DENIED),
    }
    assert hidden(made) == {"VirtualMachineState", "VirtualMachineSettings"}


@pytest.mark.parametrize(
    ("systems", "migration", "expected"),
    [
        pytest.param([OWN, GUEST], [settings()], set(), id="both"),
        pytest.param([OWN], [], set(), id="the first alone"),
        pytest.param([], [settings()], set(), id="the second alone"),
        pytest.param(UNASKED, [settings()], set(), id="the second, first not asked"),
        pytest.param([OWN], UNASKED, set(), id="the first, second not asked"),
        pytest.param(GONE, [settings()], set(), id="the second, first not had"),
        pytest.param([], [], ALL | {"VirtualMachineState", "MigrationSettings"}, id="neither"),
        pytest.param([GUEST], [], ALL | {"VirtualMachineState", "MigrationSettings"}, id="a guest is no host"),
        pytest.param([], UNASKED, ALL | {"VirtualMachineState"}, id="asked for one, and it is not there"),
        pytest.param(UNASKED, [], ALL | {"MigrationSettings"}, id="asked for the other, and it is not there"),
        pytest.param([], GONE, ALL | {"VirtualMachineState"}, id="one is not there, one not had"),
        pytest.param(GONE, GONE, {"VirtualMachineSettings"}, id="none could be had: what is empty proves nothing"),
        pytest.param(UNASKED, GONE, {"VirtualMachineSettings"}, id="the only one could not be had"),
        pytest.param(UNASKED, UNASKED, set(), id="none was asked, which is no evidence"),
    ],
)
def test_witnesses(systems, migration, expected):
    made = settled(systems, migration)
    assert hidden(made) == expected
    assert made.ask(VMHost, HV01) == (module(),), "what the module answers stays"
    assert made.ask(Service, HV01) == ()


def test_one_host_hides_nothing_of_another():
    facts: dict[tuple[type[Fact], str], list[Fact]] = {
        (VirtualMachineState, HV01): [OWN],
        (VirtualMachineSettings, HV01): [],
        (VirtualMachineState, HV02): [],
        (VirtualMachineSettings, HV02): [machine()],
    }
    made = seen_answers(evidence(facts))
    assert hidden(made) == set()
    assert hidden(made, HV02) == {"VirtualMachineState", "VirtualMachineSettings"}


def test_it_is_said_what_is_missing():
    gap = settled([], []).ask(VirtualMachineSettings, HV01)
    assert isinstance(gap, Gap)
    assert gap.because == (
        "access denied or provider broken: VirtualMachineState and MigrationSettings gave no row of the host, and one "
        "that runs Hyper-V always has it"
    )
    gap = settled(GONE, UNASKED).ask(VirtualMachineSettings, HV01)
    assert isinstance(gap, Gap)
    assert gap.detail.endswith("nothing proves that there is none; VirtualMachineState of hv01.corp.example: timeout")


def test_the_query_says_what_is_of_the_namespace():
    assert {MigrationSettings, VirtualMachineState, VirtualMachineSettings, VmStorage} <= set(OURS)
    assert {fact for fact in OFFER.facts if "virtualization" in fact.question()} == set(OURS)

    @windows_fact(cim("Msvm_Foo", namespace=r"ROOT\Virtualization\V2"))
    class Foo(WindowsFact):
        name: str = prop("Name")

    class Bare(WindowsFact):
        pass

    assert of_hyper_v(Foo)
    assert not of_hyper_v(Bare)
    assert seen_answers(evidence({(Foo, HV01): [], (MigrationSettings, HV01): []})).ask(Foo, HV01)


ROWS = {VirtualMachineState: [OWN], MigrationSettings: [settings()]}
ANSWERS = st.sampled_from(["rows", "none", GONE, UNASKED])


@given(st.fixed_dictionaries(dict.fromkeys((*NEEDS, VirtualMachineSettings, MigrationNetwork), ANSWERS)))
def test_twice_is_once_and_so_is_the_record(answers):
    full = ROWS | {VirtualMachineSettings: [machine()], MigrationNetwork: [network("10.0.0.0/24")]}
    rows = {"rows": lambda fact: full[fact], "none": lambda _fact: []}
    known = {
        (fact, HV01): rows[said](fact) if isinstance(said, str) and said in rows else said
        for fact, said in answers.items()
        if said is not UNASKED
    }
    known[OperatingSystem, HV01] = [OperatingSystem(NOW, 17763, "10.0.17763", ProductType.SERVER, None)]
    once = ended(evidence(known))
    again = record.load(record.dump(once), OFFER.facts)
    assert (once.answers(), once.gaps()) == (settle(once).answers(), settle(once).gaps())
    assert [gap.because for gap in again.gaps()] == [gap.because for gap in once.gaps()]
    assert [(a.key, a.rows) for a in again.answers()] == [(a.key, a.rows) for a in once.answers()]
    empty = [a for a in once.answers() if of_hyper_v(a.fact) and not a.rows]
    witnessed = any(answers[fact] == "rows" for fact in NEEDS)
    assert witnessed or not empty or all(answers[fact] is UNASKED for fact in NEEDS)


def test_it_is_a_step_behind_that_of_identity():
    """Another machine's row is no witness for this one."""
    assert STEPS.index(seen_answers) == STEPS.index(own_answers) + 1
    made = Record(HV01, HV02)
    made.answered_by(HV02, HV01)
    gaps = {gap.because for gap in made.judged().gaps if gap.target == HV02}
    assert gaps == {"another machine answered: HV01 (corp.example)"}


@pytest.mark.parametrize("host", [HV01, HV02])
def test_a_hidden_namespace_is_judged_as_one_that_refuses(host):
    """Nothing is greener for want of an error."""
    hides, refuses = (Record(HV01, HV02, profiles=("live-migration", "replica")) for _ in range(2))
    hides.hides(host)
    for fact in OURS:
        refuses.gap(fact.__name__, host, "access denied")
    one, other = hides.judged(), refuses.judged()
    assert {(f.check, f.subject, f.profile): f.status for f in one.findings} == {
        (f.check, f.subject, f.profile): f.status for f in other.findings
    }
    assert one.verdict == "incomplete"
    assert {f.status for f in one.findings if f.check == "HOST-01" and f.subject.id == host} == {Status.UNKNOWN}


def test_the_practice_machine_hides_it_so():
    hides = "hidden = ['root\\virtualization\\v2']"
    trial = Trial.of(f'name = "hv01"\nrelease = "2019"\n[faults]\n{hides}')
    facts = {}
    for fact in NEEDS:
        answer = trial.plan(fact.query.plan())[fact.query.name]
        assert not answer["errors"]
        facts[fact, HV01] = decode(fact, answer["rows"])
    assert hidden(seen_answers(evidence(facts))) == {fact.__name__ for fact in NEEDS}
