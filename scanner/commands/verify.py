"""verify: whether an attestation holds, and whether the files beside it are those of the run that it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from scanner.attest.statement import AttestationError, Run, Statement, understood
from scanner.commands.attesting import digest_of, key_of
from scanner.commands.console import UsageError, say
from scanner.estate.values import duration
from scanner.files.reading import read_file
from scanner.words.exits import NOT_READY, WORDS
from scanner.words.wording import counted, foreign, reason, show

LIMIT = 16 << 20
"""octets of an attestation"""
NAME = 200
"""characters of a file's name"""
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
    max_age: Age = None,
) -> int:
    """Verify what --attest wrote: who signed it, each file's octets, and whether the verdict still holds.

    The exit code is the attested run's own where all of it holds, and 1 where anything does not.
    """
    from scanner.attest import envelope, keyless

    age = _age(max_age)
    if bool(key) == bool(identity) or bool(identity) != bool(issuer):
        raise UsageError(
            "a signature proves nothing by itself; say whose it shall be: --key FILE, or --identity NAME --issuer URL"
        )
    try:
        data = read_file(file, LIMIT)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {reason(error)}") from None
    try:
        public = envelope.public_key(key_of(key)) if key else None
    except AttestationError as error:
        raise UsageError(f"--key {key}: {error}") from None
    try:
        payload = envelope.opened(data, public) if public else keyless.opened(data, identity or "", issuer or "")
        made = understood(payload)
    except AttestationError as error:
        say(f"{file} does not hold: {error}")
        return NOT_READY
    run = made.predicate.hv_preflight
    say(f"{file} is signed as it should be: {run.gate}, of {_day(run.finished)}, by hv-preflight {run.version}")
    wrong = [*_files(made, folder or file.resolve().parent), *_past(run, age, datetime.now(UTC))]
    for line in wrong:
        say(line)
    if wrong:
        say(f"exit {NOT_READY} (not as attested)")
        return NOT_READY
    say(
        f"{counted(len(made.subject), 'file')} as attested; exit {run.exit_code} ({WORDS.get(run.exit_code, run.gate)})"
    )
    return run.exit_code


def _files(made: Statement, folder: Path) -> Iterator[str]:
    """What is not as it was, a line each; nobody follows a name to what is no plain file."""
    for one in made.subject:
        path = folder / one.name
        found = digest_of(path)
        if found is None:
            yield f"{foreign(one.name, NAME)} is not there, or cannot be read"
        elif found != one.digest.sha256:
            yield f"{foreign(one.name, NAME)} is another one: its SHA-256 is {found}, and was {one.digest.sha256}"


def _past(run: Run, age: timedelta | None, now: datetime) -> Iterator[str]:
    """Why the verdict does not hold any more, or not yet."""
    if run.finished > now:
        yield f"it tells of a run at {_day(run.finished)}, which is to come; which of the two clocks is wrong?"
    elif age is not None and now - run.finished > age:
        yield f"its evidence is of {_day(run.finished)}, older than --max-age lets it be"
    if run.exit_code == 0 and run.until is not None and run.until <= now:
        yield f"it was {run.gate} until {_day(run.until)}, and no longer"


def _age(text: str | None) -> timedelta | None:
    if text is None:
        return None
    seconds = duration(text)
    if seconds is None:
        raise UsageError(f"--max-age {show(text)}: write a duration of up to a week, as 24h")
    return timedelta(seconds=seconds)


def _day(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
