"""verify: whether an attestation holds, and whether the files beside it are those of the run that it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from scanner.attest.statement import AttestationError, Run, Statement, understood
from scanner.commands.attested import NAME, changed, day, named, told_by, told_of, verdict
from scanner.commands.attesting import key_of
from scanner.commands.console import UsageError, say
from scanner.estate.values import duration
from scanner.files.reading import read_file
from scanner.words.exits import NOT_READY, WORDS
from scanner.words.telling import tell
from scanner.words.wording import counted, foreign, reason, show

LIMIT = 16 << 20
"""octets of an attestation"""
File = Annotated[Path, typer.Argument(help="What --attest wrote.", metavar="FILE")]
Key = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", help="The public key, in PEM, of who shall have signed.")
]
Identity = Annotated[
    str | None,
    typer.Option("--identity", metavar="NAME", help="Signed keyless: who shall have, as Sigstore names him."),
]
Issuer = Annotated[
    str | None,
    typer.Option("--issuer", metavar="URL", help="Signed keyless: who shall have vouched for that identity."),
]
Folder = Annotated[
    Path | None, typer.Option("--folder", metavar="DIR", help="Where the files lie now; else beside the attestation.")
]
Estate = Annotated[
    Path | None,
    typer.Option("--estate", metavar="FILE", help="The estate that shall have been judged: its file, as it is now."),
]
Age = Annotated[
    str | None, typer.Option("--max-age", metavar="SPAN", help="How old the run's evidence may be, as 24h.")
]


def verify(
    file: File,
    *,
    key: Key = None,
    identity: Identity = None,
    issuer: Issuer = None,
    folder: Folder = None,
    estate: Estate = None,
    max_age: Age = None,
) -> int:
    """Verify what --attest wrote: who signed it, each file's octets, and whether the verdict still holds.

    The exit code is the attested run's own where all of it holds, and 1 where anything does not.
    """
    age = _age(max_age)
    if bool(key) == bool(identity) or bool(identity) != bool(issuer):
        raise UsageError(
            tell(
                "a signature proves nothing by itself; say whose it shall be: --key FILE, or "
                "--identity NAME --issuer URL"
            )
        )
    try:
        made = _signed(file, key, identity or "", issuer or "")
    except AttestationError as error:
        say(tell("{file} does not hold: {error}", file=file, error=error))
        return NOT_READY
    run = made.predicate.hv_preflight
    by = tell("by hv-preflight {name}", name=foreign(run.version, NAME))
    say(
        tell(
            "{file} is signed as it should be: {gate}, of {day}, {by}",
            file=file,
            gate=verdict(run.gate),
            day=day(run.finished),
            by=by,
        )
    )
    wrong = [
        *changed(made.subject, folder or file.resolve().parent),
        *told_by(made.predicate.configuration, estate),
        *_past(run, age, datetime.now(UTC)),
    ]
    for line in (*told_of(run), *wrong):
        say(line)
    if wrong:
        say(tell("exit {not_ready} (not as attested)", not_ready=NOT_READY))
        return NOT_READY
    say(tell("  attested: {named}", named=named(made.subject)))
    say(
        tell(
            "{files} as attested; exit {exit_code} ({words})",
            files=counted(len(made.subject), "file"),
            exit_code=run.exit_code,
            words=verdict(WORDS.get(run.exit_code, run.gate)),
        )
    )
    return run.exit_code


def _signed(file: Path, key: Path | None, identity: str, issuer: str) -> Statement:
    """The statement that this key, or this identity, signed.

    Raises:
        AttestationError: there is none that holds.
        UsageError: a file cannot be read, or the key is none.
    """
    from scanner.attest import envelope, keyless

    try:
        data = read_file(file, LIMIT)
    except OSError as error:
        raise UsageError(tell("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None
    try:
        public = envelope.public_key(key_of(key)) if key else None
    except AttestationError as error:
        raise UsageError(f"--key {key}: {error}") from None
    return understood(envelope.opened(data, public) if public else keyless.opened(data, identity, issuer))


def _past(run: Run, age: timedelta | None, now: datetime) -> Iterator[str]:
    """Why the verdict does not hold any more, or not yet."""
    if run.finished > now:
        yield tell(
            "it tells of a run at {day}, which is to come; which of the two clocks is wrong?", day=day(run.finished)
        )
    elif age is not None and now - run.started > age:  # the oldest of it is as old as that
        yield tell("its evidence is of {day}, older than --max-age lets it be", day=day(run.started))
    if run.exit_code == 0 and run.judged_as_of > now:
        yield tell("it says how things will stand at {day}, and not how they stand", day=day(run.judged_as_of))
    if run.exit_code == 0 and run.until is not None and run.until <= now:
        yield tell("it was {gate} until {day}, and no longer", gate=verdict(run.gate), day=day(run.until))


def _age(text: str | None) -> timedelta | None:
    if text is None:
        return None
    seconds = duration(text)
    if seconds is None:
        raise UsageError(f"--max-age {show(text)}: write a duration of up to a week, as 24h")
    return timedelta(seconds=seconds)
