"""What a run is in numbers, for whoever watches many of them: told once, and written by two formats.

Labels are bounded: by kind of move, status, severity, check and target. Nothing has a finding's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

from reports.metric import Metric, Sample, Value
from scanner.api import Report, Severity, Status, TargetInfo, Until, WaiverState

VERDICTS = ("ready", "not ready", "incomplete", "interrupted")
ACTS = (WaiverState.IN_FORCE, WaiverState.ENDS_SOON)
"""Of a waiver that waives something."""
WORSE = (Status.FAIL, Status.WARN, Status.UNKNOWN, Status.ERROR)
"""What a check says then where something has expired; else something has begun."""


def _one(value: Value) -> Iterator[Sample]:
    yield (), value


def _at(when: datetime | None) -> Iterator[Sample]:
    if when:
        yield (), int(when.timestamp())


def _words(verdict: str, *before: str) -> Iterator[Sample]:
    """Every word, lest a series go away when the verdict is another."""
    yield from (((*before, word), int(word == verdict)) for word in VERDICTS)


def _profiles(report: Report) -> Iterator[Sample]:
    for state in report.readiness:
        yield from _words(state.verdict, state.profile)


def _moves(report: Report) -> Iterator[Sample]:
    states = [state for route in report.routes for state in route.profiles]
    found = Counter((state.profile, state.verdict) for state in states)
    for kind in report.readiness:
        yield from (((kind.profile, word), found[kind.profile, word]) for word in VERDICTS[:3])


def _failed(report: Report) -> Iterator[Sample]:
    found = Counter(f.severity for f in report.findings if f.status is Status.FAIL and not f.waiver)
    yield from (((severity.word,), found[severity]) for severity in Severity)


def _turn(until: Until | None, *before: str) -> Iterator[Sample]:
    if until:
        yield (*before, until.verdict), int(until.time.timestamp())


def _profiles_turn(report: Report) -> Iterator[Sample]:
    for state in report.readiness:
        yield from _turn(report.turns.of(profile=state.profile), state.profile)


def _expiries(report: Report) -> Iterator[Sample]:
    turns = sorted(report.turns.by_place.values(), key=lambda until: until.check)
    yield from (((until.check,), int(until.time.timestamp())) for until in turns if until.status in WORSE)


def _oldest_unknown(report: Report) -> Iterator[Sample]:
    since = [f.known_since or report.finished for f in report.findings if report.lacks(f)]
    yield from _at(min(since, default=None))


def _last_success(report: Report) -> Iterator[Sample]:
    before = report.baseline
    if report.exit_code == 0:
        yield from _at(report.finished)
    elif before and before.verdict == "ready":
        yield from _at(before.taken)


def _waivers(report: Report) -> Iterator[Sample]:
    found = Counter(use.state for use in report.waivers)
    yield from (((state.value,), found[state]) for state in WaiverState)


def _next_end(report: Report) -> Iterator[Sample]:
    ends = [use.waiver.until for use in report.waivers if use.state in ACTS]
    yield from _at(datetime.combine(min(ends), time(), UTC) if ends else None)


def _targets(report: Report) -> list[TargetInfo]:
    """Every target that was to be read: one that nobody could reach may be told by what is missing alone."""
    read = {target.name for target in report.targets}
    ends = (name for route in report.routes for name in (route.source, route.destination))
    others = sorted({*ends, *(gap.target for gap in report.gaps)} - read)
    return [*sorted(report.targets, key=lambda t: (t.kind, t.name)), *(TargetInfo(name=n, kind="") for n in others)]


def _of_targets(value: Callable[[TargetInfo], int]) -> Callable[[Report], Iterator[Sample]]:
    return lambda report: (((t.name, t.kind), value(t)) for t in _targets(report))


TARGET = ("target", "kind")
METRICS = (
    Metric("hv_preflight_build_info", ("version",), "What wrote this; always 1.", lambda r: [((r.version,), 1)]),
    Metric("hv_preflight_verdict", ("verdict",), "1 at the verdict of the run, 0 at every other.",
           lambda r: _words(r.verdict)),
    Metric("hv_preflight_profile_verdict", ("profile", "verdict"),
           "1 at the verdict of a kind of move on all its routes, 0 at every other.", _profiles),
    Metric("hv_preflight_exit_code", (), "The exit code: 0 ready, 1 not ready, 3 incomplete, 130 interrupted.",
           lambda r: _one(r.exit_code)),
    Metric("hv_preflight_moves", ("profile", "verdict"),
           "Planned moves from host to host, by kind of move and verdict.", _moves),
    Metric("hv_preflight_findings", ("status",), "Findings by status, waived ones too.",
           lambda r: [((status.value,), r.counts.get(status.value, 0)) for status in Status]),
    Metric("hv_preflight_failed_findings", ("severity",), "Failures by severity, but for those that are waived.",
           _failed),
    Metric("hv_preflight_blockers", (), "Failures that stop a move.", lambda r: _one(sum(map(r.blocks, r.findings)))),
    Metric("hv_preflight_missing_verdicts", (), "Verdicts that could not be given, and that nobody accepts.",
           lambda r: _one(sum(map(r.lacks, r.findings)))),
    Metric("hv_preflight_oldest_unknown_timestamp_seconds", (),
           "Since when a verdict is missing: of the oldest as far as a baseline knows, else since this run.",
           _oldest_unknown),
    Metric("hv_preflight_verdict_turns_timestamp_seconds", ("then",),
           "When the verdict of the run turns by itself, and what it is then.", lambda r: _turn(r.until)),
    Metric("hv_preflight_profile_verdict_turns_timestamp_seconds", ("profile", "then"),
           "When the verdict of a kind of move turns by itself, and what it is then.", _profiles_turn),
    Metric("hv_preflight_gate_turns_timestamp_seconds", ("then",),
           "When the exit code turns by itself, and what it says then.", lambda r: _turn(r.turns.gate)),
    Metric("hv_preflight_expiry_timestamp_seconds", ("check",),
           "When what a check looks at expires (a certificate, a registration key): the first that turns a verdict.",
           _expiries),
    Metric("hv_preflight_waived_findings", (), "Findings that are waived.", lambda r: _one(r.waived.findings)),
    Metric("hv_preflight_waivers", ("state",), "Waivers by what has become of them.", _waivers),
    Metric("hv_preflight_waiver_next_end_timestamp_seconds", (),
           "When the next waiver ends, of those that waive something.", _next_end),
    Metric("hv_preflight_last_run_timestamp_seconds", (), "When what is judged had been read.",
           lambda r: _at(r.finished)),
    Metric("hv_preflight_last_success_timestamp_seconds", (),
           "When a run last ended with exit 0: this one, else its baseline if that was ready.", _last_success),
    Metric("hv_preflight_duration_seconds", (), "How long the reading took.",
           lambda r: _one((r.finished - r.started).total_seconds())),
    Metric("hv_preflight_judged_as_of_timestamp_seconds", (),
           "The instant that it is about, of a look ahead; not there of any other run.", lambda r: _at(r.at)),
    Metric("hv_preflight_narrowed", (), "1 where only a part of the estate was judged.",
           lambda r: _one(int(bool(r.chosen)))),
    Metric("hv_preflight_target_up", TARGET, "1 where a target answered anything.",
           _of_targets(lambda target: int(target.answered > 0))),
    Metric("hv_preflight_target_unanswered_queries", TARGET, "Questions that a target did not answer.",
           _of_targets(lambda target: max(0, target.queries - target.answered)), max),
    Metric("hv_preflight_target_unverified", TARGET,
           "1 where nobody verified a target's certificate: anybody may have answered.",
           _of_targets(lambda target: int(target.unverified)), max),
)  # fmt: skip
