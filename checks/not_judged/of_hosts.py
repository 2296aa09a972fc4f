"""What no check judges yet of identity, delegation, hosts, virtual machines, migrations and networks."""

from __future__ import annotations

from checks.not_judged.where import BEYOND, COMMAND, PROVIDER, SITE_RECOVERY
from scanner.api import NotJudged

YET = (
    NotJudged("RCH-09", "Proxy settings are consistent", f"{PROVIDER} (proxy bullets); {COMMAND}", SITE_RECOVERY),
    NotJudged("RCH-10", "VMM server reachable on TCP 8100", BEYOND, SITE_RECOVERY),
)
