"""Reports of any kind, for properties that hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from scanner.words.model import Severity, Status
from scanner.words.report import Report
from tests.reports.conftest import CHECKS, GUIDS, HV01, HV02, HV11, SILENT, build, finding, host, machine, move, route

SUBJECTS = {
    "host": st.sampled_from([host(HV01), host(HV02), host(HV11)]),
    "route": st.sampled_from([route(HV01, HV11), route(HV11, HV01)]),
    "vm": st.sampled_from([machine(guid, "web") for guid in GUIDS[:3]]),
    "vm-route": st.sampled_from([move(guid, "web") for guid in GUIDS[:3]]),
}
TEXTS = st.text(st.characters(exclude_categories=()), max_size=12) | st.just(str(SILENT))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any findings, with or without a silent target, at any threshold, ended early or not."""
    named: dict[tuple[str, str], object] = {}
    for check in draw(st.lists(st.sampled_from([c for c in CHECKS if c.scope.name in SUBJECTS]), max_size=8)):
        subject = draw(SUBJECTS[check.scope.name])
        words = {word: draw(TEXTS) for word in ("seen", "wanted", "remedy", "note")}
        named[check.id, subject.id] = finding(check.id, subject, draw(st.sampled_from(Status)), **words)
    return build(
        named.values(),  # type: ignore[arg-type]
        threshold=draw(st.sampled_from(Severity)),
        interrupted=draw(st.booleans()),
        gaps=draw(st.sampled_from([(), (SILENT,)])),
        routes=draw(st.sampled_from([(), ((HV01, HV11), (HV11, HV01))])),
    )
