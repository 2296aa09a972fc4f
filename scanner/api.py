"""What checks, reports and plugins may import: the words, the hooks, the ``check`` decorator and its verdicts."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable

from scanner.facts.base import AskedFact, DerivedFact, WindowsFact, prop, windows_fact
from scanner.hooks import Collector, Reporter, Task, Transport, hookimpl
from scanner.judge import scopes
from scanner.judge.lost import nameless
from scanner.judge.machine_moves import MachineMoves
from scanner.judge.past import Course, FindingTurn, RouteTurn, Step, by_whom, is_whole, kind_of, move_of, worst_first
from scanner.words import pictures
from scanner.words.actions import Action, Actor, Reach
from scanner.words.annotation import Annotation, Level
from scanner.words.baseline import Change, Difference
from scanner.words.bearing import Role
from scanner.words.channel import Channel, ChannelFailure, ErrorLine, Output
from scanner.words.check import Ask, Check, Verdict, Who
from scanner.words.chosen import left_out
from scanner.words.clouds import CloudPair
from scanner.words.estate import Estate, Route, Thresholds
from scanner.words.everything import Everything
from scanner.words.evidence import Evidence
from scanner.words.groups import GroupKind, GroupState, Numbers
from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.inert import inert, inert_html, inert_json
from scanner.words.intake import Intake
from scanner.words.junit_choice import JunitChoice
from scanner.words.lost import Lost
from scanner.words.machine_moves import MachineMove
from scanner.words.method import Asked, Method, Reading
from scanner.words.model import ALL_VMS, WORST_FIRST, Fact, Gap, GapReason, Profile, Severity, Status, TargetKind
from scanner.words.moves import MOVES
from scanner.words.not_judged import NotJudged
from scanner.words.offline import Offline, OfflinePath
from scanner.words.passage import Page, Passage, address_of
from scanner.words.query import Command, Query, cim, registry
from scanner.words.quoting import quote
from scanner.words.readiness import ProfileState, RouteState, Waived
from scanner.words.recovery import KeyFile, Replica, SiteRecovery
from scanner.words.report import AS_FAR, UNPROVEN, Finding, PluginInfo, Report
from scanner.words.scope import Case, Part, Scope, Settled, Subject, no_subject, unseen
from scanner.words.script import script
from scanner.words.site import REPORT_MARK, SITE_MARK, PastEstate, folder_of, part_file, report_file, run_file
from scanner.words.source import NOBODY, Source, TargetInfo, unverified_words
from scanner.words.telling import by_text, counted, joined, plural, tell, upper_first
from scanner.words.told import Told, language, mapped, plain, said, speaking, spoken
from scanner.words.told import parts_of as parts_of_told
from scanner.words.trouble import Advice, Kind
from scanner.words.until import Turns, Until
from scanner.words.view import MissingEvidence, View
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from scanner.words.wording import is_sentence, sayable, visible

__all__ = [
    "ALL_VMS", "AS_FAR", "MOVES", "NOBODY", "REPORT_MARK", "SITE_MARK", "UNPROVEN", "Action", "Actor", "Advice",
    "Annotation", "Ask", "Asked", "AskedFact", "Case", "Change", "Channel", "ChannelFailure", "Check", "CloudPair",
    "Collector", "Command", "Course", "DerivedFact", "Difference", "ErrorLine", "Estate", "Everything", "Evidence",
    "Fact", "Finding", "FindingTurn", "Gap", "GapReason", "GroupKind", "GroupState", "Intake", "JunitChoice",
    "KeyFile", "Kind", "Level", "Lost", "MachineMove", "MachineMoves", "Method", "MissingEvidence", "NotJudged",
    "Numbers", "Offline", "OfflinePath", "Output", "Page", "Part", "Passage", "PastEstate", "PastFinding", "PastRoute",
    "PastRun", "PluginInfo", "Profile", "ProfileState", "Query", "Reach", "Reading", "Replica", "Report", "Reporter",
    "Role", "Route", "RouteState", "RouteTurn", "Scope", "Settled", "Severity", "SiteRecovery", "Source", "Status",
    "Step", "Subject", "TargetInfo", "TargetKind", "Task", "Thresholds", "Told", "Transport", "Turns", "Until",
    "Verdict", "View", "Waived", "Waiver", "WaiverState", "WaiverUse", "Who", "WindowsFact", "address_of", "by_text",
    "by_whom", "check", "cim", "counted", "failed", "folder_of", "hookimpl", "inert", "inert_html", "inert_json",
    "is_sentence", "is_whole", "joined", "kind_of", "language", "left_out", "mapped", "move_of", "nameless",
    "no_subject", "not_applicable", "part_file", "parts_of_told", "passed", "pictures", "plain", "plural",
    "powershell", "prop", "quote", "registry", "report_file", "run_file", "said", "sayable", "scopes", "script",
    "speaking", "spoken", "tell", "unknown", "unseen", "unverified_words", "upper_first", "visible", "warned",
    "windows_fact", "worst", "worst_first",
]  # fmt: skip

LIVE_MIGRATION = frozenset({Profile.LIVE_MIGRATION})


def check(
    *,
    id: str,  # noqa: A002 - the field's own word
    title: str,
    severity: Severity,
    who: Who,
    scope: Scope,
    seed: str,
    needs: tuple[type[Fact], ...],
    remedy: str,
    profiles: Iterable[Profile] = LIVE_MIGRATION,
    asks: Callable[[Subject, View], Iterable[Ask]] | None = None,
    of_source: tuple[type[Fact], ...] = (),
    of_destination: tuple[type[Fact], ...] = (),
    of_all: tuple[type[Fact], ...] = (),
    by_profile: bool = False,
    of_machines: bool = False,
    follows: tuple[str, ...] = (),
    ends: str = "",
    begins: str = "",
    fails: str = "",
    warns: str = "",
) -> Callable[[Callable[[Subject, View], Verdict]], Check]:
    """Make a function ``(subject, view) -> Verdict`` a check. The module's docstring is its documentation."""

    def decorate(judge: Callable[[Subject, View], Verdict]) -> Check:
        module = judge.__module__
        return Check(
            id=id, title=title, severity=severity, who=who, follows=follows,
            profiles=frozenset(profiles), scope=scope, seed=seed, needs=needs,
            judge=judge, asks=asks, remedy=remedy, module=module,
            of_source=of_source, of_destination=of_destination, of_all=of_all,
            by_profile=by_profile, of_machines=of_machines, ends=ends, begins=begins,
            fails=fails, warns=warns,
            doc=(sys.modules[module].__doc__ or "").strip(),
        )  # fmt: skip

    return decorate


