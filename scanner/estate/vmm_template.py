"""The estate that ``hv-preflight init --vmm`` writes: what a VMM server told, and what it does not tell as a proposal.

Values come in as values, those of a proposal, too: it is a document like the rest, and then each of its lines becomes a
comment. What comes out is read again, and says what was meant and nothing else; read without the signs of its comments,
it says what was proposed and nothing else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.estate.template import GROUP, HEAD, TAIL
from scanner.estate.writing import filled, proven

PROFILES = {"profiles": ["asr-vmm"]}
VMM = """
[[vmm]]
name = ""
"""
ASK = """
# What follows is a proposal from what VMM lists. Look at it, mend it, and take away the sign before what is right.
"""
PAIR = """
[[cloud_pair]]
from = ""
to = ""
"""
ROUTE = """
[[route]]
from = ""
to = ""
profiles = ["asr-vmm"]
"""
NETWORK = """
[[network_mapping]]
from = ""
to = ""
"""
SIGN = "# "


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a VMM server told, by names that are fit for a file."""

    server: str
    domains: Sequence[str] = ()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """hosts by group"""
    pairs: Sequence[tuple[str, str]] = ()
    """clouds that may be pairs"""
    routes: Sequence[tuple[str, str]] = ()
    """groups between which machines may be replicated"""
    networks: Sequence[tuple[str, str]] = ()
    """VM networks and what they may become"""


def text(told: Told) -> str:
    """An estate file for it.

    Raises:
        TomlError: a value cannot be written.
    """
    directory, group = {"domains": list(told.domains)}, _groups(told)
    written = filled(filled(HEAD, values=PROFILES), "directory", values=directory) + filled(
        VMM, "vmm", 0, values={"name": told.server}
    )
    written += "".join(filled(GROUP, "group", 0, values=values, lines=("hosts",)) for values in group)
    meant: dict[str, Any] = tomllib.loads(HEAD) | tomllib.loads(TAIL) | PROFILES
    meant |= {"directory": directory, "vmm": [{"name": told.server}]} | ({"group": group} if group else {})
    return proven(written + _proposal(told) + TAIL, meant)


def _groups(told: Told) -> list[dict[str, Any]]:
    return [{"name": name, "hosts": list(hosts)} for name, hosts in told.groups.items()]


def _proposal(told: Told) -> str:
    """What is proposed, as comments; nothing where nothing is.

    Raises:
        TomlError: a value cannot be written.
    """
    parts = (
        ("cloud_pair", PAIR, told.pairs),
        ("route", ROUTE, told.routes),
        ("network_mapping", NETWORK, told.networks),
    )
    rows = {name: [{"from": one, "to": other} for one, other in pairs] for name, _, pairs in parts if pairs}
    forms = {name: form for name, form, _ in parts}
    plain = "".join(filled(forms[name], name, 0, values=values) for name, each in rows.items() for values in each)
    proven(plain, rows | ({"route": [row | PROFILES for row in rows["route"]]} if "route" in rows else {}))
    signed = "\n".join(SIGN + line if line else "" for line in plain.split("\n"))
    return ASK + signed if rows else ""
