"""How a run ends: its evidence is judged, the reports are written, the verdict is shown, and the exit code says it."""

from __future__ import annotations

from datetime import datetime

from scanner import plugins
from scanner.commands.annotating import annotate
from scanner.commands.auditing import auditable
from scanner.commands.console import write_terminal
from scanner.commands.outputs import Outputs
from scanner.commands.painting import look_at, painted
from scanner.commands.waivers import tell_unused
from scanner.judge import judging, planning, policy
from scanner.judge.hide import hidden
from scanner.words import exits
from scanner.words.baseline import Baseline
from scanner.words.evidence import Evidence
from scanner.words.selection import Selection
from scanner.words.telling import by_text, joined, tell
from scanner.words.waivers import NO_WAIVERS, Waivers

ALL = Selection()


def verdict_of(code: int) -> str:
    """What an exit code says that is not the report's own."""
    found = exits.WORDS.get(code)
    return by_text(found, "verdict") if found else tell("ready, but not all that was asked for is written")


def finish(
    evidence: Evidence,
    offer: plugins.Offer,
    outputs: Outputs,
    waivers: Waivers = NO_WAIVERS,
    baseline: Baseline | None = None,
    chosen: Selection = ALL,
    at: datetime | None = None,
) -> int:
    """Judge the evidence, write the reports, then show the verdict and say how the run ends.

    Of what was chosen no finding differs from that of the whole: routes and machines are left out when all is judged.
    """
    checks = judging.enabled(offer.checks, evidence.estate.profiles)
    estate = chosen.estate(evidence.estate, checks)
    checks = tuple(filter(chosen.takes, checks))
    findings = chosen.findings(judging.judge(checks, evidence, at), estate.routes)
    report = policy.report_of(
        evidence if estate is evidence.estate else evidence.amended(estate=estate),
        hidden(findings),  # a check of a plug-in may know a secret by itself
        checks=hidden(checks),  # so may what it says of itself
        plugins=offer.plugins,
        threshold=outputs.threshold,
        not_judged=offer.not_judged,
        passages=offer.passages,
        waivers=hidden(waivers),
        baseline=baseline,
        at=at,
    )
    report = auditable(planning.planned(report, evidence, at), outputs.digest)
    outputs.deliver(report, offer)
    outputs.attest(report)
    shown = painted(report, offer, outputs.talk, aside=outputs.aside)
    code = outputs.close(report.exit_code)
    if not outputs.talk.quiet:
        write_terminal(shown, aside=outputs.aside)
        annotate(report, offer, aside=outputs.aside)
        look_at(outputs.written, aside=outputs.aside)
    word = report.ending if code == report.exit_code else verdict_of(code)
    outputs.say(joined("  ", [*outputs.written, tell("exit {code} ({word})", code=code, word=word)]))
    tell_unused(report)
    outputs.last_words(evidence, code)
    return code
