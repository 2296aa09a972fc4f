"""The copy frequency of a planned pair of clouds, and whether its hosts take one."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import listing
from checks.vmm.clouds import Side, hosts_of, sees_all
from checks.vmm.hosts import build_of
from scanner.api import Verdict, View, passed, tell, unknown, warned

B2012R2, FIXED = 9600, 300
WORKS = tell("2012 takes no frequency and copies every five minutes")


def frequency(view: View, sides: tuple[Side, Side], seconds: int) -> Iterator[Verdict]:
    """Judge it; nothing where the estate tells none. The check needs ``CLOUDS``, ``VmmHost``, ``OperatingSystem``."""
    if seconds in (0, FIXED):
        yield from [passed(tell("a copy every {seconds} s", seconds=seconds))] if seconds else []
        return
    builds = [(row.name, build_of(view, row)) for side in sides for row in hosts_of(view, side)]
    old = sorted({name for name, build in builds if build is not None and build < B2012R2})
    if old:
        yield warned(
            tell("{seconds} s, and {old} runs 2012", seconds=seconds, old=listing(old)),
            tell("{fixed} s, or 2012 R2 and later", fixed=FIXED),
            works=WORKS,
        )
    elif any(build is None for _, build in builds) or not all(sees_all(view, side.server) for side in sides):
        yield unknown(
            tell("{seconds} s: whether a host runs 2012, which does not take it, was not told", seconds=seconds)
        )
    else:
        yield passed(tell("a copy every {seconds} s", seconds=seconds))
