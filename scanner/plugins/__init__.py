"""Plugins: built-ins come in by the same door as packages and single files.

Hooks only register; what they offer is run in guarded calls. What could get lost (a misspelt hook, a name that
two bear, a fact that nobody would be asked for) is an error, not a silence. A plugin's fault is the user's to mend and
told as one; a fault in what comes with the scanner is a defect of ours and told as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scanner.estate.access import Opener
from scanner.hooks import Collector, Reporter
from scanner.plugins import origins
from scanner.plugins.faults import PluginError, faults_of
from scanner.plugins.offers import Offered, Registry
from scanner.words.check import Check
from scanner.words.model import Fact
from scanner.words.not_judged import NotJudged
from scanner.words.passage import Passage
from scanner.words.report import PluginInfo

__all__ = ["Offer", "PluginError", "load"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What all plugins offer together."""

    collectors: tuple[Collector, ...]
    checks: tuple[Check, ...]
    reporters: tuple[Reporter, ...]
    plugins: tuple[PluginInfo, ...]
    transports: Mapping[str, Opener] = field(default_factory=dict[str, Opener])
    """beside WinRM, by name"""
    not_judged: tuple[NotJudged, ...] = ()
    """what no check of theirs judges"""
    passages: tuple[Passage, ...] = ()
    """what their checks judge by"""

    @property
    def facts(self) -> tuple[type[Fact], ...]:
        """Every fact that some check needs."""
        from scanner.collect.plan import needs_of

        return tuple(dict.fromkeys(f for check in self.checks for f in (*needs_of(check), *check.needs)))


def load(files: Iterable[Path] = (), *, third_party: bool = True) -> Offer:
    """Load built-ins, installed packages (entry-point group ``hv_preflight``) and single files.

    Raises:
        PluginError: some cannot be imported, misspell a hook, implement none, offer what cannot be used, or repeat a
            name; all of that which can be told at once is.
    """
    registry = Registry()
    ours = [registry.take(plugin) for plugin in origins.built_in()]
    _no_defect([fault for offered in ours for fault in offered.faults])
    _no_defect(list(faults_of(ours)))
    found = origins.others(files, third_party=third_party)
    _refuse(found.faults)
    taken = [registry.take(plugin) for plugin in found.plugins]
    _refuse([fault for offered in taken for fault in offered.faults])
    _refuse(list(faults_of([*ours, *taken])))
    return _together([*ours, *taken])


def _no_defect(faults: list[str]) -> None:
    if faults:
        raise RuntimeError("\n".join(faults))


def _refuse(faults: list[str]) -> None:
    if faults:
        raise PluginError("\n".join(faults))


def _together(offers: list[Offered]) -> Offer:
    checks = sorted((check for offered in offers for check in offered.checks), key=lambda check: check.id)
    return Offer(
        tuple(collector for offered in offers for collector in offered.collectors),
        tuple(checks),
        tuple(reporter for offered in offers for reporter in offered.reporters),
        tuple(offered.plugin.info for offered in offers),
        {made.name: made.channel for offered in offers for made in offered.transports},
        tuple(row for offered in offers for row in offered.not_judged),
        tuple(passage for offered in offers for passage in offered.passages),
    )
