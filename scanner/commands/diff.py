"""diff: what changed between two runs, the findings and below them the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import diff_files, options
from scanner.commands.baseline import judged, of_report
from scanner.commands.columns import hung
from scanner.commands.console import UsageError, columns, say, tell
from scanner.commands.files import NotWritten, writable, write
from scanner.files.mixed_up import in_place_of_a_baseline, is_report
from scanner.files.reading import read_file
from scanner.judge.changes import EvidenceChange
from scanner.judge.comparing import known_of
from scanner.judge.two_runs import Diff, Run, between
from scanner.plugins import Offer
from scanner.record import record
from scanner.words.baseline import Baseline
from scanner.words.exits import INTERNAL, READY
from scanner.words.model import Profile
from scanner.words.moves import MOVES
from scanner.words.wording import counted, foreign, reason

WIDE = 300
"""Characters of what was seen or read that the terminal shows; JSON has all."""
EACH, BESIDES = 5, 20
"""So many changes of evidence are told of one finding, and of none; JSON and HTML have all."""
SIDE = " " * 17


def diff(
    old: Annotated[Path, typer.Argument(help="A record or JSON report of before.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="One that came later.", metavar="NEW")],
    *,
    html: options.Html = None,
    json: options.Json = None,
    plugins: options.Plugins,
) -> int:
    """Show which findings changed between two runs, and below them the evidence that changed."""
    wanted = [(path, render) for path, render in ((html, diff_files.html), (json, diff_files.json)) if path]
    writable([path for path, _ in wanted], [old, new, *plugins.files])
    offer = plugins.load()
    found = between(run_of(old, offer), run_of(new, offer))
    for line in lines(found, columns()):
        say(line)
    code = READY
    for path, render in wanted:
        try:
            write(path, render(found))
        except NotWritten as error:
            tell(str(error))
            code = INTERNAL
    return code


def run_of(file: Path, offer: Offer) -> Run:
    """The run that a file holds.

    Raises:
        UsageError: it is neither a record nor a JSON report, or one that cannot be compared.
    """
    try:
        data = read_file(file, record.SIZE_LIMIT)
        if other := in_place_of_a_baseline(data):
            raise UsageError(f"{file} {other}")
        if is_report(data):
            return Run(of_report(data, file, ahead=True), None, {})
        evidence = record.load(data, offer.facts, tell)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason(error)}") from None
    except record.RecordError as error:
        raise UsageError(f"{file}: {error}") from None
    findings = judged(evidence, offer)
    rests = {
        (f.check, f.subject.id, f.profile): frozenset((source.fact, source.target) for source in f.evidence)
        for f in findings
    }
    return Run(Baseline(file.name, evidence.finished, known_of(findings, evidence.finished)), evidence, rests)


def lines(found: Diff, width: int) -> list[str]:
    """The difference as text. Evidence on which several findings rest is told below the first of them."""
    old, new = found.old.told, found.new.told
    told = [f"from {old.file} ({old.taken:%Y-%m-%d %H:%M} UTC) to {new.file} ({new.taken:%Y-%m-%d %H:%M} UTC)"]
    seen: set[EvidenceChange] = set()
    for row in found.rows:
        change = row.change
        kind = f" ({MOVES[Profile(change.profile)]})" if change.profile else ""
        before, now = change.before or "not there", change.now or "not there"
        what = f"{_line(change.subject.title)}{kind}: {before} → {now}"
        told.append(hung(f"{row.word:<17}{change.check:<8}", what, width))
        words = (("was", row.seen_before), ("is", row.seen_now))
        told += [hung(f"{SIDE}{word:<8}", _line(text), width) for word, text in words if text]
        told += _read([one for one in row.evidence if one not in seen], EACH, width)
        if row.evidence and seen.issuperset(row.evidence):
            told.append(f"{SIDE}its evidence: as above")
        seen.update(row.evidence)
    if found.besides:
        told.append("evidence that changed besides")
        told += _read(found.besides, BESIDES, width)
    told += found.unsaid
    numbers = [
        f"{sum(row.word == word for row in found.rows):,} {word}" for word in ("new", "mended", "no longer judged")
    ]
    read = counted(len({*found.besides, *(change for row in found.rows for change in row.evidence)}), "change")
    told.append(f"{', '.join(numbers)}, {found.still:,} still; {read} of evidence")
    return told


def _read(changes: Sequence[EvidenceChange], most: int, width: int) -> Iterator[str]:
    """Changes of evidence, the first few in words."""
    for change in changes[:most]:
        yield hung(SIDE, _line(_said(change), 3 * WIDE), width)
    if changes[most:]:
        more = counted(len(changes) - most, "more change of evidence", "more changes of evidence")
        yield f"{SIDE}and {more}: --json and --html tell all"


def _line(text: str, most: int = WIDE) -> str:
    return foreign(text, most)


def _said(change: EvidenceChange) -> str:
    """``MigrationNetwork of hv01: 10.0.0.0/8 priority: 1 → 2 (read by CORP\\audit, https)``."""
    where = " ".join(filter(None, (change.entry, change.field)))
    before, now = _line(change.before), _line(change.now)
    what = f"{before} → {now}" if before and now else (f"new: {now}" if now else f"gone: {before}")
    by = f" (read by {change.read_by})" if change.read_by else ""
    return f"{change.fact} of {change.target}: {where + ': ' if where else ''}{what}{by}"
