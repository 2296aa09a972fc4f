"""What the JSON report says of a finding. What very many say alike, and what they rest on, it says in tables."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from reports.json_lines import Tables
from scanner.api import Finding, Source, Subject, Waiver

Object = dict[str, Any]
NOTES, ANSWERS = "notes", "answers"
TABLES = (NOTES, ANSWERS)


def told(finding: Finding, tables: Tables) -> Object:
    """One finding. Its note, and the answers it rests on, are places in the tables of its file."""
    return {
        "check": finding.check,
        **({"profile": finding.profile} if finding.profile else {}),
        "profiles": sorted(finding.profiles),
        "subject": subject(finding.subject),
        "status": finding.status.value,
        "severity": finding.severity.word,
        "title": finding.title,
        "seen": finding.seen,
        "wanted": finding.wanted,
        "remedy": finding.remedy,
        "noted": tables.place(NOTES, finding.note, str),
        **({"works": finding.works} if finding.works else {}),
        "who": finding.who,
        **({"follows_from": causes(finding.follows_from)} if finding.follows_from else {}),
        **({"waiver": waiver(finding.waiver)} if finding.waiver else {}),
        **({"known_since": instant(finding.known_since)} if finding.known_since else {}),
        "rests_on": [tables.place(ANSWERS, source, _source) for source in finding.evidence],
    }


def _source(source: Source) -> Object:
    return {"fact": source.fact, "target": source.target, "at": source.at, "query": source.query}


def waiver(given: Waiver) -> Object:
    """What accepts a finding for a while."""
    return asdict(given) | {"until": given.until.isoformat()}


def subject(about: Subject) -> Object:
    """What something is about."""
    return {"kind": about.kind.name, "id": about.id, "title": about.title, "names": list(about.names)}


def causes(found: tuple[tuple[str, str], ...]) -> list[Object]:
    """Findings by check and subject."""
    return [{"check": check, "subject": subject} for check, subject in found]


def instant(when: datetime) -> str:
    """An instant in UTC."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
