"""What to do first: what is promised of a list of actions is so when they are done, whatever follows from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from reports import terminal
from reports.first import SHOWN, first
from reports.names import Names
from scanner.api import Estate, Finding, Gap, GapReason, Profile, Report, Route, Severity, Source, Status, Subject, Who
from scanner.judge import scopes
from scanner.judge.actions import actions_of, plan_of
from scanner.judge.policy import report_of
from scanner.record import record
from scanner.words.bearing import of_hosts
from scanner.words.scope import Scope
from tests.conftest import HV01, HV02, HV11, estate, evidence
from tests.properties.records import FILES, OFFER, before, both

HOSTS = (HV01, HV02, HV11)
ROUTES = tuple(Route(*ends) for ends in permutations(HOSTS, 2))
PLAN = estate(hosts=HOSTS, routes=ROUTES, profiles=frozenset({Profile.LIVE_MIGRATION, Profile.REPLICA}))
KINDS: tuple[tuple[Scope, int], ...] = (
    (scopes.HOST, 1), (scopes.SOURCE, 1), (scopes.DESTINATION, 1), (scopes.ROUTE, 2), (scopes.PAIR, 2), (scopes.RUN, 0),
)  # fmt: skip


def finding(check: str, kind: Scope, names: tuple[str, ...], status=Status.FAIL, **words) -> Finding:
    subject = Subject(kind, names or ("run",))
    facts = {"severity": Severity.HIGH, "title": f"{check} is well", "who": Who.HOST, "profiles": PLAN.profiles}
    bears = kind.bearing(subject)
    return Finding(check=check, subject=subject, bears=bears, status=status, **(facts | words))  # type: ignore[arg-type]


def report(*found: Finding, where: Estate = PLAN, gaps=()) -> Report:
    read = evidence({}, where)
    for gap in gaps:
        read.miss(type(gap.fact, (), {"__module__": "scanner.facts.x"}), gap.target, gap.reason, gap.detail)
    kept = [*found, finding("OK-01", scopes.RUN, (), Status.PASS)]
    return report_of(read, kept, checks=(), plugins=(), threshold=Severity.LOW)


def stopped(made: Report) -> set[tuple[str, str, str]]:
    return {(r.source, r.destination, s.profile) for r in made.routes for s in r.profiles if s.verdict == "not ready"}


def done(found: tuple[Finding, ...], mended: set[tuple[str, str]]) -> list[Finding]:
    """What is left: what was mended is gone, and so is what follows only from what is gone."""
    failed = [f for f in found if f.status is Status.FAIL]
    rooted = _spread({*key_of(f for f in failed if not f.follows_from)}, failed)
    circles = {*key_of(f for f in failed if _circles(f, failed))} - rooted
    starts = ({*key_of(f for f in failed if not f.follows_from)} | circles) - mended
    alive = _spread(starts, [f for f in failed if not mended & {*key_of([f])}])
    return [f for f in found if f.status is not Status.FAIL or alive & {*key_of([f])}]


def _circles(one: Finding, failed: list[Finding]) -> bool:
    (own,) = key_of([one])
    return own in _spread({*key_of(f for f in failed if own in f.follows_from)}, failed)


def key_of(found: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    return ((f.check, f.subject.id) for f in found)


def _spread(starts: set[tuple[str, str]], failed: list[Finding]) -> set[tuple[str, str]]:
    """These, and all that follows from them."""
    while True:
        more = {*key_of(f for f in failed if starts.intersection(f.follows_from))} - starts
        if not more:
            return starts
        starts |= more


def holds(made: Report, where: Estate) -> None:
    """Each action, after those above it, leaves no more moves stopped than it says; all of them leave none."""
    mended: set[tuple[str, str]] = set()
    before = len(stopped(made))
    actions = [action for action in actions_of(made) if not action.reads]
    for action in actions:
        mended |= {*action.findings}
        left = report_of(
            evidence({}, where), done(made.findings, mended), checks=(), plugins=(), threshold=made.threshold
        )
        assert action.reach.of == before
        assert len(stopped(left)) <= before - action.reach.together
        assert action.reach.alone <= action.reach.waiting
    assert not actions or actions[-1].reach.together + sum(one.reach.unsure for one in actions) == before
    assert bool(actions) is bool(before)


@st.composite
def failures(draw: st.DrawFn) -> tuple[Finding, ...]:
    found: dict[tuple[str, str], Finding] = {}
    for number in range(draw(st.integers(0, 9))):
        kind, many = draw(st.sampled_from(KINDS))
        names = tuple(draw(st.permutations(HOSTS))[:many])
        severity = draw(st.sampled_from([Severity.HIGH, Severity.INFO]))
        profiles = draw(st.sampled_from([PLAN.profiles, frozenset({Profile.REPLICA})]))
        who = draw(st.sampled_from([Who.HOST, Who.DIRECTORY]))
        made = finding(f"C-0{number % 4}", kind, names, severity=severity, profiles=profiles, who=who)
        found[made.check, made.subject.id] = made
    keys = sorted(found)
    for key in keys:
        causes = draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))
        found[key] = replace(found[key], follows_from=tuple(cause for cause in causes if cause != key))
    return tuple(found.values())


@given(failures())
def test_whatever_follows_from_what_the_promise_holds(found):
    holds(report(*found), PLAN)


@both
def test_of_a_record(name):
    plan = record.load(FILES[name].read_bytes(), OFFER.facts).estate
    holds(before(name), plan)


def test_a_cause_is_mended_and_takes_what_follows_with_it():
    cause = finding("A-01", scopes.HOST, (HV02,))
    later = [finding("B-01", scopes.ROUTE, (one, HV02), follows_from=(("A-01", HV02),)) for one in (HV01, HV11)]
    (action,) = actions_of(report(cause, *later))
    assert (action.check, action.about, action.findings) == ("A-01", (HV02,), (("A-01", HV02),))
    assert action.reach.frees == action.reach.of == 8


def test_those_that_follow_one_another_are_each_mended():
    one = finding("A-01", scopes.HOST, (HV02,), follows_from=(("B-01", HV02),))
    other = finding("B-01", scopes.HOST, (HV02,), follows_from=(("A-01", HV02),))
    assert {action.check for action in actions_of(report(one, other))} == {"A-01", "B-01"}


ENABLE = "Enable-ADAccount -Identity 'CN=HV01,DC=corp' -Server 'corp.example'"


def test_what_the_same_commands_mend_is_one_action():
    """A disabled account fails checks of several routes: one command, not one for each check."""
    routes = [finding(f"B-0{n}", scopes.ROUTE, (HV01, end), remedy=ENABLE) for n in (1, 2) for end in (HV02, HV11)]
    account = finding("C-01", scopes.HOST, (HV01,), remedy=ENABLE)
    (action,) = actions_of(report(*routes, account))
    assert (action.check, action.about) == ("C-01", (HV01,)), "the account is what is wrong"
    assert set(action.findings) == {(one.check, one.subject.id) for one in (*routes, account)}
    assert action.reach.frees == action.reach.of == 8
    other = finding("D-01", scopes.HOST, (HV01,), remedy=f"{ENABLE}\nRestart-Computer -ComputerName 'hv01'")
    assert [one.check for one in actions_of(report(*routes, account, other))] == ["C-01", "D-01"]


def test_the_same_words_for_a_person_in_two_places_are_no_same_work():
    found = [
        finding(name, scopes.HOST, (host,), remedy="Look at it.") for name, host in (("A-01", HV01), ("B-01", HV02))
    ]
    assert {action.check for action in actions_of(report(*found))} == {"A-01", "B-01"}
    there = [finding(name, scopes.HOST, (HV01,), remedy="Look at it.") for name in ("A-01", "B-01")]
    assert {action.check for action in actions_of(report(*there))} == {"A-01", "B-01"}


def test_what_could_not_be_judged_is_promised_as_far_as_is_known():
    fails = finding("A-01", scopes.DESTINATION, (HV02,))
    made = report(fails, finding("U-01", scopes.ROUTE, (HV01, HV02), Status.UNKNOWN))
    action = actions_of(made)[0]
    assert (action.reach.frees, action.reach.unsure, action.reach.together, action.reach.of) == (2, 2, 2, 4)
    made = replace(made, actions=(action, action))
    assert first(made, Names(made))[0][0].frees == "frees 2 of 4 moves, and 2 more as far as is known"
    every = report(fails, finding("U-01", scopes.RUN, (), Status.UNKNOWN))
    every = replace(every, actions=actions_of(every) * 2)
    assert first(every, Names(every))[0][0].frees == "frees 4 of 4 moves, as far as is known"


def test_what_frees_more_in_several_places_stands_above_what_frees_less():
    """One by one each place frees less than the other action, together more."""
    ends = ((HV01, HV02), (HV02, HV11), (HV11, HV01))
    places = [finding("B-01", scopes.ROUTE, two, profiles=frozenset({Profile.LIVE_MIGRATION})) for two in ends]
    other = finding("A-01", scopes.DESTINATION, (HV02,), profiles=frozenset({Profile.REPLICA}))
    found = actions_of(report(*places, other))
    assert [(one.check, one.reach.frees, one.reach.together) for one in found] == [("B-01", 3, 3), ("A-01", 2, 5)]


def test_what_must_be_done_before_stays_before_what_frees_more():
    first_of_all = finding("A-01", scopes.ROUTE, (HV01, HV02))
    places = [finding("B-01", scopes.SOURCE, (host,)) for host in (HV01, HV02)]
    found = actions_of(report(first_of_all, *places))
    assert [(one.check, one.reach.frees) for one in found] == [("B-01", 6), ("A-01", 2)]
    both = [finding("B-01", scopes.ROUTE, (HV01, HV02)), finding("C-01", scopes.ROUTE, (HV01, HV02))]
    alone = finding("B-01", scopes.ROUTE, (HV11, HV02), profiles=frozenset({Profile.REPLICA}))
    found = actions_of(report(*both, alone))
    assert [(one.check, one.reach.frees) for one in found] == [("B-01", 1), ("C-01", 2)], "its moves wait for the first"


def test_a_lesser_failure_that_a_blocker_follows_from_is_mended():
    cause = finding("A-01", scopes.HOST, (HV02,), severity=Severity.INFO)
    made = report_of(
        evidence({}, PLAN), [cause, finding("B-01", scopes.HOST, (HV02,), follows_from=(("A-01", HV02),))],
        checks=(), plugins=(), threshold=Severity.LOW,
    )  # fmt: skip
    assert [action.check for action in actions_of(made)] == ["A-01"]


def test_what_frees_most_comes_first_and_then_what_most_wait_for():
    everywhere = finding("A-01", scopes.RUN, (), profiles=frozenset({Profile.REPLICA}))
    at_one = finding("B-01", scopes.ROUTE, (HV01, HV02))
    actions = actions_of(report(everywhere, at_one))
    assert [(a.check, a.reach.alone, a.reach.frees, a.reach.together) for a in actions] == [
        ("A-01", 5, 5, 5), ("B-01", 1, 2, 7),
    ]  # fmt: skip
    three = [finding(f"{name}-01", scopes.DESTINATION, (HV02,)) for name in "BC"]
    alone = finding("A-01", scopes.ROUTE, (HV01, HV02))
    assert [action.check for action in actions_of(report(alone, *three))] == ["B-01", "C-01", "A-01"]


def test_the_same_work_of_one_person_in_several_places_is_one_action():
    made = report(*(finding("A-01", scopes.DESTINATION, (host,)) for host in HOSTS))
    (action,) = actions_of(made)
    assert action.about == HOSTS
    assert (action.reach.alone, action.reach.of) == (12, 12)


def test_of_two_machines_the_one_is_meant_that_the_remedy_names_first():
    remedy = "Set-ADComputer -Identity 'CN=HV02,DC=corp' -Allow (Get-ADComputer 'CN=HV01,DC=corp')"
    made = report(finding("A-01", scopes.ROUTE, (HV01, HV02), remedy=remedy))
    assert actions_of(made)[0].about == (HV02,)
    nameless = report(finding("A-01", scopes.ROUTE, (HV01, HV02), remedy="Look at hv010 and at hv01-old."))
    assert actions_of(nameless)[0].about == (f"{HV01} → {HV02}",)


def test_what_nothing_stops_waits_for_what_has_to_be_read():
    gap = Gap("Silent", HV11, GapReason.UNREACHABLE, "no answer")
    rests = Source("Silent", HV11, "", "")
    found = [
        finding("A-01", scopes.DESTINATION, (HV11,), Status.UNKNOWN, note=str(gap), evidence=(rests,)),
        finding("B-01", scopes.SOURCE, (HV11,), Status.UNKNOWN, note=str(gap)),
        finding("C-01", scopes.SOURCE, (HV01,), Status.UNKNOWN, note="nobody knows"),
    ]
    actions = actions_of(report(*found, gaps=[gap]))
    assert [(a.reads, a.words, a.reach.frees) for a in actions] == [
        (True, "unreachable (no answer)", 6), (True, "nobody knows", 4),
    ]  # fmt: skip
    assert actions[0].about == (HV11,)
    assert {check for check, _ in actions[0].findings} == {"A-01", "B-01"}


def test_a_plan_without_routes():
    made = report(finding("A-01", scopes.HOST, (HV01,)), where=estate(hosts=HOSTS, routes=()))
    (action,) = actions_of(made)
    assert (action.reach.frees, action.reach.of) == (1, 1)


def test_nothing_to_do():
    assert actions_of(report()) == ()


def test_on_a_terminal_few_are_told_and_the_others_counted():
    found = [finding(f"A-{number:02}", scopes.ROUTE, (HV01, HV02)) for number in range(1, 9)]
    made = report(*found)
    made = replace(made, actions=actions_of(made))
    told, rest = first(made, Names(made))
    assert (len(told), rest) == (SHOWN, "3 more actions")
    page = terminal.render(made)
    assert "What to do first:\n1 host  A-01 hv01 → hv02   A-01 is well (2 of 2 moves wait for it)" in page
    assert "\n3 host  A-03 hv01 → hv02" in page
    assert "\n4 host" not in page
    assert "… and 5 more: the HTML and the JSON report list them." in page
    alone = replace(made, actions=made.actions[:1])
    assert first(alone, Names(alone)) == ([], ""), "the finding itself says it"
    assert "What to do first:\n1 host  A-01 hv01 → hv02" in terminal.render(alone), "it stays on the screen"
    reads = replace(made, actions=tuple(replace(action, check="", who="") for action in made.actions[:2]))
    assert first(reads, Names(reads)) == ([], ""), "the chapter of what could not be judged says it"
    both = replace(made, actions=(*made.actions[:1], *reads.actions[:1]))
    assert [action.who for action in first(both, Names(both))[0]] == ["host", "find out"]


def test_what_is_about_several_hosts_is_among_what_to_do():
    """A cluster without a broker stops the moves of all its nodes: no action above it frees them."""
    cluster = finding("CLU-01", scopes.CLUSTER, ("cl.corp.example",))
    cluster = replace(cluster, bears=of_hosts(HV01, HV02))
    holds(report(cluster), PLAN)
    made = report(cluster, finding("A-01", scopes.HOST, (HV01,)))
    holds(made, PLAN)
    assert {action.check for action in actions_of(made)} == {"A-01", "CLU-01"}


def test_each_actor_is_told_with_what_waits_for_it_and_for_nothing_else():
    """Of six moves in two kinds: what leaves HV01 needs the directory, and two of these the network besides."""
    directory = finding("A-01", scopes.SOURCE, (HV01,), who=Who.DIRECTORY)
    network = finding("B-01", scopes.ROUTE, (HV01, HV02), who=Who.NETWORK)
    actions, actors = plan_of(report(directory, network))
    assert {action.who for action in actions} == {"directory", "network"}
    told = {actor.who: (actor.waiting, actor.alone, actor.unsure, actor.of) for actor in actors}
    assert told == {"directory": (4, 2, 0, 4), "network": (2, 0, 0, 4)}
    assert [actor.who for actor in actors] == [*dict.fromkeys(action.who for action in actions)]


def test_a_move_that_may_still_fail_is_not_promised_to_an_actor():
    cause = finding("A-01", scopes.SOURCE, (HV01,), who=Who.DIRECTORY)
    unknown = finding("C-01", scopes.ROUTE, (HV01, HV02), Status.UNKNOWN, note="nobody knows")
    away = finding("D-01", scopes.ROUTE, (HV02, HV01), Status.UNKNOWN, note="nor of this")
    actors = plan_of(report(cause, unknown, away))[1]
    assert [(one.who, one.waiting, one.alone, one.unsure, one.of) for one in actors] == [
        ("directory", 4, 4, 2, 4),
        ("", 2, 2, 0, 2),
    ]
