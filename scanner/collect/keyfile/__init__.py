"""Reads a vault registration key file (``*.VaultCredentials``) and keeps everything but its secrets.

The file is XML of a few kilobytes with a PKCS#12 inside. It is read as what it is, a file somebody downloaded: at most
1 MiB, no document type, no entities, any order and unknown elements allowed. The certificate's key and the channel
integrity key are known to ``redact`` from the moment they are read, and are part of no fact, gap or message.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from scanner.collect.keyfile.certificate import NO_CERTIFICATE, Certificate, certificate_of
from scanner.collect.keyfile.xml_leaves import Document, ProblemError, parse
from scanner.estate.access import Access
from scanner.estate.secret import redact, remember
from scanner.facts.keyfile import NO_FILE, NOT_THERE, RegistrationKey
from scanner.hooks import Collector, Task
from scanner.words.model import Fact, GapReason, TargetKind
from scanner.words.source import TargetInfo
from scanner.words.telling import tell
from scanner.words.wording import reason

NAMESPACE = "http://schemas.datacontract.org/2004/07/Microsoft.Azure.Portal.RecoveryServices.Models.Common"
ROOTS = ("RSVaultAsrCreds", "ASRVaultCreds", "RSBackupVaultAADCreds", "BackupVaultCreds")
"""Site Recovery today and before, Backup today and before"""
SECRETS = ("ManagementCert", "ChannelIntegrityKey")
SHORTEST_SECRET = 8
"""characters; hiding a shorter text everywhere would hide what is no secret"""
LARGEST = 2**20
LONGEST = 200
"""characters kept of a value"""
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))+")
FILE_TIME = re.compile(r"_(\d{4})-(\d{2})-(\d{2})T(\d{2})-(\d{2})-(\d{2})(?=\.|$)")
"""the UTC instant in the name Azure gives the file; Backup's form depends on the language and has no time"""


def _provides(fact: type[Fact]) -> bool:
    return fact is RegistrationKey


def collect(task: Task, access: Access) -> None:
    """Read the file whose path is the target."""
    began, evidence, path = time.monotonic(), task.evidence, access.folder / Path(task.target).expanduser()
    try:
        if path.is_file():
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
            row = registration_key(path.name, data, max(path.stat().st_size, len(data)))
        else:  # that is certain, so it is an answer and no gap
            problem = NO_FILE if path.exists() else NOT_THERE
            row = replace(registration_key(path.name, b"", 0), problem=problem)
    except PermissionError:
        evidence.miss(RegistrationKey, task.target, GapReason.ACCESS_DENIED, "the file may not be read")
        return
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        detail = f"the file cannot be read: {reason(error)}"
        evidence.miss(RegistrationKey, task.target, GapReason.NOT_COLLECTED, detail)
        return
    evidence.put(RegistrationKey, task.target, [row], query="read the file", at=datetime.now(UTC))
    seconds = time.monotonic() - began
    evidence.note(
        TargetInfo(name=task.target, kind=TargetKind.KEY_FILE, how="file", seconds=seconds, queries=1, answered=1)
    )


COLLECTOR = Collector(name="key file", kinds=frozenset({TargetKind.KEY_FILE}), provides=_provides, collect=collect)


def registration_key(name: str, data: bytes, size: int) -> RegistrationKey:
    """The fact about a file.

    Args:
        name: the file's name, without folders.
        data: its content, or the first octets of one that is too large.
        size: its size in octets.
    """
    document, problem = Document(), ""
    if size > LARGEST:
        problem = tell("it is larger than 1 MiB")
    else:
        try:
            document = parse(data)
        except ProblemError as error:
            problem = str(error)
    secret = document.text("ManagementCert")
    for field in SECRETS:
        _hide(document.text(field))
    if not problem and document.root not in ROOTS:
        problem = tell("its root element is none of a vault's key file")
    return _row(name, size, problem, document, NO_CERTIFICATE if problem else certificate_of(secret))


def _row(name: str, size: int, problem: str, document: Document, certificate: Certificate) -> RegistrationKey:
    return RegistrationKey(
        file_name=name,
        size=size,
        problem=problem,
        root=_short(document.root),
        namespace=document.namespace == NAMESPACE,
        vault=_short(document.text("ResourceName")),
        subscription=_short(document.text("SubscriptionId")).strip("{}").lower(),
        location=_short(document.text("Location")),
        resource_group=_short(document.text("ResourceGroup") or document.text("ResourceGroupName")),
        endpoints=_endpoints(document),
        thumbprint=certificate.thumbprint,
        certificate_problem=certificate.problem,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        site=_short(document.text("SiteName")),
        file_time=file_time(name),
    )


def _hide(secret: str) -> None:
    for form in (secret, "".join(secret.split())):
        if len(form) >= SHORTEST_SECRET:
            remember(form)


def _short(text: str) -> str:
    return redact(text.strip())[:LONGEST]


def _endpoints(document: Document) -> tuple[str, ...]:
    """The hosts the provider will talk to; what is no host name is left out."""
    found = [_host(document.text(name)) for name in ("AadAuthority", "ArmManagementEndpoint")]
    namespace, host = document.text("Namespace").strip().lower(), document.text("HostName").strip().lower()
    if namespace and host:
        found.append(f"{namespace}.{host}")
    return tuple(dict.fromkeys(name for name in found if HOST.fullmatch(name)))


def _host(url: str) -> str:
    try:
        return (urlsplit(url.strip()).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def file_time(name: str) -> datetime | None:
    """The instant in the file's name, UTC."""
    match = FILE_TIME.search(name)
    if match is None:
        return None
    try:
        return datetime(*map(int, match.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
