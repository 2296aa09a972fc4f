"""What a host demands of SMB encryption, as server of what comes in and as client of what it sends."""

from __future__ import annotations

from checks.common.parts import listing
from scanner.api import Verdict, passed, unknown, warned
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration

WANTED = "EncryptData and RejectUnencryptedAccess both true"
REFUSE = "Set RejectUnencryptedAccess on the host once nobody without SMB 3 needs a share of it."


def as_server(host: str, server: SmbServerConfiguration) -> Verdict:
    """The verdict on what comes in."""
    if not server.encrypts:
        return passed("as server: EncryptData false", note="what comes in by SMB is not encrypted; see NET-01")
    if server.rejects_unencrypted is None:
        why = f"SmbServerConfiguration of {host}: whether access without encryption is refused is not told"
        return unknown(why, wanted=WANTED)
    if server.rejects_unencrypted:
        return passed("as server: every share is encrypted, and access without encryption refused")
    works = "SMB connects with encryption or without; NET-01 judges whether the way may be in clear"
    return warned("as server: EncryptData true, RejectUnencryptedAccess false", WANTED, REFUSE, works=works)


def as_client(client: SmbClientConfiguration, servers: tuple[str, ...]) -> Verdict:
    """What is said of what the host sends, to its file servers among others; that nothing is demanded is no fault."""
    if client.requires_encryption:
        return passed("as client: RequireEncryption true")
    told = "false" if client.requires_encryption is False else "not known on this release"
    who = f"{listing(servers)} may demand encryption, which is not read" if servers else "the destination may demand it"
    return passed(f"as client: RequireEncryption {told}", note=who)
