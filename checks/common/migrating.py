"""A host's settings of live migration, told in two ways: the raw ones, and the Hyper-V module's reading of them.

Where the module did not answer, the raw ones stand alone. What they say of a host that is ready is not believed where
the module says otherwise: enabled, and Kerberos. What they say against it stands. Whether memory goes by SMB speaks
neither for a host nor against it: there each contradiction is a doubt.
"""

from __future__ import annotations

from scanner.api import Gap, MissingEvidence, View, tell
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import MigrationAuthentication, MigrationPerformance, MigrationSettings, VMHost

TWO_WAYS = (MigrationSettings, VMHost)
"""What a check declares that reads these settings."""
CHOICE = 9600
"""the first build that has a choice of how memory is sent: Windows Server 2012 R2"""
WORDS = {
    MigrationPerformance.TCPIP: "TCP/IP",
    MigrationPerformance.COMPRESSION: tell("compression"),
    MigrationPerformance.SMB: "SMB",
}


def is_enabled(view: View, host: str) -> bool:
    """Whether live migration is enabled; not where the raw settings say no, whatever the module says.

    Raises:
        MissingEvidence: the raw settings could not be read, or the module contradicts them.
    """
    raw = view.one(MigrationSettings, host).enabled
    if raw and not all(row.migration_enabled for row in _module(view, host)):
        raise MissingEvidence(
            tell("live migration on {host}: the settings say enabled, the Hyper-V module says disabled", host=host)
        )
    return raw


def told_otherwise(view: View, *hosts: str) -> str:
    """Where the module says Kerberos of a host whose raw settings say CredSSP; empty where nowhere.

    That CredSSP is set speaks against a host alone, not against two that both have it.

    Raises:
        MissingEvidence: as ``authentication``.
    """
    kerberos = MigrationAuthentication.KERBEROS
    for host in hosts:
        if authentication(view, host) is not kerberos and any(
            row.authentication is kerberos for row in _module(view, host)
        ):
            return tell("sign-in on {host}: the settings say CredSSP, the Hyper-V module says Kerberos", host=host)
    return ""


def none_at_a_time(view: View, host: str, *, machines: bool = True, disks: bool = False) -> str:
    """Why machines or disks cannot move although migrations are enabled: none at a time; empty where some may.

    Raises:
        MissingEvidence: the raw settings could not be read.
    """
    raw = view.one(MigrationSettings, host)
    if machines and raw.maximum_migrations == 0:
        return tell("{host} says that live migration is enabled, and that it takes 0 at a time", host=host)
    if disks and raw.maximum_storage_migrations == 0:
        return tell("{host} says that it takes 0 moves of disks at a time", host=host)
    return ""


def authentication(view: View, host: str) -> MigrationAuthentication:
    """How a host's migrations sign in; CredSSP by the raw settings is that, whatever the module says.

    Raises:
        MissingEvidence: the raw settings could not be read, or the module contradicts them.
    """
    raw = view.one(MigrationSettings, host).authentication
    kerberos = MigrationAuthentication.KERBEROS
    if raw is kerberos and not all(row.authentication is kerberos for row in _module(view, host)):
        raise MissingEvidence(
            tell("sign-in on {host}: the settings say Kerberos, the Hyper-V module says CredSSP", host=host)
        )
    return raw


def uses_smb(view: View, host: str) -> bool:
    """Whether a host's migrations send memory by SMB.

    With compression set beside SMB, Microsoft's schema says that SMB wins, and its module shows compression.

    Raises:
        MissingEvidence: the raw settings could not be read or hold both, or the module contradicts them.
    """
    raw = view.one(MigrationSettings, host)
    smb = raw.smb_transport is True
    if smb and raw.compression is True:
        raise MissingEvidence(tell("memory of {host}: the settings say SMB and compression at once", host=host))
    told = [row.performance for row in _module(view, host) if row.performance is not None]
    if other := [one for one in told if (one is MigrationPerformance.SMB) is not smb]:
        said = "SMB" if smb else tell("no SMB")
        raise MissingEvidence(
            tell(
                "memory of {host}: the settings say {said}, the Hyper-V module says {words}",
                host=host,
                said=said,
                words=WORDS[other[0]],
            )
        )
    return smb


def any_uses_smb(view: View, host: str, other: str) -> bool:
    """Whether one of the two sends memory by SMB, or is set to; as ``uses_smb``, unless one surely does."""
    try:
        if uses_smb(view, host):
            return True
    except MissingEvidence:
        if uses_smb(view, other):
            return True
        raise
    return uses_smb(view, other)


def partners(view: View, host: str) -> list[str]:
    """The other hosts of planned moves of machines from or to this one, each once."""
    ends = ((route.source, route.destination) for route in view.estate.routes if route.machines)
    return list(dict.fromkeys(b if a == host else a for a, b in ends if host in (a, b)))


def performance(view: View, host: str) -> MigrationPerformance | None:
    """How a host's migrations send memory; nothing where SMB and compression are set at once.

    Windows Server 2012 knows TCP/IP alone, and has neither setting. The check must declare ``OperatingSystem``, too.

    Raises:
        MissingEvidence: the raw settings could not be read or do not tell it, or the module contradicts them.
    """
    raw = view.one(MigrationSettings, host)
    if raw.compression is None and raw.smb_transport is None and view.one(OperatingSystem, host).build < CHOICE:
        return MigrationPerformance.TCPIP
    if raw.compression is None or raw.smb_transport is None:
        raise MissingEvidence(tell("MigrationSettings of {host}: how memory is sent is not told", host=host))
    if raw.compression and raw.smb_transport:
        return None
    plain = MigrationPerformance.COMPRESSION if raw.compression else MigrationPerformance.TCPIP
    found = MigrationPerformance.SMB if raw.smb_transport else plain
    told = [row.performance for row in _module(view, host) if row.performance is not None]
    if other := [one for one in told if one is not found]:
        said = tell(
            "the settings say {words}, the Hyper-V module says {words2}", words=WORDS[found], words2=WORDS[other[0]]
        )
        raise MissingEvidence(tell("memory of {host}: {said}", host=host, said=said))
    return found


def _module(view: View, host: str) -> tuple[VMHost, ...]:
    rows = view.ask(VMHost, host)
    return () if isinstance(rows, Gap) else rows
