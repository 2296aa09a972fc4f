"""The report as numbers for the textfile collectors of node_exporter and windows_exporter.

A file with a client's timestamp is left out by them as a whole, so no sample has one; when it was read is a metric.
"""

from __future__ import annotations

from reports.metric import written
from reports.samples import METRICS
from scanner.api import Report


def render(report: Report) -> str:
    """The report in Prometheus' text format, whose only type for what has labels alone is a gauge."""
    return written(report, METRICS, info="gauge")
