"""Reports that three readers look at, and what each of their thirty questions is to be answered with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

from reports.names import Names
from reports.reach import MOVES
from scanner import plugins
from scanner.api import UNPROVEN, Report, Severity, Status
from scanner.commands.auditing import auditable
from scanner.judge import judging, planning, policy
from scanner.judge.comparing import known_of
from scanner.record import record
from scanner.record.digest import digest_of
from scanner.words.baseline import Baseline
from scanner.words.waivers import NO_WAIVERS, Waiver
from tests.reports.pages import PRACTICE

GOOD = Path(__file__).parents[1] / "data" / "good.hvp"
HOST, OTHER, MACHINE = "hb01.corp.example", "hb11.branch.example", "web-01"
Says = Callable[[Report], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks, how it is found, and what it must say there."""

    reader: str
    number: int
    asks: str
    place: str
    says: Says
    clicks: tuple[str, ...] = ()
    """links that are followed, or what is unfolded; the first stands on the first screen"""
    page: str = "practice"


@cache
def reports() -> dict[str, Report]:
    """The practice estate, the good one, and the practice estate with waivers and a baseline."""
    return {"practice": judged(PRACTICE), "good": judged(GOOD), "waived": judged(PRACTICE, later=True)}


def judged(file: Path, *, later: bool = False) -> Report:
    """A record as a run judges it; ``later``: two of its failures are waived, and two are new since a baseline."""
    data, offer = file.read_bytes(), plugins.load(third_party=False)
    evidence = record.load(data, offer.facts)
    checks = judging.enabled(offer.checks, evidence.estate.profiles)
    findings = list(judging.judge(checks, evidence))
    words: dict[str, object] = {}
    if later:
        failed = [one for one in findings if one.status is Status.FAIL]
        until = evidence.started.date() + timedelta(days=40)
        entries = tuple(_waiver(one.check, one.subject.id, until) for one in failed[:2])
        before = evidence.started - timedelta(days=1)
        words["waivers"] = replace(NO_WAIVERS, entries=entries, file="waivers.toml")
        words["baseline"] = Baseline(
            "last.json", before, known_of([one for one in findings if one not in failed[2:4]], before)
        )
    made = policy.report_of(
        evidence, findings, checks=checks, plugins=offer.plugins, threshold=Severity.LOW,
        not_judged=offer.not_judged, passages=offer.passages, **words,
    )  # type: ignore[arg-type] # fmt: skip
    return auditable(planning.planned(made, evidence), digest_of(data))


def _waiver(check: str, subject: str, until: date) -> Waiver:
    return Waiver(check, subject, "a network of its own is ordered", "hyperv-team@corp.example", until)


def _short(report: Report, *names: str) -> list[str]:
    return [Names(report).host(name) for name in names]


def kinds(report: Report) -> list[str]:
    return [f"{MOVES[state.profile]} {state.said}" for state in report.readiness]


def of_estate(report: Report) -> list[str]:
    return [report.estate, f"{report.started:%Y-%m-%d %H:%M} UTC"]


def ends(report: Report) -> list[str]:
    assert report.until
    return [f"{report.said} until {report.until.time:%Y-%m-%d %H:%M} UTC: {report.until.words}"]


def first_action(report: Report) -> list[str]:
    who = report.actors[0].who
    first = next(action for action in report.actions if action.who == who)
    return [who, first.check, first.words, *_short(report, *first.about)]


def freed(report: Report) -> list[str]:
    reach = next(action for action in report.actions if action.who == report.actors[0].who).reach
    return [f"{reach.frees + reach.unsure:,} of {reach.of:,} moves"]


def actors(report: Report) -> list[str]:
    return [
        f"{actor.who} {sum(action.who == actor.who for action in report.actions)} action"
        for actor in report.actors
        if actor.who
    ]


def unknown(report: Report) -> list[str]:
    missing = sum(map(report.lacks, report.findings))
    return [f"{missing:,} verdicts of {len(report.findings):,}", max(report.lost, key=lambda lost: lost.verdicts).cause]


