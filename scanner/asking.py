"""What will be asked of every machine: the queries of a plan, as text, as data, as a script, as a JEA endpoint."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from scanner.estate.model import Estate
from scanner.facts.base import AskedFact, WindowsFact
from scanner.model import Check, Fact
from scanner.planner import MACHINES, checks_by_fact, first_round
from scanner.query import Query, quote


@dataclass(frozen=True, slots=True)
class Asked:
    """One query to one machine, and which checks want its answer."""

    target: str
    round: int
    query: Query
    checks: tuple[str, ...]


def asked(checks: Iterable[Check], estate: Estate) -> Iterator[Asked]:
    """Every query to every machine; those of the second round as their pattern, since answers fill them."""
    wanted = tuple(checks)
    by_fact = checks_by_fact(wanted)
    for want in first_round(wanted, estate):
        if want.kind not in MACHINES:
            continue
        for fact in in_order(want.facts):
            yield Asked(want.target, 1, fact.query, tuple(by_fact.get(fact, ())))
        for fact in by_fact:
            if issubclass(fact, AskedFact):
                yield Asked(want.target, 2, fact.query, tuple(by_fact[fact]))


def in_order(facts: Iterable[type[Fact]]) -> tuple[type[WindowsFact], ...]:
    """Windows facts in the order they are asked: the clock first, modules and wide answers last."""
    windows = (fact for fact in facts if issubclass(fact, WindowsFact))
    return tuple(sorted(windows, key=_place))


def _place(fact: type[WindowsFact]) -> tuple[int, str]:
    first = {"OperatingSystem": 0, "ComputerSystem": 1, "Service": 2}
    read = fact.query.commands[0].name
    slow = {"Get-CimInstance": 3, "Get-ItemProperty": 4}
    return first.get(fact.__name__, slow.get(read, 5)), fact.__name__


def script(queries: Iterable[Query], target: str) -> str:
    """The queries as one script for a machine that may not be reached: the same text, the same answers."""
    plan = json.dumps([query.plan() for query in queries], ensure_ascii=True, separators=(",", ":"))
    remote = files("scanner.remote")
    probe = remote.joinpath("Test-Endpoint.ps1").read_text(encoding="utf-8")
    invoke = remote.joinpath("Invoke-Query.ps1").read_text(encoding="utf-8")
    head = f"# Reads, and changes nothing. Run it on {_comment(target)}, as administrator:\r\n"
    head += f"#   powershell -File THIS.ps1 > {_comment(target)}.jsonl\r\n"
    body = [
        head,
        "[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false",
        probe,
        "& {",
        invoke,
        f"}} -Plan {quote(plan)}",
    ]
    return "\r\n".join(part.replace("\r\n", "\n").replace("\n", "\r\n").rstrip("\r\n") for part in body) + "\r\n"


def _comment(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char in ".-_")
