"""What to do about what keeps answers away: the advice that a gap holds, made where the trouble is met."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from scanner.words.kinds_of_trouble import OF_THE_RUNNER, TABLE, Kind
from scanner.words.names import suffix_of
from scanner.words.system import WINDOWS
from scanner.words.telling import by_text, filled, tell
from scanner.words.told import Told
from scanner.words.troubles_on_windows import ON_WINDOWS

__all__ = ["NO_ADVICE", "OF_THE_RUNNER", "Advice", "Kind", "advise"]

DO = {row.kind.value: row.do for row in TABLE}
OF_THE_SIGN_IN = ("{table}", "{port}", "{user}", "{extra}")
SOMEBODY = tell("it", within="account")
"""Stands where no account is known."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a gap. ``{target}``, ``{domain}`` and ``{realm}`` stand for those of whoever is told of."""

    kind: str = ""
    """one of ``Kind``, of a later version another word; empty: nothing is known that helps"""
    text: str = ""

    def for_target(self, target: str) -> str:
        """The text for one target."""
        domain = suffix_of(target) or target
        return filled(_known(self.kind, self.text), {"{target}": target, "{domain}": domain, "{realm}": domain.upper()})


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
    values = (table, str(port), user or SOMEBODY, extra)
    said = filled(by_text(text), dict(zip(OF_THE_SIGN_IN, values, strict=True)))
    return Advice(str(kind), said) if text else NO_ADVICE


@cache
def _forms(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The texts of a kind, and what each looks like once it is made."""
    found: list[tuple[str, re.Pattern[str]]] = []
    for text in filter(None, (DO.get(kind), ON_WINDOWS.get(kind))):
        pattern, seen = "", set[str]()
        for part in re.split("({table}|{port}|{user}|{extra})", text):
            name = part[1:-1]
            known = f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
            pattern += known if part in OF_THE_SIGN_IN else re.escape(part)
            seen |= {name} if part in OF_THE_SIGN_IN else set()
        found.append((text, re.compile(pattern, re.DOTALL)))
    return tuple(found)


def _known(kind: str, text: str) -> str:
    """The text as it was made: a record keeps its English alone."""
    for form, pattern in () if isinstance(text, Told) else _forms(kind):
        if match := pattern.fullmatch(text):
            values = {
                f"{{{name}}}": SOMEBODY if value == SOMEBODY else value for name, value in match.groupdict().items()
            }
            return filled(by_text(form), values)
    return text
