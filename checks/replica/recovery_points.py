"""Recovery points and application-consistent snapshots of a planned pair of clouds, held against each other."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.api import CloudPair, Verdict, failed, passed, unknown

ROOM = "each recovery point keeps what changed since the one before it, and needs that room at the target"


def points(row: CloudPair) -> Iterator[Verdict]:
    """What a row of the estate says of them; nothing where it tells neither."""
    kept, hours = row.recovery_points, row.app_consistent
    if kept < 0 and hours > 0:
        wanted = "recovery_points in [[cloud_pair]]"
        yield unknown(f"a snapshot every {hours} h is planned, and recovery_points is not told", wanted=wanted)
    elif kept >= 0 and hours > 0:
        seen = f"a snapshot every {hours} h, {kept} additional recovery points"
        yield passed(seen, note=ROOM) if hours < kept else failed(seen, "fewer hours than recovery points")
    elif kept >= 0:
        yield passed(f"{kept} additional recovery points", note=ROOM if kept else "")
