"""Commands of the SmbShare module, over the state of a practice machine."""

from __future__ import annotations

import msgspec

from lab.remedy.command import Call, command
from lab.remedy.world import Refused


@command("Set-SmbServerConfiguration", "CimSession EnableMultiChannel Force")
def set_server(call: Call) -> None:
    """How a machine serves SMB."""
    _set(call, "server")


@command("Set-SmbClientConfiguration", "CimSession EnableMultiChannel Force")
def set_client(call: Call) -> None:
    """How a machine uses SMB."""
    _set(call, "client")


def _set(call: Call, end: str) -> None:
    host, wanted = call.host(), call.flag("EnableMultiChannel")
    if wanted is None:
        raise Refused(f"{call.known.name} changes nothing")
    if not (call.flag("Force") or call.flag("Confirm") is False):
        raise Refused(f"{call.known.name} asks before it changes {host.name}")
    smb = host.machine.state.smb
    host.change("smb", **{end: msgspec.structs.replace(getattr(smb, end), multichannel=wanted)})
