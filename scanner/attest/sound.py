"""Whether what a statement says of a run agrees with itself: a verdict beside another one is none to go by."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.words.exits import INCOMPLETE, INTERRUPTED, NOT_READY, READY, WORDS

PASSED, WARNED, FAILED = "PASSED", "WARNED", "FAILED"
WORST_FIRST = (NOT_READY, INCOMPLETE, READY)
BY_BASELINE = (WORDS[READY], WORDS[INCOMPLETE])
"""What a gate may say of a run that is not ready, where its baseline knows each failure."""


def contradictions(
    *, result: str, verdict: str, gate: str, code: int, kinds: list[str], failed: set[str], others: set[str]
) -> Iterator[str]:
    """What does not agree, each as the end of a sentence.

    Args:
        result: in the predicate's words.
        verdict: of the run.
        gate: what the exit code says, in a word.
        code: the exit code.
        kinds: the verdict of each kind of move.
        failed: checks of which a finding stopped the gate.
        others: those of which none did.
    """
    if WORDS.get(code) != gate:
        yield "its exit code contradicts its verdict"
    if result not in (PASSED, WARNED, FAILED) or (result == FAILED) is (code == READY):
        yield "its result contradicts its exit code"
    if verdict != gate and not (verdict == WORDS[NOT_READY] and gate in BY_BASELINE):
        yield "its gate contradicts its verdict"
    if verdict != WORDS[INTERRUPTED] and verdict != _worst(kinds):
        yield "its verdict is not that of its kinds of move"
    if failed & others or (failed and code == READY):
        yield "its checks contradict its verdict"


def _worst(kinds: list[str]) -> str:
    """The worst of them; of none: nothing was judged, and of a word that nobody knows nothing is known."""
    if any(kind not in map(WORDS.get, WORST_FIRST) for kind in kinds):
        return ""
    return next((WORDS[code] for code in WORST_FIRST if WORDS[code] in kinds), WORDS[INCOMPLETE])
