"""How old the newest update of a host is."""

from __future__ import annotations

from datetime import timedelta

from scanner.api import Fact, Verdict, View, passed, tell, unknown, warned
from scanner.facts.host import OperatingSystem
from scanner.facts.upkeep import PatchLevel, Update

AGE: tuple[type[Fact], ...] = (Update, PatchLevel, OperatingSystem)
WORKS = tell("no move asks which updates are there")
DAY = timedelta(days=1)
AHEAD = 2 * DAY
"""a day that is told without its hour and zone may lie so far ahead; one beyond is no day of an installation"""


def age_verdict(view: View, host: str) -> Verdict:
    """Judge the newest update by the day it was installed. The check must declare ``AGE``.

    Raises:
        MissingEvidence: updates, revision or release could not be read.
    """
    rows, most = view.rows(Update, host), view.estate.thresholds.update_days
    wanted = tell("an update of the last {most} days", most=most)
    if not rows:
        return warned(tell("no update is listed"), wanted, works=WORKS)
    newest = max(
        (row.installed for row in rows if row.installed and row.installed <= view.recorded + AHEAD), default=None
    )
    if newest is None:
        return unknown(tell("Update of {host}: none tells the day on which it was installed", host=host), wanted=wanted)
    level, system = view.one(PatchLevel, host).revision, view.one(OperatingSystem, host)
    seen = tell(
        "newest update of {newest:%Y-%m-%d}, build {build}{tell}",
        newest=newest,
        build=system.build,
        tell=tell(".{level}", level=level) if level else "",
    )
    if view.now - newest >= (most + 1) * DAY:
        return warned(seen, wanted, works=WORKS)
    late = system.last_boot is not None and system.last_boot < newest
    return passed(seen, note=tell("the host was not started since, and some updates act only then") if late else "")
