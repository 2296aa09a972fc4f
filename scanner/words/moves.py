"""The kinds of move as people call them, in every output alike."""

from __future__ import annotations

from scanner.words.model import Profile

MOVES = {
    Profile.LIVE_MIGRATION: "live migration",
    Profile.REPLICA: "Hyper-V Replica",
    Profile.ASR_VMM: "Site Recovery",
}
