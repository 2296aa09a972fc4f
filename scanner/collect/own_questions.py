"""What a machine's own answers lead to, be there a check that asks it now or not: groups, files, its secure channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import SecureChannel
from scanner.facts.local_group import MEMBERS, LocalGroup
from scanner.facts.provider import ALONE, ProviderFile
from scanner.facts.share import PRIVILEGED_MEMBERS, FolderAccess, PrivilegedGroup, SmbShare
from scanner.facts.storage import DiskFile
from scanner.facts.vm import VmStorage
from scanner.words.check import Ask
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap
from scanner.words.readonly import READ_ONLY

F = TypeVar("F", bound=Fact)


def own_asks(evidence: Evidence, target: str) -> Iterator[Ask]:
    """The questions; a fact that is not asked of this kind of machine is for the caller to leave out."""
    for row in _rows(evidence, ComputerSystem, target):
        if row.part_of_domain:
            yield Ask(SecureChannel, target, row.dns_domain)
    for row in _rows(evidence, LocalGroup, target):
        if row.sid in MEMBERS and row.path:
            yield Ask(MEMBERS[row.sid], target, row.path)
    for row in _rows(evidence, PrivilegedGroup, target):
        if row.sid in PRIVILEGED_MEMBERS and row.path:
            yield Ask(PRIVILEGED_MEMBERS[row.sid], target, row.path)
    paths = [row.path for row in _rows(evidence, VmStorage, target) if row.is_disk]
    yield from (Ask(DiskFile, target, argument) for argument in DiskFile.arguments(paths))
    for row in _rows(evidence, SmbShare, target):
        if row.path and not READ_ONLY["Get-Acl"]["LiteralPath"](row.path):
            yield Ask(FolderAccess, target, row.path)
    yield Ask(ProviderFile, target, ALONE)


def _rows(evidence: Evidence, fact: type[F], target: str) -> tuple[F, ...]:
    asked = evidence.ask(fact, target)
    return () if isinstance(asked, Gap) else asked
