"""How a run ends: the exit codes, which are part of the interface, and the words for those that are verdicts."""

from __future__ import annotations

READY, NOT_READY, USAGE, INCOMPLETE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130

WORDS = {READY: "ready", NOT_READY: "not ready", INCOMPLETE: "incomplete", INTERRUPTED: "interrupted"}
