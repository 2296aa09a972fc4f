"""A report as a run would make it: hosts of two domains, routes, machines, every status, and hostile texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import starmap

import pytest

from scanner.judge import scopes
from scanner.judge.policy import report_of
from scanner.words.check import Check, Who
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.groups import Group
from scanner.words.model import ALL_VMS, Gap, GapReason, Profile, Severity, Status
from scanner.words.not_judged import NotJudged
from scanner.words.report import Finding, PluginInfo, Report
from scanner.words.scope import Scope, Subject
from scanner.words.source import Source, TargetInfo

START, END = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC), datetime(2026, 11, 21, 12, 0, 7, tzinfo=UTC)
HV01, HV02, HV11 = "hv01.corp.example", "hv02.corp.example", "hv11.branch.example"
HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m nul\x00 ]]> \u202egnp.exe \udc80 \ufffe \U000e0041"
    " <script>alert(1)</script> {{7*7}} {% raw %} [bold]b[/bold] &#27; &lt; \"two\" 'one' <!-- --> \u2028 \x85 end"
)
MEGABYTE = "A\x1b" * 524_288
GUIDS = [f"{n:08x}-1111-4222-8333-444455556666" for n in range(1, 13)]
SILENT = Gap("MigrationSettings", HV11, GapReason.UNREACHABLE, "no answer on 5986 within 10 s")
REMEDY = (
    "Set-ADComputer -Identity 'hv11' -Server 'branch.example' `\n"
    "  -PrincipalsAllowedToDelegateToAccount (Get-ADComputer 'hv01')"
)


def make_check(name: str, title: str, severity: Severity, scope: Scope) -> Check:
    return Check(
        id=name,
        title=title,
        severity=severity,
        who=Who.HOST,
        profiles=frozenset({Profile.LIVE_MIGRATION}),
        scope=scope,
        seed="S0-S3 #consider-options",
        needs=(),
        judge=lambda _subject, _view: pytest.fail("reports judge nothing"),
        remedy=f"In general, see to it: {title.lower()}.",
        doc=f"{title}: without it\na move ends in an error.\n\nPasses when all is well.",
    )


CHECKS = (
    make_check("DEL-01", "Source may delegate the migration service", Severity.CRITICAL, scopes.ROUTE),
    make_check("ID-01", "Host is joined to an Active Directory domain", Severity.CRITICAL, scopes.HOST),
    make_check("ID-03", "Trust carries no restriction that blocks the hosts", Severity.HIGH, scopes.PAIR),
    make_check("LM-06", "Simultaneous live migrations limit is sensible", Severity.LOW, scopes.HOST),
    make_check("NET-01", "Migration traffic is not sent in clear text", Severity.HIGH, scopes.HOST),
    make_check("NET-02", "Category of the migration interface is not Public", Severity.LOW, scopes.HOST),
    make_check("VM-02", "Destination supports the configuration version", Severity.CRITICAL, scopes.VM_ROUTE),
    make_check("VM-06", "No host-bound media attached", Severity.LOW, scopes.VM),
)


def host(name: str) -> Subject:
    return Subject(scopes.HOST, (name,))


def route(source: str, destination: str) -> Subject:
    return Subject(scopes.ROUTE, (source, destination))


def machine(guid: str, label: str) -> Subject:
    return Subject(scopes.VM, (HV01, guid), f"{label} on hv01")


def move(guid: str, label: str) -> Subject:
    return Subject(scopes.VM_ROUTE, (HV01, guid, HV11), f"{label} on hv01 → hv11")


def finding(name: str, subject: Subject, status: Status, seen: str = "", **words: object) -> Finding:
    """A finding of one of the checks, resting on one answer."""
    about = next(check for check in CHECKS if check.id == name)
    source = Source("MigrationSettings", subject.host, "2026-11-21T12:00:03Z", "Get-CimInstance -ClassName Msvm_X")
    return Finding(
        check=name,
        subject=subject,
        bears=subject.kind.bearing(subject),
        status=status,
        severity=about.severity,
        title=about.title,
        seen=seen,
        evidence=(source,),
        **{"profiles": about.profiles, **words},  # type: ignore[arg-type]
    )


def findings() -> list[Finding]:
    """Every status, on every kind of subject; what cannot be judged is so because hv11 is silent."""
    big = {"wanted": MEGABYTE, "note": MEGABYTE, "remedy": MEGABYTE}
    service = '"Microsoft Virtual System Migration Service/hv11.branch.example"'
    silent = str(SILENT)
    return [
        finding("DEL-01", route(HV01, HV11), Status.FAIL, "cifs/hv11.branch.example", wanted=service, remedy=REMEDY),
        finding("DEL-01", route(HV11, HV01), Status.UNKNOWN, note=silent),
        finding("ID-01", host(HV01), Status.PASS, "member of corp.example"),
        finding("ID-01", host(HV02), Status.PASS, "member of corp.example"),
        finding("ID-01", host(HV11), Status.UNKNOWN, note=silent),
        finding("ID-03", Subject(scopes.PAIR, (HV01, HV11)), Status.ERROR, note="the check failed: KeyError: 'x'"),
        finding("LM-06", host(HV01), Status.FAIL, "limit 0", wanted="at least 1", remedy="Set-VMHost 'hv01'"),
        finding("LM-06", host(HV11), Status.UNKNOWN, note=silent),
        finding("NET-01", host(HV02), Status.FAIL, "192.168.10.5/24 in clear text", wanted="a/b", note=HOSTILE),
        finding("NET-02", host(HV01), Status.WARN, HOSTILE, wanted="Private", works=HOSTILE),
        finding("NET-02", host(HV02), Status.NOT_APPLICABLE, note="no route ends here"),
        *(finding("VM-02", move(guid, f"web-{guid[7]}"), Status.UNKNOWN, note=silent) for guid in GUIDS[:3]),
        finding("VM-06", machine(GUIDS[0], HOSTILE), Status.WARN, MEGABYTE, **big),
        finding("VM-06", Subject(scopes.VM, (HV02, ALL_VMS), "machines of hv02"), Status.NOT_APPLICABLE, note="none"),
    ]


ORDER = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)
NOT_JUDGED = (
    NotJudged(
        "LM-04", "Performance options are valid and match", "S0-S3 #options", frozenset({Profile.LIVE_MIGRATION})
    ),
    NotJudged("", "The vault is active", HOSTILE, frozenset(Profile), look="Only the portal tells it."),
)
Make = Callable[..., Report]


def build(found: Iterable[Finding], **words: object) -> Report:
    """A report of these findings, sorted and decided as a run decides."""
    threshold = Severity(words.pop("threshold", Severity.MEDIUM))  # type: ignore[call-overload]
    interrupted, routes = bool(words.pop("interrupted", False)), words.pop("routes", ())
    profiles = frozenset(map(Profile, words.pop("profiles", ("live-migration",))))  # type: ignore[call-overload]
    ordered = sorted(found, key=lambda f: (ORDER.index(f.status), -f.severity, f.check, f.subject.id, f.profile))
    groups, between = words.pop("groups", {}), words.pop("between", ())
    estate = Estate(
        profiles=profiles,
        routes=tuple(starmap(Route, routes)),  # type: ignore[call-overload]
        groups=tuple(starmap(Group, groups.items())),  # type: ignore[attr-defined]
        group_routes=tuple(between),  # type: ignore[arg-type]
    )
    gaps, targets = words.pop("gaps", ()), words.pop("targets", ())
    evidence = Evidence(
        estate,
        START,
        END,
        "0.1.0",
        "runner.corp.example",
        interrupted=interrupted,
        gaps=gaps,
        targets=targets,  # type: ignore[arg-type]
    )
    plugins = (PluginInfo("checks", "0.1.0", "built-in"), PluginInfo(HOSTILE, "1", "file"))
    made = report_of(evidence, ordered, checks=CHECKS, plugins=plugins, threshold=threshold, not_judged=NOT_JUDGED)
    return replace(made, **words)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def report() -> Report:
    """The realistic one: not ready, with everything that can be in a report."""
    return build(
        findings(),
        routes=((HV01, HV11), (HV11, HV01), (HV02, HV11), (HV01, HV02)),
        gaps=(SILENT, Gap("Trust", "branch.example", GapReason.ACCESS_DENIED, HOSTILE)),
        targets=(
            TargetInfo(name="corp.example", kind="domain", who="CORP\\audit", how="LDAP", queries=9, answered=9),
            TargetInfo(name=HV01, kind="host", who="CORP\\audit", how="https", seconds=2.25, queries=41, answered=41),
            TargetInfo(name=HV11, kind="host", who=HOSTILE, how="https", seconds=10.0, queries=41),
        ),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium, for a module's tests."""
    from tests.reports.pages import chromium  # which knows the findings above

    with chromium() as opened:
        yield opened