def waivers(report: Report) -> list[str]:
    return list(chain.from_iterable((u.waiver.check, u.waiver.owner, str(u.waiver.until)) for u in report.waivers))


def since(report: Report) -> list[str]:
    assert report.baseline
    return [f"{len(report.baseline.new)} new, {len(report.baseline.mended)} mended"]


def never(report: Report) -> list[str]:
    return [f"{sum(not row.ever for row in report.not_judged)} passages no check ever can", UNPROVEN]


def of_host(report: Report) -> list[str]:
    return sorted({f.check for f in report.findings if f.status is Status.FAIL and f.subject.machines == (HOST,)})


def why_not(report: Report) -> list[str]:
    (route,) = [one for one in report.routes if (one.source, one.destination) == (HOST, OTHER)]
    about = {one.subject.id for one in report.findings if one.subject.kind.name in ("route", "pair")}
    stops = [check for state in route.profiles for check, subject in state.blockers if subject in about]
    return [*_short(report, OTHER), *stops]


def command(report: Report) -> list[str]:
    """Of the first failure in the list that a command mends."""
    return [next(one for one in report.findings if report.blocks(one) and one.check == "DEL-01").remedy]


def free(report: Report) -> list[str]:
    """A route of which some kind of move is ready: every machine of its source can go there so."""
    ready = [(r, s.profile) for r in report.routes for s in r.profiles if s.verdict == "ready"]
    return [f"{' → '.join(_short(report, route.source, route.destination))}" for route, _ in ready]


def follow(report: Report) -> list[str]:
    stops = [one for one in report.findings if report.blocks(one)]
    return [f"{len(stops)} blockers ({sum(bool(one.follows_from) for one in stops)} of them follow from others)"]


def networks(report: Report) -> list[str]:
    found = report.pictures.networks
    assert found
    declared = [f"{network} {trust or ''}" for network, trust in found.networks]
    return [
        *declared,
        *(way.told for way in found.ways.drawn if way.mark.status is Status.FAIL and len(way.told) < 160),
    ]


def delegation(report: Report) -> list[str]:
    found = report.pictures.delegation
    assert found
    missing = [arrow for arrow in found.arrows.drawn if arrow.mark.status is Status.FAIL]
    assert missing
    return [*(" ".join(_short(report, one.source, one.target)) for one in missing), *(one.told for one in missing)]


def clouds(report: Report) -> list[str]:
    found = report.pictures.clouds
    assert found
    pairs = [name for pair in found.pairs for name in (pair.source.name, pair.target.name)]
    return [*pairs, *(f"{one.source} {one.told}" for pair in found.pairs for one in pair.networks.drawn)]


def not_had(report: Report) -> list[str]:
    return [text for lost in report.lost for text in (lost.cause, lost.advice)]


def failed_of(report: Report) -> list[str]:
    """How many are left where the failed ones of one host are asked for."""
    number = sum(one.status is Status.FAIL and HOST in one.subject.machines for one in report.findings)
    return [f"{number} failed"]


def demands(report: Report) -> list[str]:
    used = {check.id for check in report.checks}
    return [one.demand for one in report.passages if used & {*one.checks}]


def unverified(report: Report) -> list[str]:
    return [row.title for row in report.not_judged]


def targets(report: Report) -> list[str]:
    return [f"{t.name} {t.kind} {t.who or 'nobody'} {t.how}" for t in report.targets]


def asked(report: Report) -> list[str]:
    return sorted({source.query for one in report.findings for source in one.evidence if source.query})


def versions(report: Report) -> list[str]:
    return [report.version, report.record, *(f"{one.name} {one.version}" for one in report.plugins)]


def sums(report: Report) -> list[str]:
    numbers = [f"{len(report.findings):,}", f"{sum(map(report.blocks, report.findings)):,}"]
    return [*numbers, *(f"{number:,}" for number in report.counts.values() if number)]


