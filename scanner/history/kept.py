"""What of a report is kept, as rows; and rows as what the history gives. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from scanner.judge import scopes
from scanner.words.baseline import Known
from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.model import Profile, Severity, Status
from scanner.words.report import Finding, Report
from scanner.words.scope import Subject
from scanner.words.waivers import Waiver, WaiverState

LONGEST = 2000
"""Characters of what was seen that are kept."""
GIVEN = (Status.PASS, Status.FAIL, Status.WARN)
IN_FORCE = (WaiverState.IN_FORCE, WaiverState.ENDS_SOON)

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class About:
    """A subject, as it is kept."""

    kind: str
    key: str
    names: str
    """as JSON"""

    @property
    def digest(self) -> bytes:
        """What tells it from others of its estate."""
        return digest(self.kind, self.names)


@dataclass(frozen=True, slots=True)
class State:
    """How a finding ended, in one run or several in a row."""

    status: str
    severity: int
    title: str
    name: str
    seen: str
    waived: str
    profiles: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What is kept once, and named by its number."""
        return self.title, self.name, self.seen, self.waived, self.profiles


Case = tuple[About, str, str]
"""Subject, check and profile: the identity of a finding."""


def digest(*parts: str) -> bytes:
    """A short name of texts that no other texts have."""
    whole = json.dumps(parts)  # ASCII: halves of characters, too
    return hashlib.sha256(whole.encode()).digest()[:16]


def states_of(findings: Iterable[Finding]) -> dict[Case, State]:
    """How each finding ended."""
    return {
        (_about(one.subject), one.check, one.profile): State(
            one.status.value, int(one.severity), one.title, one.subject.title, (one.seen or one.note)[:LONGEST],
            f"{one.waiver.owner} {one.waiver.until}" if one.waiver else "", ",".join(sorted(one.profiles)),
        )
        for one in findings
    }  # fmt: skip


def _about(subject: Subject) -> About:
    return About(subject.kind.name, subject.id, json.dumps(subject.names))


def routes_of(report: Report) -> dict[tuple[str, str, str], tuple[str, bool, bool]]:
    """Verdict, storage and machines of each route and kind of move."""
    return {
        (route.source, route.destination, state.profile.value): (state.verdict, route.storage, route.machines)
        for route in report.routes
        for state in route.profiles
    }


def waivers_of(report: Report) -> dict[Waiver, str]:
    """Those in force, each with its state."""
    return {use.waiver: use.state.value for use in report.waivers if use.state in IN_FORCE}


def waiver_row(waiver: Waiver) -> dict[str, Any]:
    """A waiver as it is kept."""
    words = {name: getattr(waiver, name) for name in ("subject", "reason", "owner", "ticket", "accept_unknown")}
    whole = digest(waiver.check, *(str(word) for word in words.values()), str(waiver.until))
    return {"digest": whole, "check_id": waiver.check, **words, "until": waiver.until}


def run_row(report: Report, record: str) -> dict[str, Any]:
    """A run as it is kept; ``record``: the digest of its record."""
    words = ("started", "finished", "verdict", "exit_code", "version", "runner")
    return {name: getattr(report, name) for name in words} | {
        "counts": json.dumps(report.counts),
        "digest": record,
        "chosen": bool(report.chosen),
        "interrupted": report.verdict == "interrupted",
        "judged": any(report.counts.get(status.value) for status in GIVEN),
        "until": report.until.time if report.until else None,
    }


def past_run(row: Row) -> PastRun:
    """A run, as the history gives it."""
    words = (
        "number", "started", "finished", "verdict", "exit_code", "digest", "version", "runner", "chosen", "interrupted",
        "until",
    )  # fmt: skip
    counts = msgspec.convert(json.loads(row["counts"]), dict[str, int])
    return PastRun(
        **{name: row[name] for name in words}, estate=row["name"], counts=counts, has_record=row["octets"] is not None
    )


def past_finding(row: Row) -> PastFinding:
    """A finding, as the history gives it."""
    return PastFinding(
        check=row["check_id"],
        subject=row["key"],
        name=row["name"],
        profile=row["profile"],
        status=Status(row["status"]),
        severity=Severity(row["severity"]),
        title=row["title"],
        seen=row["seen"],
        waived=row["waived"],
    )


def past_route(row: Row) -> PastRoute:
    """A route, as the history gives it."""
    return PastRoute(
        **{name: row[name] for name in ("source", "destination", "storage", "machines", "profile", "verdict")}
    )


def known_of(rows: Iterable[Row], taken: datetime | None) -> Iterator[Known]:
    """The findings of a run that ended then, as one that comes later knows them; None: each has a last time."""
    for row in rows:
        profiles = row["profiles"].split(",")
        yield Known(
            check=row["check_id"],
            subject=scopes.named(row["kind"], msgspec.convert(json.loads(row["names"]), tuple[str, ...]), row["name"]),
            profile=row["profile"],
            status=Status(row["status"]),
            title=row["title"],
            since=row["since"],
            last=taken or row["last"],
            seen=row["seen"],
            waived=bool(row["waived"]),
            profiles=frozenset(profile for profile in Profile if profile.value in profiles),
        )
