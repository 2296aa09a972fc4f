"""What PowerShell offers on the machine: the Hyper-V module, and who may open a session."""

from __future__ import annotations

import re
from html import unescape
from typing import ClassVar

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import SDDL, VERSION
from scanner.words.model import TargetKind
from scanner.words.query import Command, registry

_SDDL = re.compile(r"""\bSddl\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_OFF = re.compile(r"""<PlugInConfiguration\b[^<>]*\bEnabled\s*=\s*["']?false""", re.IGNORECASE)
"""No ``<`` stands within a tag: so each sign is looked at once, however often a text begins one."""


@windows_fact(
    Command("Get-Module", {"ListAvailable": True, "Name": "Hyper-V"}),
    yields="System.Management.Automation.PSModuleInfo",
    no_row="the Hyper-V module is not installed",
)
class HyperVModule(WindowsFact):
    """A version of the Hyper-V module; two may stand side by side."""

    kinds: ClassVar[frozenset[TargetKind]] = frozenset({TargetKind.HOST, TargetKind.MANAGEMENT})
    name: str = prop("Name")
    version: str = prop("Version", "2.0.0.0 since Windows Server 2016; 1.1 manages 2012 R2", clear=VERSION)


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Windows\CurrentVersion\WSMAN\Plugin\microsoft.powershell"),
    absent=("key",),
    yields="REG",
    no_row="the default session configuration is not registered",
)
class SessionConfiguration(WindowsFact):
    """The default session configuration, microsoft.powershell: who may open a PowerShell session."""

    text: str | None = prop(
        "ConfigXML",
        "its settings, with the security descriptor as SDDL",
        clear=rf"PlugInConfiguration|Security|Sddl|Uri|Enabled|true|false|quot|{SDDL}",
    )

    @property
    def sddl(self) -> str:
        """The security descriptor; empty if it tells none, or more than one."""
        found = dict.fromkeys(unescape(one or other) for one, other in _SDDL.findall(self.text or ""))
        return next(iter(found)) if len(found) == 1 else ""

    @property
    def enabled(self) -> bool:
        """Not switched off (Disable-PSSessionConfiguration, since PowerShell 3.0)."""
        return not _OFF.search(self.text or "")
