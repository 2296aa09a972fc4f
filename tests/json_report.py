"""The findings of a JSON report as who reads all of them wants them: each with its note and the answers it rests on."""

from __future__ import annotations

from typing import Any

LEFT_OUT: dict[str, Any] = {"profile": "", "works": "", "follows_from": [], "waiver": None, "known_since": None}
"""what a finding that has none does not say"""


def findings(*parts: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of all files of a report."""
    return [
        LEFT_OUT
        | {name: value for name, value in each.items() if name not in ("noted", "rests_on")}
        | {"note": part["notes"][each["noted"]], "evidence": [part["answers"][place] for place in each["rests_on"]]}
        for part in parts
        for each in part["findings"]
    ]
