"""The WSMan/PSRP endpoint of the practice estate's Windows machines: protocol, sign-ins, faults.

Give `WsmanServer` a `Runner` and listeners; run it in a thread (`ServerThread`) or in a loop (`start`, `stop`).
"""

from __future__ import annotations

from lab.windows.wsman.faults import CATALOGUE, Fault, hang_after
from lab.windows.wsman.pipeline import (
    ErrorRecord,
    Event,
    Failed,
    Output,
    PipelineRequest,
    Runner,
    Step,
    Warning,  # noqa: A004
)
from lab.windows.wsman.server import Listener, WsmanServer
from lab.windows.wsman.service import Configurations
from lab.windows.wsman.thread import ServerThread
from lab.windows.wsman.tls import Tls

__all__ = [
    "CATALOGUE",
    "Configurations",
    "ErrorRecord",
    "Event",
    "Failed",
    "Fault",
    "Listener",
    "Output",
    "PipelineRequest",
    "Runner",
    "ServerThread",
    "Step",
    "Tls",
    "Warning",
    "WsmanServer",
    "hang_after",
]
