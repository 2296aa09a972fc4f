"""--attest: what a run wrote and what it decided, signed once all of it is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands.console import UsageError
from scanner.commands.handles import is_open, output
from scanner.files.reading import read_file
from scanner.record.digest import digest_of, digest_of_file
from scanner.words.report import Report
from scanner.words.telling import tell
from scanner.words.wording import reason, show

KEYLESS = "keyless"
KEY_LIMIT = 1 << 16
"""octets of a file with a key"""
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Attesting:
    """Whether and how a run is signed."""

    attest: Annotated[
        Path | None, typer.Option("--attest", metavar="FILE", help="Sign the verdict and all that is written, here.")
    ] = None
    sign_with: Annotated[
        str | None,
        typer.Option(
            "--sign-with", metavar="KEY", help="What signs: a private key in PEM, or keyless: the job's identity."
        ),
    ] = None
    key_password: Annotated[
        str | None,
        typer.Option("--key-password-env", metavar="NAME", help="The variable with the password of an encrypted key."),
    ] = None

    def ready(self, told_by: Iterable[Path | None] = (), record: Path | None = None) -> Attestor | None:
        """What will sign, proven before the run: a key that cannot is told now, and not after an hour.

        Args:
            told_by: the files that tell the run what to do.
            record: the one that is judged.

        Raises:
            UsageError: one option misses another, or the key cannot be used.
        """
        if not self.attest:
            if self.sign_with or self.key_password:
                raise UsageError("--sign-with signs what --attest FILE names; there is no --attest")
            return None
        if not self.sign_with:
            raise UsageError("--attest needs what signs: --sign-with KEY.pem, or --sign-with keyless in a pipeline")
        files = [path for path in told_by if path is not None]
        sign = _keyless() if self.sign_with == KEYLESS else self._by_key(Path(self.sign_with))
        return Attestor(output(self.attest), sign, _digests(files), _digests([record] if record else []))

    @property
    def files(self) -> tuple[Path, ...]:
        """What is read for it, and must not be written over."""
        return (Path(self.sign_with),) if self.sign_with and self.sign_with != KEYLESS else ()

    def _by_key(self, file: Path) -> Sign:
        from scanner.attest import envelope
        from scanner.attest.statement import AttestationError

        password = os.environ.get(self.key_password, "") if self.key_password else None
        if password == "":
            raise UsageError(
                f"--key-password-env {show(self.key_password or '')}: there is no such variable, or it is empty"
            )
        try:
            signer = envelope.private_key(key_of(file), password)
        except AttestationError as error:
            raise UsageError(f"--sign-with {file}: {error}") from None
        return lambda payload: envelope.signed(payload, signer)


def _keyless() -> Sign:
    from scanner.attest import keyless
    from scanner.attest.statement import AttestationError

    try:
        keyless.identity()
    except AttestationError as error:
        raise UsageError(f"--sign-with {KEYLESS}: {error}") from None
    return keyless.signed


def key_of(file: Path) -> bytes:
    """The text of a file with a key.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return read_file(file, KEY_LIMIT)
    except OSError as error:
        raise UsageError(tell("{file} cannot be read: {reason}", file=file, reason=reason(error))) from None


@dataclass(slots=True)
class Attestor:
    """Gathers what a run writes, and signs it at the end."""

    file: Path
    sign: Sign = field(repr=False)
    told_by: dict[Path, str]
    """the files that told the run what to do, with what was in them before it began"""
    judged: dict[Path, str] = field(default_factory=dict[Path, str])
    written: dict[Path, str] = field(default_factory=dict[Path, str])

    def wrote(self, path: Path, data: bytes) -> None:
        """Remember what was written; what went into a stream can be compared with nothing later."""
        if not is_open(path) and (path.is_file() or not path.exists()):
            self.written[path] = digest_of(data)

    def signed(self, report: Report, failures: list[str]) -> bytes | None:
        """The signed statement; where there is none, why is among the failures.

        A statement on half a run would be taken for one on all of it.
        """
        from scanner.attest.statement import AttestationError

        why = tell("nothing is signed where a file is missing")
        if not failures:
            try:
                return self._attestation(report)
            except AttestationError as error:
                why = str(error)
        failures.append(tell("{file} is not written: {why}", file=self.file, why=why))
        return None

    def _attestation(self, report: Report) -> bytes:
        from scanner.attest.statement import AttestationError, stated

        for path, digest in {**self.told_by, **self.judged}.items():
            if _digests([path]).get(path) != digest:
                raise AttestationError(f"{path} was changed while the run read it")
        subjects = {**self.judged, **self.written}
        if not subjects:
            raise AttestationError("no file of the run is left to compare with; add --save FILE")
        return self.sign(stated(report, self._named(subjects), self._named(self.told_by)))

    def _named(self, digests: dict[Path, str]) -> dict[str, str]:
        """By names as seen from where the attestation lies, so that all of it can be moved together."""
        from scanner.attest.statement import AttestationError

        folder = Path.cwd() if is_open(self.file) else self.file.resolve().parent
        found: dict[str, str] = {}
        for path, digest in digests.items():
            if found.setdefault(name := seen_from(folder, path), digest) != digest:
                raise AttestationError(f"two files would be called {name} in it: name them otherwise")
        return found


def seen_from(folder: Path, path: Path) -> str:
    """A path relative to a folder, with slashes; of another drive its name alone."""
    try:
        return Path(os.path.relpath(path.resolve(), folder)).as_posix()
    except ValueError:
        return path.name


def _digests(files: Iterable[Path]) -> dict[Path, str]:
    found: dict[Path, str] = {}
    for path in files:
        if (digest := digest_of_file(path)) is not None:
            found[path] = digest
    return found
