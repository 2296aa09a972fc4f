"""What connections and shells need of the service they belong to.

Server, connection, actions and shell each know the next one only; the way back is this protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any, Protocol

from lab.windows.wsman.authentication import Accounts
from lab.windows.wsman.faults import FaultBook
from lab.windows.wsman.pipeline import Runner
from lab.windows.wsman.traffic import Traffic

Configurations = Mapping[str, Collection[str] | None]
"""Session configuration -> users who may use it; None lets everyone."""


class Service(Protocol):
    """WinRM's service on all machines of a server: its settings, and what is kept in one place for all of them."""

    runner: Runner
    accounts: Accounts
    certificate_users: Mapping[str, str]
    """Common name of a client certificate -> account; one that is not in it is the account's name."""
    auth: tuple[str, ...]
    """Schemes offered: negotiate, kerberos, ntlm, credssp, basic, certificate."""
    configurations_of: Callable[[str], Configurations]
    """The session configurations of a machine."""
    powershell_version: Callable[[str], str]
    """PSVersion of a machine's sessions."""
    allow_unencrypted: bool
    max_shells_per_user: int
    module_progress: bool
    """Send the progress record with which Windows PowerShell begins a session's first pipeline."""
    startup_script: bool
    """Machines' session configurations run a startup script, which shows at the opening of a pool."""
    latency: float
    """Seconds every answer is late, as a round trip would make it."""
    faults: FaultBook
    traffic: Traffic

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the server's loop until the server stops."""
        ...

    def reboot(self, host: str) -> None:
        """Reset all connections of `host` and forget its shells. To be called in the server's loop."""
        ...
