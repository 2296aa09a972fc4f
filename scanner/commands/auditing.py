"""What a report says of the run itself that is in no evidence: which record was judged, and by what."""

from __future__ import annotations

import platform
from dataclasses import replace

from scanner.record.forms import FORM
from scanner.words.report import Report


def auditable(report: Report, digest: str) -> Report:
    """The report with the digest of its record (empty: none is kept), and with what judged it."""
    method = replace(report.method, form=FORM, python=platform.python_version())
    return replace(report, record=digest, method=method)
