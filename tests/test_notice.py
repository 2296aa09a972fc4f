"""What a notice says: that something changed, what of ours it is about, and nothing that anybody answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scanner.api import Check, Finding, Profile, Report, Severity, Status, Subject, Who, passed, scopes
from scanner.judge.comparing import known_of
from scanner.judge.policy import report_of
from scanner.plugins import load
from scanner.words.baseline import Baseline
from scanner.words.estate import Route
from scanner.words.evidence import Evidence
from scanner.words.notice import CHECKS, NAMES, SOON, Mood, Notice, notice_of
from scanner.words.until import Turns, Until
from scanner.words.waivers import Waiver, Waivers
from tests.conftest import HV01, HV02, NOW, estate

DAY = timedelta(days=1)
EVIL = "##vso[task.complete] @everyone <a href=x> seen-by-a-target"
OURS = load(third_party=False).checks
PLUGIN = Check(
    id="SITE-01", title=f"title of a plug-in {EVIL}", scope=scopes.HOST, judge=lambda _subject, _view: passed("x"),
    severity=Severity.HIGH, who=Who.HOST, seed="", needs=(), profiles=frozenset(Profile),
)  # fmt: skip
PLAN = estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02),))


def finding(status: Status, check: str = "NET-01", subject: Subject | None = None, **words: object) -> Finding:
    about = subject or Subject(scopes.HOST, (HV01,))
    facts = {"severity": Severity.HIGH, "title": EVIL, "seen": EVIL, "note": EVIL, "remedy": EVIL}
    return Finding(
        check=check, subject=about, bears=about.kind.bearing(about), profiles=PLAN.profiles, status=status,
        **(facts | words),
    )  # fmt: skip


def run(*found: Finding, since: Report | Baseline | None = None, days: float = 0, **words: object) -> Report:
    """A run some days later; what it is held against is what a history tells of the one before."""
    if isinstance(since, Report):
        turns = (since.until.time,) if since.until else ()
        taken = since.finished
        since = Baseline("the history", taken, known_of(since.findings, taken), verdict=since.verdict, turns=turns)
    at = NOW + days * DAY
    good = finding(Status.PASS, "ID-01", severity=Severity.LOW)
    return report_of(
        Evidence(PLAN, at, at), [good, *found], checks=(*OURS, PLUGIN), plugins=(), threshold=Severity.LOW,
        baseline=since, **words,
    )  # fmt: skip


def run_of(*, same: bool = False) -> Report:
    """One that follows upon another, with a failure that is new or was there."""
    fails = finding(Status.FAIL)
    return run(fails, since=run(*([fails] if same else [])), days=1)


def told(made: Report, **how: object) -> Notice:
    notice = notice_of(made, **how)
    assert notice is not None
    return notice


def test_a_new_failure():
    notice = told(run_of())
    assert notice.title == "hv-preflight: not ready (was ready): 1 new"
    (fails,) = (check.fails for check in OURS if check.id == "NET-01")
    assert notice.text == (
        "The verdict is not ready, and was ready.\n1 new failure:\n"
        f"- NET-01 {fails}\nIn all: 1 failure, 0 not judged, 0 waived."
    )
    assert notice.mood is Mood.WORSE


def test_where_nothing_changed_or_nothing_was_before_nothing_is_told():
    fails = finding(Status.FAIL)
    assert notice_of(run_of(same=True)) is None
    assert notice_of(run(fails)) is None
    assert notice_of(run(since=run(), days=1)) is None
    new = run_of()
    assert notice_of(replace(new, chosen=("half of it",))) is None
    assert notice_of(replace(new, verdict="interrupted")) is None
    assert notice_of(replace(new, at=NOW + 9 * DAY)) is None


def test_what_is_mended():
    notice = told(run(finding(Status.PASS), since=run(finding(Status.FAIL)), days=1))
    assert notice.title == "hv-preflight: ready (was not ready): 1 mended"
    assert "\n1 failure is mended:\n- NET-01 " in notice.text
    assert notice.mood is Mood.BETTER


def test_a_host_that_is_back_with_what_was_known_of_it_is_nothing_better():
    before = run(finding(Status.FAIL))
    (known,) = (one for one in known_of(before.findings, before.finished) if one.status is Status.FAIL)
    down = run(finding(Status.UNKNOWN), finding(Status.UNKNOWN, "LM-01"), since=before, days=1)
    lost = (replace(one, given=known if one.key == known.key else None) for one in known_of(down.findings, NOW + DAY))
    since = Baseline("the history", NOW + DAY, tuple(lost), verdict=down.verdict, turns=())
    notice = told(run(finding(Status.FAIL), finding(Status.PASS, "LM-01"), since=since, days=2))
    assert notice.title == "hv-preflight: not ready (was incomplete)"
    assert "new" not in notice.text
    assert notice.mood is Mood.OTHER


def test_a_failure_beside_another_turns_no_verdict():
    other = finding(Status.FAIL, "LM-01")
    notice = told(run(finding(Status.FAIL), other, since=run(other), days=1))
    assert notice.title == "hv-preflight: not ready: 1 new"
    assert "LM-01" not in notice.text
    assert "verdict" not in notice.text


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.ERROR])
def test_what_could_not_be_judged_and_can_be_again(status):
    lost = run(finding(status), since=run(finding(Status.PASS)), days=1)
    notice = told(lost)
    assert notice.title == "hv-preflight: incomplete (was ready): 1 not judged"
    assert "\n1 finding could not be judged:\n- NET-01 " in notice.text
    assert notice.mood is Mood.WORSE
    assert notice_of(run(finding(status), since=lost, days=2)) is None
    again = told(run(finding(Status.PASS), since=run(finding(status)), days=1))
    assert "\n1 finding could be judged again:\n" in again.text
    assert again.mood is Mood.BETTER


def test_what_is_gone_is_told_once():
    """The virtual machines of a host that is down stay listed for weeks."""
    machine = Subject(scopes.VM, (HV01, "abc"), EVIL)
    first = run(finding(Status.FAIL, "VM-06", machine))
    gone = run(since=first, days=1)
    assert "1 finding could not be judged:\n- VM-06 " in told(gone).text
    known = (*known_of(gone.findings, gone.finished), *known_of(first.findings, first.finished)[1:])
    later = run(since=Baseline("the history", gone.finished, known, verdict=gone.verdict, turns=()), days=2)
    assert len(later.baseline.gone) == 1
    assert notice_of(later) is None


def test_what_is_waived_or_too_slight_for_the_gate_is_no_news():
    waived = Waivers((Waiver("NET-01", HV01, EVIL, EVIL, (NOW + 90 * DAY).date()),), file="w.toml")
    assert notice_of(run(finding(Status.FAIL), since=run(), days=1, waivers=waived)) is None
    slight = run(finding(Status.FAIL, severity=Severity.INFO), since=run(), days=1)
    assert notice_of(slight) is None


def test_a_waiver_that_ends_is_told_when_its_last_days_begin_and_when_it_has_ended():
    waived = Waivers((Waiver("NET-01", HV01, EVIL, EVIL, (NOW + 20 * DAY).date()),), file="w.toml")
    fails, last, days = finding(Status.FAIL), None, []
    for day in range(25):
        made = run(fails, since=last, days=day, waivers=waived)
        if notice := notice_of(made):
            days.append(day)
            assert (
                f"A waiver of NET-01 ({made_title('NET-01')}) {'ends' if day < 20 else 'has ended'} on 2026-12-11."
                in (notice.text)
            )
            assert notice.mood is (Mood.OTHER if day < 20 else Mood.WORSE)
        last = made
    assert days == [6, 20]


def made_title(check: str) -> str:
    return next(one.title for one in OURS if one.id == check)


def turning(made: Report, days: float, check: str = "KEY-03") -> Report:
    time = NOW + days * DAY
    about = Subject(scopes.RUN, ("run",))
    until = Until(time=time, verdict="not ready", check=check, subject=about, status=Status.FAIL, words=EVIL)
    return replace(made, turns=Turns({("", "", ""): until}, until))


def test_that_a_verdict_turns_is_told_once_when_it_comes_near():
    last, days = turning(run(), 20), []
    for day in range(1, 19):
        made = turning(run(since=last, days=day), 20)
        if notice := notice_of(made):
            days.append(day)
            line = (
                f"The verdict turns at 2026-12-11 12:00 UTC, and is not ready then, by KEY-03 ({made_title('KEY-03')})."
            )
            assert line in notice.text
        last = made
    assert days == [SOON.days - SOON.days + 6]
    sooner = turning(run(since=last, days=19), 19.5)
    assert "turns at" in told(sooner).text, "another instant than the one that was told"
    unknown = Baseline("b.json", last.finished, known_of(last.findings, last.finished), verdict=last.verdict)
    assert notice_of(turning(run(since=unknown, days=19), 20)) is None


@pytest.mark.parametrize("names", [False, True])
def test_nothing_that_anybody_answered_is_in_it(names):
    """Neither what was seen, nor a name, a title, a reason or an owner; of a plug-in no word but the id."""
    machines = [Subject(scopes.VM, (HV01, EVIL), EVIL), Subject(scopes.DOMAIN, (EVIL,), EVIL)]
    every = [finding(Status.FAIL, check, one) for one in machines for check in ("VM-06", "SITE-01", "NO-99")]
    every += [finding(Status.UNKNOWN, "VM-08", one) for one in machines]
    made = turning(run(*every, since=run(), days=10), 15, "SITE-01")
    made = replace(made, waivers=())
    notice = told(made, names=names)
    for word in ("vso", "everyone", "href", "seen-by", "plug-in", "abc"):
        assert word not in notice.title + notice.text
    assert (HV01 in notice.text) == names
    assert "- SITE-01" in notice.text


def test_names_come_as_names_and_few():
    hosts = [Subject(scopes.HOST, (f"hv{number:02}.corp.example",)) for number in range(NAMES + 3)]
    odd = Subject(scopes.ROUTE, ("hv01.corp.example", "*evil*[x](y)"))
    made = run(*(finding(Status.FAIL, "NET-01", one) for one in (odd, *hosts)), since=run(), days=1)
    (line,) = (line for line in told(made, names=True).text.splitlines() if line.startswith("- NET-01"))
    assert f"({NAMES + 4})" in line
    assert line.endswith(", and 4 more")
    assert "hv01.corp.example and _evil__x__y_" in line


def test_few_checks_are_named_and_the_rest_counted():
    checks = [check.id for check in OURS][: CHECKS + 5]
    made = run(*(finding(Status.FAIL, check, Subject(scopes.HOST, (HV02,))) for check in checks), since=run(), days=1)
    lines = told(made).text.splitlines()
    assert sum(line.startswith("- ") for line in lines) == CHECKS + 1
    assert "- and 5 more checks" in lines
