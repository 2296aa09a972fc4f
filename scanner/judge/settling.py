"""What becomes of evidence before anybody judges, shows or keeps it: pure steps, one after the other.

They are applied before anything is asked because of an answer, when a run's evidence is closed, and when a record is
loaded. Each makes another evidence of one, and applied twice it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from scanner.judge import contradicted, identity, namespace
from scanner.judge.age import fresh_answers
from scanner.judge.contradicted import sure_answers
from scanner.judge.hide import without_secrets
from scanner.judge.identity import own_answers
from scanner.judge.namespace import seen_answers
from scanner.judge.whole import whole_answers
from scanner.words.evidence import Evidence
from scanner.words.model import Fact

STEPS: tuple[Callable[[Evidence], Evidence], ...] = (
    without_secrets, fresh_answers, own_answers, seen_answers, whole_answers, sure_answers,
)  # fmt: skip
"""Secrets first: the others say what they saw, and a record shall be settled as the evidence it was written from. What
is too old proves nothing, not even who answered. Whose answers they are comes before what they prove: another machine
is no witness. Rows are counted when both are known, for of no row at all more than one thing may be told. Last,
what is left contradicts what is not there."""
NEEDS: tuple[type[Fact], ...] = (*identity.NEEDS, *namespace.NEEDS, *contradicted.NEEDS)
"""What the steps read, and what they make."""


def settle(evidence: Evidence) -> Evidence:
    """The evidence as it counts; closed if this one is."""
    for step in STEPS:
        evidence = step(evidence)
    return evidence
