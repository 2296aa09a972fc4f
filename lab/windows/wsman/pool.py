"""The protocol state of one runspace pool: psrpcore reads and keeps the state, this writes.

What Windows sends differs from what psrpcore writes in small things (names of types, an extra state, missing
texts), so every message is written from the recordings and psrpcore's own are replaced or passed on.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import psrpcore
from psrpcore.types import ApplicationPrivateData, PSRPMessageType, SessionCapability, serialize

from lab.windows.wsman import fragments, records, versions

Post = Callable[[int, str, uuid.UUID | None], None]
"""Takes type, content and pipeline of a message to the client."""


class RunspacePool(psrpcore.ServerRunspacePool):
    """A pool of a machine with that PowerShell. `startup_script`: its session configuration runs one."""

    def __init__(self, powershell_version: str, post: Post, *, startup_script: bool) -> None:
        super().__init__()
        self._version, self._post, self._startup_script = powershell_version, post, startup_script

    def prepare_message(self, message: Any, *_args: Any, pipeline_id: uuid.UUID | None = None, **_named: Any) -> None:
        """Take a message psrpcore wants to send."""
        if isinstance(message, ApplicationPrivateData):
            if self._startup_script:
                # PowerShell runs it as a pipeline without identity, and the end of that is told to the client.
                self._post(fragments.PIPELINE_STATE, records.pipeline_state(4), None)
            self._post(fragments.APPLICATION_PRIVATE_DATA, versions.private_data(self._version), None)
            return
        if isinstance(message, SessionCapability):
            # It goes out before the pool is known by its identity.
            self._post(fragments.SESSION_CAPABILITY, versions.session_capability(self._version), None)
            return
        element = serialize(message, self._cipher, our_capability=self.our_capability)
        number = int(PSRPMessageType.get_message_id(type(message)))
        self._post(number, ET.tostring(element, encoding="unicode"), pipeline_id)


def plain(value: Any) -> object:
    """Return a deserialised value as built-in Python types."""
    match value:
        case None | bool():
            return value
        case str():
            return str.__str__(value)
        case int():
            return int(value)
        case float():
            return float(value)
        case dict():
            return {plain(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return value
