"""Attempts to connect, made on the machine that will connect: how they are asked for, and what their answers mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.common.meeting import Met, met
from checks.common.parts import clip
from scanner.api import Ask, Gap, Status, Verdict, View, failed, passed, tell, unknown
from scanner.facts.network import PROBES_A_SUBJECT, EndpointProbe

MIGRATION, SMB, TLS = 6600, 445, 443
ADDRESS = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ0-9_.-]{1,255}")
PROXY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+):[0-9]{1,5}")

REASONS = {
    "Refused": tell("refused: the machine answers, but nothing listens there"),
    "TimedOut": tell("no answer: filtered by a firewall, or the machine is down"),
    "Unreachable": tell("unreachable: no route leads there"),
    "Failed": tell("the attempt failed"),
}


def reason(outcome: str, machine: str) -> str:
    """Why an attempt of a machine did not connect; empty where nobody knows what its outcome means."""
    if outcome == "Unresolved":
        return tell("the name is not known on {machine} (see ID-07)", machine=machine)
    return REASONS.get(outcome, "")


def endpoint(host: str, port: int, wish: str = "") -> str:
    """The target as ``EndpointProbe`` writes it; empty if the text is no host name and cannot be asked for.

    One name that the probe's parameters refuse would cost every other probe of that machine its answer.
    """
    if ADDRESS.fullmatch(host):
        return f"[{host}]:{port}{wish}"
    if NAME.fullmatch(host):
        return f"{host}:{port}{wish}"
    return ""


def attempts(machine: str, target: str, proxy: str = "") -> Iterator[Ask]:
    """The question whether a machine reaches a target; none if the target or the proxy cannot be asked for."""
    if target and (not proxy or PROXY.fullmatch(proxy)):
        yield Ask(EndpointProbe, machine, f"{target} via {proxy}" if proxy else target)


def probe(view: View, machine: str, target: str) -> EndpointProbe | str:
    """The answer to the question, or why there is none."""
    rows = view.ask(EndpointProbe, machine)
    if isinstance(rows, Gap):
        return str(rows)
    if not target:
        return tell("EndpointProbe of {machine}: a text that is no host name was not probed", machine=machine)
    found = view.derived(EndpointProbe, machine, _by_target).get(target)
    if found is None:
        limit = tell(
            "{probes_a_subject} attempts at most are made for one check of one route", probes_a_subject=PROBES_A_SUBJECT
        )
        return tell(
            "EndpointProbe of {machine}: {target} was not probed ({limit})", machine=machine, target=target, limit=limit
        )
    return found


def _by_target(rows: tuple[EndpointProbe, ...]) -> dict[str, EndpointProbe]:
    """The answer at each target; of several the first that did not connect, else the first."""
    found: dict[str, EndpointProbe] = {}
    for row in rows:
        before = found.setdefault(row.target, row)
        if before.outcome == "Connected" and row.outcome != "Connected":
            found[row.target] = row
    return found


def connects(view: View, machine: str, target: str, *, destination: str = "") -> bool | None:
    """Whether the machine reaches the target; nothing if it was not probed, or whom it met is not to be told."""
    verdict = reached(view, machine, target, destination=destination)
    return {Status.PASS: True, Status.FAIL: False}.get(verdict.status)


def reached(view: View, machine: str, target: str, *, remedy: str = "", destination: str = "") -> Verdict:
    """PASS connected, FAIL with the reason otherwise, UNKNOWN when it was not probed.

    With the machine that the target shall lead to, connected counts only where it met that one: FAIL if it met itself
    or another one, UNKNOWN if that cannot be told. The check must then declare ``holders.HOLDERS``. A server that is
    not read itself, as a file server, is no such destination. The remedy is for an attempt that did not connect.
    """
    answer = probe(view, machine, target)
    wanted = tell("{machine} connects to {target}", machine=machine, target=target)
    if isinstance(answer, str):
        return unknown(answer, wanted=wanted)
    if answer.outcome == "Connected":
        return _connected(view, machine, answer, destination)
    why = reason(answer.outcome, machine)
    if not why:
        return unknown(
            tell(
                "EndpointProbe of {machine}: {target}: outcome {clip}",
                machine=machine,
                target=target,
                clip=clip(answer.outcome, 40),
            ),
            wanted=wanted,
        )
    return failed(tell("{target}: {reason}", target=target, reason=why), wanted, remedy)


def _connected(view: View, machine: str, answer: EndpointProbe, destination: str) -> Verdict:
    if not destination:
        return passed(tell("{machine} connects to {target}", machine=machine, target=answer.target))
    meeting, wanted = (
        met(view, machine, destination, answer),
        tell(
            "{machine} connects to {target} of {destination}",
            machine=machine,
            target=answer.target,
            destination=destination,
        ),
    )
    if meeting.who is Met.DESTINATION:
        return passed(tell("{machine} connects to {target}", machine=machine, target=answer.target))
    if meeting.who is Met.UNTOLD:
        return unknown(tell("{target}: {why}", target=answer.target, why=meeting.why), wanted=wanted)
    return failed(tell("{target}: {why}", target=answer.target, why=meeting.why), wanted)
