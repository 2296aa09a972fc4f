"""The report for programs: everything, unabridged and as it was read. ``schema/report.schema.json`` describes it.

The bytes are the same for the same report. All of it is ASCII: what a terminal, a browser or the runner of a job would
act on is escaped, and even text that is no valid Unicode comes back as it was.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from reports import json_groups
from reports.json_findings import TABLES, causes, instant, subject, told, waiver
from reports.json_lines import LIMIT, Listed, Tables, texts
from reports.summary import sentence
from scanner.api import (
    Action,
    Change,
    Check,
    Difference,
    Gap,
    ProfileState,
    Report,
    RouteState,
    Status,
    Until,
    WaiverUse,
)  # fmt: skip

SCHEMA = 2
"""Version of the form. It rises when something a reader relies on goes or changes its meaning."""
Object = dict[str, Any]


def render(report: Report) -> str:
    """The report as JSON text with a line end, in one piece."""
    return next(files(report, math.inf))[0]


def files(report: Report, limit: float = LIMIT) -> Iterator[tuple[str, bool]]:
    """The report in files of at most so many octets, each with whether there is another one."""
    every = {
        "schema": SCHEMA,
        "verdict": report.verdict,
        "version": report.version,
        "finished": instant(report.finished),
    }
    lists = (
        Listed("gaps", sorted(report.gaps, key=lambda gap: (gap.target, gap.fact)), _gap),
        Listed("routes", report.routes, lambda route, _: _route(route, report)),
        Listed("findings", report.findings, told),
    )
    return texts(_report(report), every, lists, TABLES, limit)


def _report(report: Report) -> Object:
    """All but the long lists."""
    return {
        "sentence": sentence(report),
        "estate": report.estate,
        "exit_code": report.exit_code,
        "threshold": report.threshold.word,
        "counts": {status.value: report.counts.get(status.value, 0) for status in Status},
        "started": instant(report.started),
        "at": instant(report.at) if report.at else "",
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
        "groups": json_groups.of(report, _until),
        "actions": [_action(action) for action in report.actions],
        "lost": [{key: value for key, value in asdict(lost).items() if key != "gaps"} for lost in report.lost],
        "checks": [_check(check) for check in sorted(report.checks, key=lambda check: check.id)],
        "targets": [
            asdict(target) | {"seconds": round(target.seconds, 3)}
            for target in sorted(report.targets, key=lambda target: (target.kind, target.name))
        ],
        "plugins": [asdict(plugin) for plugin in sorted(report.plugins, key=lambda plugin: plugin.name)],
    }


def _gap(gap: Gap, _: Tables) -> Object:
    return {"fact": gap.fact, "target": gap.target, "reason": gap.reason.value, "detail": gap.detail}


def _use(use: WaiverUse) -> Object:
    covers = [{"check": check, "subject": subject, "profile": profile} for check, subject, profile in use.covers]
    return waiver(use.waiver) | {"state": use.state.value, "days": use.days, "covers": covers, "note": use.note}


def _baseline(since: Difference) -> Object:
    kinds = {"new": since.new, "mended": since.mended, "still": since.still, "unjudged": since.unjudged}
    lists = {word: [_change(change) for change in changes] for word, changes in kinds.items()}
    return {"file": since.file, "taken": instant(since.taken), "history": since.history, **lists}


def _change(change: Change) -> Object:
    return {
        "check": change.check,
        "profile": change.profile,
        "subject": subject(change.subject),
        "title": change.title,
        "before": change.before or "",
        "now": change.now or "",
        "since": instant(change.since) if change.since else None,
        "last": instant(change.last) if change.last else None,
        "waived": change.waived,
    }


def _route(route: RouteState, report: Report) -> Object:
    ends = route.source, route.destination
    states = [_state(state) | _until(report.turns.of(*ends, state.profile)) for state in route.profiles]
    return _state(route) | {"profiles": states} | _until(report.turns.of(*ends))


def _state(state: RouteState | ProfileState) -> Object:
    return asdict(state) | {"blockers": causes(state.blockers)}


def _readiness(state: ProfileState, report: Report) -> Object:
    there, of = report.reach(state.profile)
    until = _until(report.turns.of(profile=state.profile))
    return _state(state) | {"checks": there, "of_checks": of} | until


def _until(until: Until | None) -> Object:
    return {"until": instant(until.time) if until else "", "then": until.verdict if until else ""}


def _turns(report: Report) -> list[Object]:
    found = {(u.time, u.check, u.subject.id, u.status.value): u for u in report.turns.by_place.values()}
    return [
        {
            "time": instant(until.time), "check": until.check, "subject": subject(until.subject),
            "status": until.status.value, "words": until.words,
        }
        for _, until in sorted(found.items(), key=lambda item: item[0])
    ]  # fmt: skip


def _action(action: Action) -> Object:
    return asdict(action) | {"about": list(action.about), "findings": causes(action.findings)}


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
