"""The report for programs: everything, unabridged and as it was read. ``schema/report.schema.json`` describes it.

The bytes are the same for the same report. All of it is ASCII: what a terminal, a browser or the runner of a job would
act on is escaped, and even text that is no valid Unicode comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from reports import json_groups
from reports.json_lines import text_of
from reports.summary import sentence
from scanner.api import (
    Action,
    Change,
    Check,
    Difference,
    Finding,
    ProfileState,
    Report,
    RouteState,
    Source,
    Status,
    Subject,
    Until,
    Waiver,
    WaiverUse,
)  # fmt: skip

SCHEMA = 1
"""Version of the form. It rises when something a reader relies on goes or changes its meaning."""
Object = dict[str, Any]
Cause = tuple[str, str]


def render(report: Report) -> str:
    """The report as JSON text with a line end."""
    return text_of(_report(report))


def _report(report: Report) -> Object:
    return {
        "schema": SCHEMA,
        "verdict": report.verdict,
        "sentence": sentence(report),
        "exit_code": report.exit_code,
        "threshold": report.threshold.word,
        "counts": {status.value: report.counts.get(status.value, 0) for status in Status},
        "version": report.version,
        "started": _instant(report.started),
        "finished": _instant(report.finished),
        "at": _instant(report.at) if report.at else "",
        **_until(report.until),
        "gate": {"verdict": report.gate, **_until(report.turns.gate)},
        "turns": _turns(report),
        "runner": report.runner,
        "chosen": list(report.chosen),
        "profiles": sorted(map(str, report.profiles)),
        "waived": asdict(report.waived),
        "waivers_file": report.waivers_file,
        "waivers": [_use(use) for use in report.waivers],
        "baseline": _baseline(report.baseline) if report.baseline else None,
        "readiness": [_readiness(state, report) for state in report.readiness],
        "not_judged": [
            {key: value for key, value in asdict(row).items() if key != "unless"} | {"profiles": sorted(row.profiles)}
            for row in report.not_judged
        ],
        "routes": [_route(route, report) for route in report.routes],
        "groups": json_groups.of(report, _until),
        "actions": [_action(action) for action in report.actions],
        "findings": map(_finding, report.findings),
        "gaps": [
            {"fact": gap.fact, "target": gap.target, "reason": gap.reason.value, "detail": gap.detail}
            for gap in sorted(report.gaps, key=lambda gap: (gap.target, gap.fact))
        ],
        "lost": [{key: value for key, value in asdict(lost).items() if key != "gaps"} for lost in report.lost],
        "checks": [_check(check) for check in sorted(report.checks, key=lambda check: check.id)],
        "targets": [
            asdict(target) | {"seconds": round(target.seconds, 3)}
            for target in sorted(report.targets, key=lambda target: (target.kind, target.name))
        ],
        "plugins": [asdict(plugin) for plugin in sorted(report.plugins, key=lambda plugin: plugin.name)],
    }


def _finding(finding: Finding) -> Object:
    return {
        "check": finding.check,
        "profile": finding.profile,
        "profiles": sorted(finding.profiles),
        "subject": _subject(finding.subject),
        "status": finding.status.value,
        "severity": finding.severity.word,
        "title": finding.title,
        "seen": finding.seen,
        "wanted": finding.wanted,
        "remedy": finding.remedy,
        "note": finding.note,
        "works": finding.works,
        "who": finding.who,
        "follows_from": _causes(finding.follows_from),
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
        "known_since": _instant(finding.known_since) if finding.known_since else None,
        "evidence": [_source(source) for source in finding.evidence],
    }


def _source(source: Source) -> Object:
    return {"fact": source.fact, "target": source.target, "at": source.at, "query": source.query}


def _waiver(waiver: Waiver) -> Object:
    return asdict(waiver) | {"until": waiver.until.isoformat()}


def _use(use: WaiverUse) -> Object:
    covers = [{"check": check, "subject": subject, "profile": profile} for check, subject, profile in use.covers]
    return _waiver(use.waiver) | {"state": use.state.value, "days": use.days, "covers": covers, "note": use.note}


def _baseline(since: Difference) -> Object:
    kinds = {"new": since.new, "mended": since.mended, "still": since.still, "unjudged": since.unjudged}
    lists = {word: [_change(change) for change in changes] for word, changes in kinds.items()}
    return {"file": since.file, "taken": _instant(since.taken), "history": since.history, **lists}


def _change(change: Change) -> Object:
    return {
        "check": change.check,
        "profile": change.profile,
        "subject": _subject(change.subject),
        "title": change.title,
        "before": change.before or "",
        "now": change.now or "",
        "since": _instant(change.since) if change.since else None,
        "last": _instant(change.last) if change.last else None,
        "waived": change.waived,
    }


def _subject(subject: Subject) -> Object:
    return {"kind": subject.kind.name, "id": subject.id, "title": subject.title, "names": list(subject.names)}


def _route(route: RouteState, report: Report) -> Object:
    ends = route.source, route.destination
    states = [_state(state) | _until(report.turns.of(*ends, state.profile)) for state in route.profiles]
    return _state(route) | {"profiles": states} | _until(report.turns.of(*ends))


def _state(state: RouteState | ProfileState) -> Object:
    return asdict(state) | {"blockers": _causes(state.blockers)}


def _readiness(state: ProfileState, report: Report) -> Object:
    there, of = report.reach(state.profile)
    until = _until(report.turns.of(profile=state.profile))
    return _state(state) | {"checks": there, "of_checks": of} | until


def _until(until: Until | None) -> Object:
    return {"until": _instant(until.time) if until else "", "then": until.verdict if until else ""}


def _turns(report: Report) -> list[Object]:
    found = {(u.time, u.check, u.subject.id, u.status.value): u for u in report.turns.by_place.values()}
    return [
        {
            "time": _instant(until.time), "check": until.check, "subject": _subject(until.subject),
            "status": until.status.value, "words": until.words,
        }
        for _, until in sorted(found.items(), key=lambda item: item[0])
    ]  # fmt: skip


def _action(action: Action) -> Object:
    return asdict(action) | {"about": list(action.about), "findings": _causes(action.findings)}


def _causes(causes: Iterable[Cause]) -> list[Object]:
    return [{"check": check, "subject": subject} for check, subject in causes]


def _check(check: Check) -> Object:
    return {
        "id": check.id,
        "title": check.title,
        "severity": check.severity.word,
        "who": check.who.value,
        "follows": list(check.follows),
        "seed": check.seed,
        "remedy": check.remedy,
    }


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
