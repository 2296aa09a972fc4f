"""diff: what changed between two runs, the findings and below them the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import diff_files, options
from scanner.commands.baseline import judged, of_report
from scanner.commands.columns import hung, padded, widest
from scanner.commands.console import UsageError, columns, say, tell
from scanner.commands.files import NotWritten, writable, write
from scanner.commands.speech import in_words
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
from scanner.words.telling import by_text, joined
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted, foreign, reason

WIDE = 300
"""Characters of what was seen or read that the terminal shows; JSON has all."""
EACH, BESIDES = 5, 20
"""So many changes of evidence are told of one finding, and of none; JSON and HTML have all."""
BECAME = (phrase("new"), phrase("mended"), phrase("no longer judged"), phrase("changed"))
"""What becomes of findings, as ``two_runs`` has it."""
WAS, IS = phrase("was", within="field"), phrase("is", within="field")


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
            raise UsageError(phrase("{file} {other}", file=file, other=other))
        if is_report(data):
            return Run(of_report(data, file, ahead=True), None, {})
        evidence = record.load(data, offer.facts, tell)
    except OSError as error:
        raise UsageError(phrase("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None
    except record.RecordError as error:
        raise UsageError(phrase("{file}: {error}", file=file, error=error)) from None
    findings = judged(evidence, offer)
    rests = {
        (f.check, f.subject.id, f.profile): frozenset((source.fact, source.target) for source in f.evidence)
        for f in findings
    }
    return Run(Baseline(file.name, evidence.finished, known_of(findings, evidence.finished)), evidence, rests)


def lines(found: Diff, width: int) -> list[str]:
    """The difference as text. Evidence on which several findings rest is told below the first of them."""
    old, new = found.old.told, found.new.told
    told = [
        phrase(
            "from {file} ({taken:%Y-%m-%d %H:%M} UTC) to {file2} ({taken2:%Y-%m-%d %H:%M} UTC)",
            file=old.file,
            taken=old.taken,
            file2=new.file,
            taken2=new.taken,
        )
    ]
    column = max(17, widest(BECAME) + 1)
    side, seen = " " * column, set[EvidenceChange]()
    for row in found.rows:
        change = row.change
        title = _line(change.subject.title)
        if change.profile:
            title = phrase("{title} ({move})", title=title, move=MOVES[Profile(change.profile)])
        what = phrase("{title}: {before} → {now}", title=title, before=_status(change.before), now=_status(change.now))
        told.append(hung(f"{padded(by_text(row.word), column)}{change.check:<8}", what, width))
        words = ((WAS, row.seen_before), (IS, row.seen_now))
        told += [
            hung(side + padded(word, max(8, widest((WAS, IS)) + 1)), _line(text), width) for word, text in words if text
        ]
        told += _read([one for one in row.evidence if one not in seen], EACH, width, side)
        if row.evidence and seen.issuperset(row.evidence):
            told.append(phrase("{side}its evidence: as above", side=side))
        seen.update(row.evidence)
    if found.besides:
        told.append(phrase("evidence that changed besides"))
        told += _read(found.besides, BESIDES, width, side)
    told += found.unsaid
    numbers = [
        phrase("{sum:,} {word}", sum=sum(row.word == word for row in found.rows), word=word) for word in BECAME[:3]
    ]
    read = counted(len({*found.besides, *(change for row in found.rows for change in row.evidence)}), "change")
    told.append(
        phrase(
            "{numbers}, {still:,} still; {read} of evidence",
            numbers=joined(", ", numbers),
            still=found.still,
            read=read,
        )
    )
    return told


def _status(status: str | None) -> str:
    return by_text(str(status), "status") if status else phrase("not there")


def _read(changes: Sequence[EvidenceChange], most: int, width: int, side: str) -> Iterator[str]:
    """Changes of evidence, the first few in words."""
    for change in changes[:most]:
        yield hung(side, _line(_said(change), 3 * WIDE), width)
    if changes[most:]:
        more = counted(len(changes) - most, "more change of evidence", "more changes of evidence")
        yield phrase("{side}and {more}: --json and --html tell all", side=side, more=more)


def _line(text: str, most: int = WIDE) -> str:
    return foreign(in_words(text), most)


def _said(change: EvidenceChange) -> str:
    """``MigrationNetwork of hv01: 10.0.0.0/8 priority: 1 → 2 (read by CORP\\audit, https)``."""
    where = " ".join(filter(None, (change.entry, change.field)))
    before, now = _line(change.before), _line(change.now)
    what = (
        phrase("{before} → {now}", before=before, now=now)
        if before and now
        else (phrase("new: {now}", now=now) if now else phrase("gone: {before}", before=before))
    )
    what = f"{where}: {in_words(what)}" if where else what
    if change.read_by:
        what = phrase("{what} (read by {read_by})", what=what, read_by=change.read_by)
    return phrase("{fact} of {target}: {what}", fact=change.fact, target=change.target, what=what)
