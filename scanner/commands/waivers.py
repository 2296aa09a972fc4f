"""waive, waivers: print the entry that waives a finding, and check a file of them; and which file a run takes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from scanner.commands import options
from scanner.commands.console import UsageError, say, tell
from scanner.commands.explain import ids
from scanner.commands.speech import in_words
from scanner.estate.mistakes import EstateError, Mistake
from scanner.estate.owners import changeable
from scanner.estate.read import Declared
from scanner.estate.read import read as read_estate
from scanner.estate.waivers import NAME, nearest_check, read
from scanner.estate.writing import TomlError, proven
from scanner.files.reading import folder_of
from scanner.plugins import Offer
from scanner.words.estate import Estate
from scanner.words.exits import READY
from scanner.words.report import Report
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.waivers import FAR, NO_WAIVERS, Waivers, WaiverState, literal
from scanner.words.wording import counted, show


def today() -> date:
    """The day, as every report writes it: UTC."""
    return datetime.now(UTC).date()


def beside(estate: Path) -> Path:
    """Where the waivers of an estate lie that names none."""
    return estate.parent / NAME


def of_estate(option: Path | None, path: Path | None, declared: Declared, offer: Offer) -> Waivers:
    """The waivers of a run on an estate: those of the option, else those it names, else those beside its file.

    A file that nobody named on the command line is taken only if no more accounts may change it than the estate: else
    one that may not touch the estate could lay a file beside it, and have failures pass.

    Raises:
        EstateError: with every mistake of the file at once.
    """
    if path is None:
        return of(option, offer, declared.estate)
    named = folder_of(path) / declared.file.waivers if declared.file.waivers else None
    file = option or named or (beside(path) if beside(path).exists() else None)
    if file and not option and (others := changeable(file, beyond=path)):
        why = phrase(
            "is not taken, since others may change it: {others}; or name it: --waivers {file}", others=others, file=file
        )
        raise EstateError(file.name, [Mistake("", why)])
    return of(file, offer, declared.estate)


def with_waivers(path: Path, offer: Offer) -> tuple[Declared, Waivers]:
    """An estate, and the waivers that a run on it takes.

    Raises:
        EstateError: with every mistake of one of the files at once.
        UsageError: both have mistakes; the text tells them all.
    """
    try:
        declared = read_estate(path, offer.transports)
    except EstateError as error:
        try:
            of(beside(path) if beside(path).is_file() else None, offer)
        except EstateError as other:
            raise UsageError(f"{error}\n{other}") from None
        raise
    return declared, of_estate(None, path, declared, offer)


def of(file: Path | None, offer: Offer, estate: Estate | None = None) -> Waivers:
    """The waivers of a file; none where no file is named.

    Raises:
        EstateError: with every mistake of the file at once.
    """
    return read(file, {check.id: check for check in offer.checks}, today(), estate) if file else NO_WAIVERS


def tell_unused(report: Report) -> None:
    """Tell of waivers that nothing in this run is about: one that was mistyped waives nothing."""
    for use in () if report.chosen else report.waivers:  # what was left out may be what they are about
        if use.state is WaiverState.UNUSED:
            tell(
                phrase(
                    "{waivers_file}: {check} on {subject} waives nothing: {note}",
                    waivers_file=report.waivers_file,
                    check=use.waiver.check,
                    subject=show(use.waiver.subject),
                    note=use.note,
                )
            )


def waivers(
    file: Annotated[Path, typer.Argument(help="A file of waivers.", metavar="FILE")],
    *,
    estate: Annotated[
        Path | None, typer.Option("--estate", metavar="FILE", help="The estate whose subjects it names.")
    ] = None,
    plugins: options.Plugins,
) -> int:
    """Check a file of waivers, those that have ended, too, and show what each means."""
    offer, day = plugins.load(), today()
    known = read_estate(estate, offer.transports).estate if estate else None
    found = read(file, {check.id: check for check in offer.checks}, day, known, ended=False)
    for waiver in found.entries:
        days = (waiver.until - day).days
        unknown = [phrase("accepted even if nobody can judge it")] if waiver.accept_unknown else []
        until = phrase("until {until}, {days}", until=waiver.until, days=counted(days, "day"))
        say(f"{waiver.check:<8}{show(waiver.subject)}  {in_words(joined('; ', [until, *unknown]))}")
        ticket = f" ({waiver.ticket})" if waiver.ticket else ""
        say(f"{'':<8}{waiver.owner}: {waiver.reason}{ticket}")
    say(
        phrase(
            "{waivers}; told from {days} before they end",
            waivers=counted(len(found.entries), "waiver"),
            days=counted(found.warn_days, "day"),
        )
    )
    return READY


def waive(
    finding: Annotated[
        str, typer.Argument(help="A check's id, as in NET-01, or CHECK@SUBJECT.", metavar="FINDING", autocompletion=ids)
    ],
    *,
    subject: Annotated[
        str, typer.Option("--subject", metavar="NAME", help="What the finding is about, or a pattern over such names.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is accepted.")] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who answers for it.")] = "",
    until: Annotated[str, typer.Option("--until", help="The day on which it ends.", metavar="DATE")] = "",
    ticket: Annotated[str, typer.Option("--ticket", metavar="TEXT", help="Where it is written down.")] = "",
    accept_unknown: Annotated[
        bool, typer.Option("--accept-unknown", help="Accept, too, that nobody could judge it.")
    ] = False,
    plugins: options.Plugins,
) -> int:
    """Print the entry for waivers.toml that waives a finding; what you leave out is for you to fill."""
    name, at, exact = finding.partition("@")
    known = [check.id for check in plugins.load().checks]
    check = name.strip().upper() if name.strip().upper() in known else name.strip()
    if check not in known:
        raise UsageError(
            phrase("there is no check {name}{nearest_check}", name=show(name), nearest_check=nearest_check(name, known))
        )
    if bool(at and exact.strip()) == bool(subject.strip()):
        raise UsageError(phrase("name the subject once: CHECK@SUBJECT, or CHECK --subject SUBJECT"))
    about = literal(exact.strip()) if exact.strip() else subject.strip()
    say(entry(check, about, reason=reason, owner=owner, until=_until(until), ticket=ticket, unknown=accept_unknown))
    return READY


def _until(text: str) -> date | None:
    """The day that a person named.

    Raises:
        UsageError: it is none, has come, or is too far ahead.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--until {show(text)}: write a day, as in {today().year + 1}-01-31") from None
    if day <= today():
        raise UsageError(f"--until {day}: that day has come; name a later one")
    if day - today() > FAR:
        raise UsageError(f"--until {day}: it is more than a year ahead; name an earlier one")
    return day


def entry(check: str, subject: str, *, reason: str, owner: str, until: date | None, ticket: str, unknown: bool) -> str:
    """The entry as TOML; what is not known stands there as a placeholder, which no run takes."""
    import tomlkit

    values: dict[str, str | date | bool] = {
        "check": check,
        "subject": subject,
        "reason": reason or "<why it is accepted>",
        "owner": owner or "<who answers for it>",
        "until": until or "<the day on which it ends, as 2027-01-31, without quotes>",
    }
    values |= {"ticket": ticket} if ticket else {}
    values |= {"accept_unknown": True} if unknown else {}
    table = cast("Any", tomlkit.table())
    for word, value in values.items():
        table[word] = tomlkit.string(value) if isinstance(value, str) else value
    entries = cast("Any", tomlkit.aot())
    entries.append(table)
    text = tomlkit.dumps({"waiver": entries}).rstrip("\n")
    try:
        return proven(text, {"waiver": [values]})
    except TomlError as error:
        raise UsageError(str(error)) from None
