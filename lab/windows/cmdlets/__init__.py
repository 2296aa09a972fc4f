"""The few commands of the query plan, written in Python over a machine's state, as strict as the contract."""

from __future__ import annotations

from lab.windows.cmdlets import (  # noqa: F401 - they register commands
    acl,
    cim,
    cim_class,
    endpoint,
    hosts,
    item,
    item_property,
    shape,
    text,
    vmm,
)
from lab.windows.cmdlets.binding import prepare
from lab.windows.cmdlets.call import Call, Session
from lab.windows.cmdlets.command import COMMANDS, Command

__all__ = ["COMMANDS", "Call", "Command", "Session", "prepare"]
