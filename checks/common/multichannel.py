"""Whether SMB Multichannel is on, at each end by itself: the client's of who sends, the server's of who receives."""

from __future__ import annotations

from scanner.api import MissingEvidence, View, tell
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration

ENDS = (SmbClientConfiguration, SmbServerConfiguration)
"""What a check declares that asks for it."""


def client_has_it(view: View, host: str) -> bool:
    """Whether it is on where the host sends.

    Raises:
        MissingEvidence: that was not read, or not told.
    """
    return _told(
        view.one(SmbClientConfiguration, host).multichannel, tell("SmbClientConfiguration of {host}", host=host)
    )


def server_has_it(view: View, host: str) -> bool:
    """Whether it is on where the host receives.

    Raises:
        MissingEvidence: that was not read, or not told.
    """
    return _told(
        view.one(SmbServerConfiguration, host).multichannel, tell("SmbServerConfiguration of {host}", host=host)
    )


def _told(value: bool | None, what: str) -> bool:
    if value is None:
        raise MissingEvidence(tell("{what}: whether SMB Multichannel is on is not told", what=what))
    return value
