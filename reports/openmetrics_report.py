"""The report as numbers in OpenMetrics: the samples of the format prometheus, told with the types of this one."""

from __future__ import annotations

from reports.metric import written
from reports.samples import METRICS
from scanner.api import Report


def render(report: Report) -> str:
    """The report as OpenMetrics, with the end that tells a reader that nothing of it is missing."""
    return written(report, METRICS, info="info", end="# EOF\n")
