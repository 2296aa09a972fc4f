"""What a report draws, made of what was read and of what findings say. Pure."""

from __future__ import annotations

from scanner.judge.picturing.clouds import clouds_of
from scanner.judge.picturing.delegation import delegation_of
from scanner.judge.picturing.marks import Marks
from scanner.judge.picturing.networks import networks_of
from scanner.words.evidence import Evidence
from scanner.words.model import Profile
from scanner.words.pictures import Pictures
from scanner.words.report import Report


def pictures_of(report: Report, evidence: Evidence) -> Pictures:
    """The pictures of a run: each of the kinds of move that it bears upon."""
    asked, marks = evidence.estate.profiles, Marks(report.findings)
    live = Profile.LIVE_MIGRATION in asked
    return Pictures(
        networks=networks_of(evidence, marks) if live or Profile.REPLICA in asked else None,
        delegation=delegation_of(evidence, marks) if live else None,
        clouds=clouds_of(evidence, marks) if Profile.ASR_VMM in asked else None,
    )
