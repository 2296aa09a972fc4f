"""What becomes of a finding in the formats that other programs read: the table of reports.md, from their own tables."""

from __future__ import annotations

from docs.markdown import table
from reports import ctrf_report, gitlab_report, ocsf_report, sarif_report
from reports.programs import Standing

HEAD = ("Finding", "`sarif`", "`gitlab`", "`ocsf`", "`ctrf`")


def lines() -> list[str]:
    """A row a standing."""
    return table(HEAD, ((str(how), _sarif(how), _gitlab(how), _ocsf(how), _ctrf(how)) for how in Standing))


def _sarif(how: Standing) -> str:
    made = sarif_report.MADE_OF.get(how)
    suppressed = ", suppressed" if how in (Standing.WAIVED, Standing.ACCEPTED) else ""
    state = ", `unchanged`" if how is Standing.KNOWN else ""
    return f"kind `{made[0]}`, level `{made[1]}`{suppressed}{state}" if made else "no result"


def _gitlab(how: Standing) -> str:
    return gitlab_report.MADE_OF.get(how, "no entry")


def _ocsf(how: Standing) -> str:
    made = ocsf_report.MADE_OF[how]
    life = f", {ocsf_report.LIFE[made.life]}" if made.life else ""
    return f"{made.status} {ocsf_report.STATUSES[made.status]}{life}"


def _ctrf(how: Standing) -> str:
    return ctrf_report.MADE_OF[how]
