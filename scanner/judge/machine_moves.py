"""Where each virtual machine may go: decided as routes are, by what bears upon its move and is its own or no machine's.

Pure. What bears upon a move and is no machine's is looked at once a move, however many machines there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scanner.judge import scopes
from scanner.judge.policy import readiness
from scanner.judge.tally import Tally, tallied, together
from scanner.words.bearing import Bearing, bearings_on, by_end
from scanner.words.finding import Finding
from scanner.words.machine_moves import MachineMove
from scanner.words.model import ALL_VMS, Profile, Severity, Status
from scanner.words.report import Report
from scanner.words.telling import tell
from scanner.words.waivers import OPEN

Move = tuple[str, str]
ALL = tell("all of them")
"""What machines are called that nobody could list."""
ByMachine = dict[str, list[Finding]]


class MachineMoves:
    """The moves of machines: made once of all findings, asked for all sources or for some."""

    def __init__(
        self,
        findings: Iterable[Finding],
        moves: Mapping[Move, frozenset[Profile]],
        threshold: Severity,
        *,
        tried: bool = True,
    ) -> None:
        """``moves``: the planned ones with their kinds; ``tried``: some host answered anything."""
        self._found, self._moves, self._threshold, self._tried = _Found(findings), moves, threshold, tried

    @classmethod
    def of(cls, report: Report) -> MachineMoves:
        """Those of a report."""
        kinds = {
            (route.source, route.destination): frozenset(state.profile for state in route.profiles)
            for route in report.routes
            if route.machines
        }
        return cls(report.findings, kinds, report.threshold, tried=not report.nobody_read)

    def __call__(self, sources: Container[str] | None = None) -> Iterator[MachineMove]:
        """Every machine on every move and kind of move, by source, then destination."""
        for (source, end), kinds in sorted(self._moves.items()):
            if sources is None or source in sources:
                yield from self._on(source, end, kinds)

    def _on(self, source: str, end: str, kinds: frozenset[Profile]) -> Iterator[MachineMove]:
        found, threshold = self._found, self._threshold
        keys = found.keys(source, end)
        shared = [finding for key in keys for finding in found.of_hosts.get(key, ())]
        common, decided = tallied(shared, threshold), dict[Hashable, tuple[tuple[Profile, str], ...]]()
        stops = {kind: _against(shared, kind, threshold) for kind in kinds}
        for vm_id, name in found.names[source].items():
            own = [finding for key in keys for finding in found.of_machines.get(key, {}).get(vm_id, ())]
            tally = tallied(own, threshold)
            sign = _sign(tally)
            if sign not in decided:
                states = readiness(together((tally, common)), kinds, kinds if self._tried else frozenset())
                decided[sign] = tuple((state.profile, state.verdict) for state in states)
            for kind, verdict in decided[sign]:
                why = NOTHING if verdict == "ready" else _against(own, kind, threshold) + stops[kind]
                identity = "" if vm_id == ALL_VMS else vm_id
                yield MachineMove(name, source, end, kind, verdict, why.stops, why.unknown, identity)


class _Found:
    """Findings by whom they bear upon: those about a machine, and those about none."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.of_hosts: dict[Bearing, list[Finding]] = defaultdict(list)
        self.of_machines: dict[Bearing, ByMachine] = defaultdict(lambda: defaultdict(list))
        self.names: dict[str, dict[str, str]] = defaultdict(dict)
        for finding in findings:
            if vm_id := finding.subject.vm_id:
                self.of_machines[finding.bears][vm_id].append(finding)
                if finding.subject.kind is scopes.VM_ROUTE:
                    label = finding.subject.label.rpartition(" on ")[0] or vm_id
                    self.names[finding.subject.source][vm_id] = ALL if vm_id == ALL_VMS else label
            else:
                self.of_hosts[finding.bears].append(finding)
        self._several = by_end((*self.of_hosts, *self.of_machines))

    def keys(self, source: str, end: str) -> Sequence[Bearing]:
        """The bearings of all that bears on a move, each once, though both its ends be hosts of one bearing."""
        bearings = bearings_on(source, end)
        return list(dict.fromkeys((*bearings, *(key for one in bearings for key in self._several.get(one, ())))))


@dataclass(frozen=True, slots=True)
class _Against:
    """What stands against a move of one kind."""

    stops: tuple[Finding, ...] = ()
    unknown: tuple[Finding, ...] = ()

    def __add__(self, other: _Against) -> _Against:
        return _Against(self.stops + other.stops, self.unknown + other.unknown)


NOTHING = _Against()


def _against(findings: Sequence[Finding], kind: Profile, threshold: Severity) -> _Against:
    of_kind = [finding for finding in findings if kind in finding.profiles and finding.waiver is None]
    return _Against(
        tuple(one for one in of_kind if one.status is Status.FAIL and one.severity >= threshold),
        tuple(one for one in of_kind if one.status in OPEN),
    )


def _sign(tally: Tally) -> Hashable:
    """What a verdict depends on: machines of which it is the same have the same verdict on the same move."""
    blocks = Counter(profiles for _, profiles, _ in tally.blocks)
    return frozenset(tally.counts.items()), frozenset(tally.waived.items()), frozenset(blocks.items())
