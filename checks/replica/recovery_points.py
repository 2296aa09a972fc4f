"""Recovery points and application-consistent snapshots of a planned pair of clouds, held against each other."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.api import CloudPair, Verdict, failed, passed, tell, unknown

ROOM = tell("each recovery point keeps what changed since the one before it, and needs that room at the target")


def points(row: CloudPair) -> Iterator[Verdict]:
    """What a row of the estate says of them; nothing where it tells neither."""
    kept, hours = row.recovery_points, row.app_consistent
    if kept < 0 and hours > 0:
        wanted = tell("recovery_points in [[cloud_pair]]")
        yield unknown(
            tell("a snapshot every {hours} h is planned, and recovery_points is not told", hours=hours), wanted=wanted
        )
    elif kept >= 0 and hours > 0:
        seen = tell("a snapshot every {hours} h, {kept} additional recovery points", hours=hours, kept=kept)
        yield passed(seen, note=ROOM) if hours < kept else failed(seen, tell("fewer hours than recovery points"))
    elif kept >= 0:
        yield passed(tell("{kept} additional recovery points", kept=kept), note=ROOM if kept else "")
