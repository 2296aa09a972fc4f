"""What to do about what keeps answers away: the advice that a gap holds, made where the trouble is met."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.words.kinds_of_trouble import OF_THE_RUNNER, TABLE, Kind
from scanner.words.names import suffix_of
from scanner.words.system import WINDOWS
from scanner.words.troubles_on_windows import ON_WINDOWS

__all__ = ["NO_ADVICE", "OF_THE_RUNNER", "Advice", "Kind", "advise"]

DO = {row.kind.value: row.do for row in TABLE}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a gap. ``{target}``, ``{domain}`` and ``{realm}`` stand for those of whoever is told of."""

    kind: str = ""
    """one of ``Kind``, of a later version another word; empty: nothing is known that helps"""
    text: str = ""

    def for_target(self, target: str) -> str:
        """The text for one target."""
        domain = suffix_of(target) or target
        known = (("{target}", target), ("{domain}", domain), ("{realm}", domain.upper()))
        text = self.text
        for word, value in known:
            text = text.replace(word, value)
        return text


NO_ADVICE = Advice()


def advise(
    kind: str,
    *,
    table: str = "sign_in",
    port: int = 0,
    user: str = "",
    extra: str = "kerberos",
    windows: bool = WINDOWS,
) -> Advice:
    """What to do about a trouble; nothing, where its kind is not known.

    Args:
        kind: of ``Kind``.
        table: of the estate file that says how to sign in.
        port: where it was tried.
        user: as whom.
        extra: of the package, that brings the library.
        windows: whether this program runs there.
    """
    text = (windows and ON_WINDOWS.get(kind)) or DO.get(str(kind), "")
    values = (("{table}", table), ("{port}", str(port)), ("{user}", user or "it"), ("{extra}", extra))
    for word, value in values:
        text = text.replace(word, value)
    return Advice(str(kind), text) if text else NO_ADVICE
