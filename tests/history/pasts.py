"""Histories as tests want them: runs of estates, their findings and routes, from a plain table of what happened."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.model import Severity, Status
from scanner.words.site import PastEstate

FIRST = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)


def run(number: int, verdict: str = "ready", **words: object) -> PastRun:
    """A run of its own night."""
    finished = FIRST + timedelta(days=number - 1)
    made = PastRun(
        number=number, estate="berlin", started=finished - timedelta(seconds=9), finished=finished, verdict=verdict,
        exit_code=0 if verdict == "ready" else 1, counts={}, digest=hashlib.sha256(b"%d" % number).hexdigest(),
        version="0.1.0", runner="runner.corp.example", chosen=False, interrupted=False, until=None, has_record=False,
    )  # fmt: skip
    return replace(made, **words)  # type: ignore[arg-type]


def found(check: str, subject: str, status: Status = Status.FAIL, **words: object) -> PastFinding:
    made = PastFinding(
        check=check, subject=subject, name=subject, profile="", status=status, severity=Severity.HIGH,
        title=f"{check} holds", seen="192.168.10.5/24 in clear text",
    )  # fmt: skip
    return replace(made, **words)  # type: ignore[arg-type]


def route(source: str, destination: str, verdict: str = "ready", **words: object) -> PastRoute:
    made = PastRoute(
        source=source, destination=destination, storage=False, machines=True, profile="live-migration", verdict=verdict
    )
    return replace(made, **words)  # type: ignore[arg-type]


@dataclass
class Past:
    """Runs with all that they found; ``estate`` makes of them what pages are made from."""

    runs: list[PastRun] = field(default_factory=list)
    findings: dict[int, tuple[PastFinding, ...]] = field(default_factory=dict)
    routes: dict[int, tuple[PastRoute, ...]] = field(default_factory=dict)

    def add(self, run: PastRun, findings: Iterable[PastFinding] = (), routes: Iterable[PastRoute] = ()) -> PastRun:
        self.findings[run.number], self.routes[run.number] = tuple(findings), tuple(routes)
        run = replace(run, counts=dict(Counter(one.status.value for one in self.findings[run.number])))
        self.runs.insert(0, run)
        return run

    def estate(self, name: str = "berlin", **words: object) -> PastEstate:
        made = PastEstate(
            name=name,
            runs=tuple(replace(one, estate=name) for one in self.runs),
            findings=lambda run: self.findings[run.number],
            routes=lambda run: self.routes[run.number],
        )
        return replace(made, **words)  # type: ignore[arg-type]


def nights(number: int = 30, hosts: int = 13, *, name: Callable[[str], str] = str) -> Past:
    """A fleet over so many nights: failures come and go, one stands all along, one is waived, a host is down."""
    past = Past()
    names = [name(f"hv{n:02}.{'corp' if n < 9 else 'branch'}.example") for n in range(1, hosts + 1)]
    for night in range(1, number + 1):
        down = names[-1] if 9 <= night <= 11 else ""
        findings = [_judged(check, host, night, down) for host in names for check in ("LM-01", "NET-01", "HOST-02")]
        findings.append(found("KEY-03", "run", Status.WARN, name="this run", severity=Severity.LOW))
        failing = {one.subject for one in findings if one.status is Status.FAIL and not one.waived}
        routes = [
            route(a, b, "not ready" if {a, b} & failing else "incomplete" if down in (a, b) else "ready")
            for a in names for b in names if a != b
        ]  # fmt: skip
        worst = {one.verdict for one in routes}
        verdict = next(word for word in ("not ready", "incomplete", "ready") if word in worst or word == "ready")
        until = FIRST + timedelta(days=night + 3) if verdict == "ready" else None
        past.add(run(night, verdict, until=until, chosen=night == 14, interrupted=night == 17), findings, routes)
    return past


def _judged(check: str, host: str, night: int, down: str) -> PastFinding:
    if host == down:
        return found(check, host, Status.UNKNOWN, seen="no answer on 5986 within 10 s")
    number = int.from_bytes(hashlib.sha256(f"{check}{host}".encode("utf-8", "replace")).digest()[:2], "big")
    if check == "NET-01" and number % 7 == 0:
        return found(check, host, waived="network team 2026-12-20")
    fails = (number % 17 == 0 and night > 20) or (number % 5 == 0 and (night + number) % 9 in (0, 1) and night % 6 > 3)
    return found(check, host, Status.FAIL if fails else Status.PASS)
