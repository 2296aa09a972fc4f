"""Where the demands come from: every passage of the vendor's pages that demands something, and the checks for it.

A passage that no check can judge names its row in ``checks/not_judged/``.
"""

from __future__ import annotations

from dataclasses import replace

from checks.sources import live_migration, site_recovery
from checks.sources.pages import LIVE_MIGRATION, SITE_RECOVERY

PASSAGES = (
    *(replace(passage, page=LIVE_MIGRATION) for passage in live_migration.PASSAGES),
    *(replace(passage, page=SITE_RECOVERY) for passage in site_recovery.PASSAGES),
)
"""All of them, each with its page."""
