"""A practice machine: a readable TOML file, and the tables of classes and registry keys that follow from it."""

from __future__ import annotations

from lab.windows.machine import base, cluster, hyperv, network, replica, smb, vms  # noqa: F401 - they register tables
from lab.windows.machine.machine import Machine
from lab.windows.machine.state import State, parse, read
from lab.windows.machine.tables import Table
from lab.windows.machine.values import Row, Version

__all__ = ["Machine", "Row", "State", "Table", "Version", "parse", "read"]