def passed(seen: str, *, note: str = "") -> Verdict:
    """What was seen is as it should be."""
    return Verdict(Status.PASS, seen, note=note)


def failed(seen: str, wanted: str, remedy: str = "", *, note: str = "") -> Verdict:
    """What was seen stops the move."""
    return Verdict(Status.FAIL, seen, wanted, remedy, note)


def warned(seen: str, wanted: str, remedy: str = "", *, works: str = "", note: str = "") -> Verdict:
    """What was seen does not stop the move, and should be known; ``works`` says why the move works all the same."""
    return Verdict(Status.WARN, seen, wanted, remedy, note, works)


def not_applicable(reason: str) -> Verdict:
    """The check says nothing here, for this reason."""
    return Verdict(Status.NOT_APPLICABLE, note=reason)


def unknown(reason: str, *, wanted: str = "") -> Verdict:
    """It cannot be judged, for this reason."""
    return Verdict(Status.UNKNOWN, wanted=wanted, note=reason)


def worst(parts: Iterable[Verdict]) -> Verdict:
    """One verdict out of several about the same subject; texts of the parts that decide are joined.

    No part at all is NOT_APPLICABLE: there was nothing to examine.
    """
    verdicts = list(parts)
    if not verdicts:
        return not_applicable(tell("nothing to examine"))
    if len(verdicts) == 1:
        return verdicts[0]
    status = min((v.status for v in verdicts), key=WORST_FIRST.index)
    deciding = [v for v in verdicts if v.status is status]
    return Verdict(
        status,
        joined("; ", dict.fromkeys(v.seen for v in deciding if v.seen)),
        joined("; ", dict.fromkeys(v.wanted for v in deciding if v.wanted)),
        joined("\n", dict.fromkeys(v.remedy for v in deciding if v.remedy)),
        joined("; ", dict.fromkeys(v.note for v in deciding if v.note)),
        joined("; ", dict.fromkeys(v.works for v in deciding if v.works)),
    )


def powershell(template: str, **values: str | Iterable[str]) -> str:
    """A command to copy: every ``<name>`` in the template becomes a quoted literal (or a list of them).

    The content of a value can never leave its quotes, whatever a target calls its things.
    """

    def literal(match: re.Match[str]) -> str:
        value = values[match.group(1)]
        return quote(value) if isinstance(value, str) else ", ".join(quote(item) for item in value)

    return re.sub(r"<(\w+)>", literal, template)
