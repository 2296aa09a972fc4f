"""The kinds of move as people call them, in every output alike."""

from __future__ import annotations

from scanner.words.model import Profile
from scanner.words.telling import tell

MOVES = {
    Profile.LIVE_MIGRATION: tell("live migration"),
    Profile.REPLICA: tell("Hyper-V Replica"),
    Profile.ASR_VMM: tell("Site Recovery"),
}
