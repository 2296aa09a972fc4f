"""What suites and cases are called on dashboards, which follow a case through all runs by its class and its name.

* Form 1 has the kinds of move that a run judges before the dot of every class: who adds one loses every history.
* Form 2 has the same word there in every run, and no dot in a name: readers that know classes and methods split what
  they are given at the last one (TeamCity, and Jenkins for the class).

Where a check judges each kind of move by itself, its case says which behind the title, in both forms; so no two cases
of a suite share a name.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from reports.text import one_line
from scanner.api import JunitChoice, Report, Subject

WORD = "hv-preflight"
LONGEST = 240
"""characters of a name: some readers cut it at 256"""
WITH_PROFILES = 1


@dataclass(frozen=True, slots=True)
class CaseNames:
    """The names of one report's suites and cases."""

    word: str = WORD
    """what comes before the dot of every class"""
    form: int = 2

    @classmethod
    def of(cls, report: Report, choice: JunitChoice) -> CaseNames:
        """Of this report, as a person chose it."""
        word = re.sub(r"[^A-Za-z0-9_-]", "_", "_".join(report.profiles)) if choice.names == WITH_PROFILES else ""
        return cls(word or WORD, choice.names)

    def suite(self, slug: str) -> str:
        """The name of a suite, and the class of its cases."""
        return f"{self.word}.{slug}"

    def case(self, check: str, title: str, profile: str) -> str:
        """The name of a case: the check, what it demands, and the kind of move where each is judged by itself."""
        kind = f" ({profile})" if profile else ""
        if self.form == WITH_PROFILES:
            return " ".join(one_line(f"{check} {title}{kind}", LONGEST).split())
        name = " ".join(one_line(f"{check} {title}").split())  # no blank of another kind makes another case of it
        return _cut(name.replace(".", "_"), LONGEST - len(kind)) + kind

    @staticmethod
    def apart(name: str, subject: Subject) -> str:
        """The same name with a mark of the subject, where a plug-in's scopes give two of them one suite."""
        digest = hashlib.sha256(f"{subject.kind} {subject.id}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{_cut(name, LONGEST - 9)}-{digest[:8]}"


def _cut(line: str, length: int) -> str:
    """No longer than that, and without how long it was: that would be another name with another word in the title."""
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