def below(report: Report) -> list[str]:
    lesser = [f for f in report.findings if f.status is Status.FAIL and not report.blocks(f) and not f.waiver]
    return [f"{report.threshold.word}: a failure of this severity", *(one.check for one in lesser)]


def chapters(report: Report) -> list[str]:
    return [f"Findings {len(report.findings):,}", "Networks", "Delegation", "Clouds", f"Checks {len(report.checks)}"]


def _nav(place: str) -> tuple[str]:
    return (f"header nav a[href='#{place}']",)


M, E, A = "manager", "engineer", "auditor"
WAIVERS = ("#first a[href='#waivers']",)
WEB = f"#machines li:has(b bdi:text-is('{MACHINE}'))"
DEL = "#fail-DEL-01"
ASKED = "div[aria-label='Targets']"
TOP, WHY = ".doers > li:first-child", ".why-not a[href='#not-given']"
QUESTIONS = (
    Question(M, 1, "May the move start tonight? Which kind may, which may not?", "#first .kinds", kinds),
    Question(M, 2, "Which estate, of when?", "#first .over", of_estate),
    Question(M, 3, "Until when does that hold, and what ends it?", "#first .until", ends, page="good"),
    Question(M, 4, "What is to be done first, and by whom?", TOP, first_action),
    Question(M, 5, "How many moves does that free, of how many?", f"{TOP} .gain", freed),
    Question(M, 6, "Who else must act, on how many things?", ".doers", actors),
    Question(M, 7, "What does nobody know, and why?", ".why-not", unknown),
    Question(M, 8, "What is waived, by whom, until when?", "#waivers + ul", waivers, WAIVERS, "waived"),
    Question(M, 9, "Is it better than last time?", "#first .sums", since, page="waived"),
    Question(M, 10, "What was not judged at all, and was it ever proven?", ".never", never),
    Question(E, 1, "What is wrong with this host?", "[id='host-hb01_corp_example']", of_host, _nav("hosts")),
    Question(E, 2, "Why can this machine not go there?", WEB, why_not, _nav("machines")),
    Question(E, 3, "Which command mends the first blocker?", DEL, command, (*_nav("findings"), f"{DEL} summary")),
    Question(E, 4, "Which destination is ready?", "#first .kinds", free),
    Question(E, 5, "Which failures follow from others?", "#first .sums", follow),
    Question(E, 6, "Which networks, shared, trusted, tried?", "#networks", networks, _nav("networks")),
    Question(E, 7, "Who may delegate what to whom?", "#delegation", delegation, _nav("delegation")),
    Question(E, 8, "Which clouds are mapped, what is not?", "#clouds", clouds, _nav("clouds")),
    Question(E, 9, "What was not had, why, and what lets it be read?", "#not-given + ul", not_had, (WHY,)),
    Question(E, 10, "How many of one host failed?", "[id='host-hb01_corp_example']", failed_of, _nav("hosts")),
    Question(A, 1, "Which demands were verified?", "table.demands", demands, _nav("method")),
    Question(A, 2, "What was not verified, and why?", "#method", unverified, _nav("method")),
    Question(A, 3, "When was each read, as whom, how?", ASKED, targets, _nav("method")),
    Question(A, 4, "Were certificates verified?", f"{ASKED} thead", lambda _: ["Certificate"], _nav("method")),
    Question(A, 5, "Which queries were asked?", "ol.asked", asked, _nav("method")),
    Question(A, 6, "Which waivers hold?", "div[aria-label='Waivers']", waivers, _nav("method"), "waived"),
    Question(A, 7, "Which version, plug-ins, record?", "#method dl.facts", versions, _nav("method")),
    Question(A, 8, "Do the numbers add up?", "div[aria-label='Numbers']", sums, _nav("method")),
    Question(A, 9, "What is below the threshold?", "#method dl.facts", below, _nav("method")),
    Question(A, 10, "Does paper hold all of it?", "nav.contents", chapters, page="practice on paper"),
)  # fmt: skip
