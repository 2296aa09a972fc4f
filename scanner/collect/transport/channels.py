"""Decides which transport leads to a machine: the one that its sign-in names."""

from __future__ import annotations

from scanner.estate.access import WINRM, Access
from scanner.words.channel import Channel, ChannelFailure
from scanner.words.model import GapReason


def channel_to(target: str, access: Access, deadline: float) -> Channel:
    """A channel to a machine, not open yet.

    Args:
        target: the machine.
        access: how it is reached, and what transports there are beside WinRM, whose place none of them can take.
        deadline: monotonic seconds.

    Raises:
        ChannelFailure: nothing here is called as its sign-in says.
    """
    made = _channel(target, access, deadline)
    return access.tap(made) if access.tap else made


def _channel(target: str, access: Access, deadline: float) -> Channel:
    name = access.sign_in(target).transport
    if name in WINRM:
        from scanner.collect.transport.psrp.session import RunspaceSession  # the libraries below take a second to load

        return RunspaceSession(target, access, deadline)
    if name not in access.transports:
        raise ChannelFailure(GapReason.NOT_COLLECTED, f"no plugin brings the transport {name[:40]!a}")
    return access.transports[name](target, access, deadline)
