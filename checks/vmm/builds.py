"""Builds of Virtual Machine Manager, as of May 2025, and what a version that a server tells says.

From 2016 on: Microsoft Learn, "System Center - Virtual Machine Manager build versions" (SystemCenterDocs, vmm/release-
build-versions.md, page of 2025-04-16 with a row of May 2025); 1801 and 1807: its page of 2023-02-15. 2012 R2: Ivo
Beerens, "SCVMM 2012 R2 builds and versions"; of 3.2.8377, which an inventory recorded (manageiq-providers-scvmm), only
that it follows Update Rollup 12 is known. 2012 SP1: 3.1.6011 its first build (KB 2818420), 3.1.6018 Update Rollup 1 (KB
2792925), 3.1.6027 a later one that KB 3139299 shows. Of both no source for the newest build was found.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scanner.api import tell

Build = tuple[int, int, int]
KNOWN_UNTIL = tell("May 2025")
FLOOR: Build = (3, 1, 6011)
"""System Center 2012 SP1: S4 #before-you-start."""
NAMELESS = {
    "first": tell("as it was first released"),
    "later": tell("a later update rollup"),
    "after_12": tell("an update rollup after 12"),
}
CLUSTERED_STORAGE: tuple[Build, Build] = ((3, 2, 7672), (3, 2, 7768))
"""From, and before, this build storage mapping onto clusters fails (KB 3010979: cluster resource not found)."""
SUPPORTED_UNTIL: Build = (4, 1, 0)
"""The support matrix of the scenario names VMM 2012 R2 and 2016 alone (Azure documentation:
hyper-v-vmm-secondary-support-matrix); S4 names no last version."""
_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:\.\d{1,9})?", re.ASCII)


class Line(NamedTuple):
    """A release of VMM with its builds, oldest first, each with what it is."""

    name: str
    builds: dict[Build, str]
    whole: bool
    """whether the newest build of the table is its newest"""

    @property
    def newest(self) -> Build | None:
        """Its newest build, if that is known."""
        return max(self.builds) if self.whole else None


def _line(name: str, major: int, minor: int, *, whole: bool = True, **rollups: int) -> Line:
    def called(word: str) -> str:
        return NAMELESS.get(word) or word.replace("__", ".").replace("_", " ")

    return Line(name, {(major, minor, number): called(word) for word, number in rollups.items()}, whole)


LINES = (
    _line("2012 SP1", 3, 1, whole=False, first=6011, Update_Rollup_1=6018, later=6027),
    _line(
        "2012 R2", 3, 2, whole=False, first=7510, Update_Rollup_1=7620, Update_Rollup_2=7634, Update_Rollup_3=7672,
        Update_Rollup_4=7768, Update_Rollup_5=7895, Update_Rollup_6=8002, Update_Rollup_7=8071, Update_Rollup_8=8117,
        Update_Rollup_9=8145, Update_Rollup_10=8169, Update_Rollup_11=8224, Update_Rollup_11_with_hotfix_1=8228,
        Update_Rollup_12=8292, after_12=8377,
    ),
    _line(
        "2016", 4, 0, first=1662, Update_Rollup_1=1968, Update_Rollup_2=2043, Update_Rollup_2__1=2051,
        Update_Rollup_3=2139, Update_Rollup_4=2244, Update_Rollup_5=2314, Update_Rollup_6=2413, Update_Rollup_7=2548,
        Update_Rollup_8=2589, Update_Rollup_9=2711, Update_Rollup_10=2775,
    ),
    _line("1801", 4, 1, version_1801=3223, version_1807=3403),
    _line(
        "2019", 10, 19, first=1013, Update_Rollup_1=2292, Update_Rollup_2=2445, Update_Rollup_3=2591,
        Update_Rollup_4=2648, Update_Rollup_5=2729, Update_Rollup_6=2883,
    ),
    _line("2022", 10, 22, first=1287, Update_Rollup_1=1508, Update_Rollup_2=1711, Update_Rollup_3=2112),
    _line("2025", 10, 25, first=1200),
)  # fmt: skip


def build_of(version: str) -> Build | None:
    """The build that a version tells, which has three or four parts; the last one numbers hotfixes."""
    found = _VERSION.fullmatch(version.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def line_of(build: Build) -> Line | None:
    """The release that the build is one of, if the table knows the build."""
    return next((line for line in LINES if build in line.builds), None)
