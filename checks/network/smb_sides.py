"""What a host demands of SMB encryption, as server of what comes in and as client of what it sends."""

from __future__ import annotations

from checks.common.parts import listing
from scanner.api import Verdict, passed, tell, unknown, warned
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration

WANTED = tell("EncryptData and RejectUnencryptedAccess both true")
REFUSE = tell("Set RejectUnencryptedAccess on the host once nobody without SMB 3 needs a share of it.")


def as_server(host: str, server: SmbServerConfiguration) -> Verdict:
    """The verdict on what comes in."""
    if not server.encrypts:
        return passed(
            tell("as server: EncryptData false"), note=tell("what comes in by SMB is not encrypted; see NET-01")
        )
    if server.rejects_unencrypted is None:
        why = tell(
            "SmbServerConfiguration of {host}: whether access without encryption is refused is not told", host=host
        )
        return unknown(why, wanted=WANTED)
    if server.rejects_unencrypted:
        return passed(tell("as server: every share is encrypted, and access without encryption refused"))
    works = tell("SMB connects with encryption or without; NET-01 judges whether the way may be in clear")
    return warned(tell("as server: EncryptData true, RejectUnencryptedAccess false"), WANTED, REFUSE, works=works)


def as_client(client: SmbClientConfiguration, servers: tuple[str, ...]) -> Verdict:
    """What is said of what the host sends, to its file servers among others; that nothing is demanded is no fault."""
    if client.requires_encryption:
        return passed(tell("as client: RequireEncryption true"))
    told = "false" if client.requires_encryption is False else tell("not known on this release")
    who = (
        tell("{servers} may demand encryption, which is not read", servers=listing(servers))
        if servers
        else tell("the destination may demand it")
    )
    return passed(tell("as client: RequireEncryption {told}", told=told), note=who)
