"""What no check judges yet of identity, delegation, hosts, virtual machines, migrations and networks."""

from __future__ import annotations

from checks.not_judged.where import PROVIDER, SITE_RECOVERY
from scanner.api import NotJudged

YET = (NotJudged("OPR-06", "The operator has a role in VMM", PROVIDER, SITE_RECOVERY),)
