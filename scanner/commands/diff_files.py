"""What changed between two runs, for programs and as a page."""

from __future__ import annotations

import json as encoder
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from typing import Any

from scanner.judge.changes import EvidenceChange
from scanner.judge.two_runs import Diff, Row
from scanner.words.baseline import Baseline
from scanner.words.inert import inert_html, inert_json
from scanner.words.wording import foreign

SCHEMA = 1
"""Version of the form. It rises when something a reader relies on goes or changes its meaning."""
WIDE = 2000
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;"
    "border-bottom:1px solid #8886;overflow-wrap:break-word}"
    ".e td{padding:0 .6rem .8rem 2rem;font-size:.9em}.f td{border-bottom:0}"
    "small{opacity:.75}:root{color-scheme:light dark}"
)


def json(found: Diff) -> str:
    """It as JSON, unabridged."""
    document = {
        "schema": SCHEMA,
        "old": _run(found.old.told),
        "new": _run(found.new.told),
        "findings": [_row(row) for row in found.rows],
        "still": found.still,
        "evidence": [asdict(change) for change in found.besides],
        "not_compared": list(found.unsaid),
    }
    return inert_json(encoder.dumps(document, ensure_ascii=True, indent=1)) + "\n"


def _run(told: Baseline) -> dict[str, str]:
    return {"file": told.file, "finished": _instant(told.taken)}


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _row(row: Row) -> dict[str, Any]:
    change = row.change
    subject = change.subject
    return {
        "change": row.word,
        "check": change.check,
        "profile": change.profile,
        "subject": {"kind": subject.kind.name, "id": subject.id, "title": subject.title, "names": list(subject.names)},
        "title": change.title,
        "before": change.before or "",
        "now": change.now or "",
        "seen_before": row.seen_before,
        "seen_now": row.seen_now,
        "evidence": [asdict(change) for change in row.evidence],
    }


def html(found: Diff) -> str:
    """It as a page that needs nothing else and runs nothing."""
    old, new = found.old.told, found.new.told
    numbers = ", ".join(f"{sum(row.word == word for row in found.rows):,} {word}" for word in _words(found))
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>What changed · {_text(new.file)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{_text(numbers or 'No finding changed')}</h1>",
        f"<p>From {_text(old.file)}, {_instant(old.taken)}, to {_text(new.file)}, {_instant(new.taken)}. ",
        f"{found.still:,} still as they were.</p>",
        *(f"<p><strong>{_text(line)}</strong></p>" for line in found.unsaid),
        *_table(found),
        *_evidence("Evidence that changed besides", found.besides),
        "</main></body></html>\n",
    ]
    return inert_html("\n".join(parts))


def _words(found: Diff) -> list[str]:
    return list(dict.fromkeys(row.word for row in found.rows))


def _text(text: str) -> str:
    return escape(foreign(text, WIDE))


def _table(found: Diff) -> Iterator[str]:
    if not found.rows:
        return
    heads = "".join(f'<th scope="col">{word}</th>' for word in ("Change", "Check", "Subject", "Before", "Now"))
    yield f"<table><caption>Findings</caption><thead><tr>{heads}</tr></thead><tbody>"
    for row in found.rows:
        change = row.change
        kind = f" ({change.profile})" if change.profile else ""
        cells = (
            _text(row.word),
            f"{_text(change.check)}<br><small>{_text(change.headline or change.title)}</small>",
            _text(change.subject.title + kind),
            f"{change.before or 'not there'}<br><small>{_text(row.seen_before)}</small>",
            f"{change.now or 'not there'}<br><small>{_text(row.seen_now)}</small>",
        )
        yield f"<tr class=f>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        evidence = "<br>".join(_one(one) for one in row.evidence) or "no evidence of it changed"
        yield f'<tr class=e><td colspan="5">{evidence}</td></tr>'
    yield "</tbody></table>"


def _evidence(title: str, some: Iterable[EvidenceChange]) -> Iterator[str]:
    listed = [f"<li>{_one(change)}" for change in some]
    if listed:
        yield f"<h2>{title}</h2>\n<ul>"
        yield from listed
        yield "</ul>"


def _one(change: EvidenceChange) -> str:
    where = " ".join(filter(None, (change.fact, "of", change.target, change.entry, change.field)))
    by = f" <small>read by {_text(change.read_by)}</small>" if change.read_by else ""
    return f"{_text(where)}: <del>{_text(change.before)}</del> <ins>{_text(change.now)}</ins>{by}"
