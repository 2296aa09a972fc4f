"""What no check judges yet of identity, delegation, hosts, virtual machines, migrations and networks."""

from __future__ import annotations

from checks.not_judged.where import (
    BEFORE,
    BEYOND,
    COMMAND,
    DELEGATION,
    EVERY,
    LIVE,
    LIVE_AND_REPLICA,
    MANAGER,
    OPTIONS,
    PROVIDER,
    REPLICATION,
    REQUIRED,
    SHELL,
    SITE_RECOVERY,
)
from scanner.api import NotJudged

YET = (
    NotJudged("LM-04", "Performance options are valid and match", f"{OPTIONS} (performance); {SHELL} (table)", LIVE),
    NotJudged("LM-05", "SMB option: SMB 3 path, RDMA and multichannel available", f"{SHELL} (table, SMB row)", LIVE),
    NotJudged("LM-06", "Simultaneous live migrations limit is sensible", f"{MANAGER} item 5 (default 2)", LIVE),
    NotJudged("LM-07", "Simultaneous storage migrations limit is sensible", BEYOND, LIVE),
    NotJudged("LM-12", "Network priorities are unambiguous and prefer the fast network", BEYOND, LIVE),
    NotJudged("LM-13", "VMMS really listens on migration addresses", BEYOND, LIVE),
    NotJudged("NET-04", "SMB encryption is effective where it is relied on", OPTIONS, LIVE),
    NotJudged("NET-05", "IPsec protects migration traffic (if claimed)", OPTIONS, LIVE),
    NotJudged("NET-07", "SMB multichannel enabled on both ends", f"{SHELL} (table, SMB row)", LIVE),
    NotJudged("RCH-09", "Proxy settings are consistent", f"{PROVIDER} (proxy bullets); {COMMAND}", SITE_RECOVERY),
    NotJudged("RCH-10", "VMM server reachable on TCP 8100", BEYOND, SITE_RECOVERY),
    NotJudged("OPR-06", "The operator has a role in VMM", PROVIDER, SITE_RECOVERY),
)
