"""Sees that what checks say is told, so that it can be said in other languages, while tests lead them down branches."""

from __future__ import annotations

import re

import pytest

from scanner.judge import judging
from scanner.words.check import Check, Verdict
from scanner.words.scope import Case
from scanner.words.told import Told
from scanner.words.view import View
from scanner.words.wording import is_sentence

WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
NAMES_ALONE = {("KEY-08", "seen"), ("VMM-14", "seen")}
"""what is seen is the name of a file, or those of roles of a cluster: nothing of it is ours"""


def watch(patch: pytest.MonkeyPatch) -> list[str]:
    """Sentences of shipped checks, from now on, that are plain English."""
    wrong: list[str] = []
    verdict_of = judging._verdict  # pyright: ignore[reportPrivateUsage]

    def judged(check: Check, case: Case, view: View) -> Verdict:
        verdict = verdict_of(check, case, view)
        for name in ("seen", "wanted", "note", "works", "remedy") if check.module.startswith("checks.") else ():
            text = getattr(verdict, name)
            if isinstance(text, Told) or not WORDS.search(text) or (check.id, name) in NAMES_ALONE:
                continue
            if name != "remedy" or any(map(is_sentence, text.splitlines())):  # a command is nobody's sentence
                wrong.append(f"{check.id} says {name} by no call of tell: {text}")
        return verdict

    patch.setattr(judging, "_verdict", judged)
    return wrong
