"""Asks plugins, by their hooks, for what they offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

import pluggy

from scanner.guard import guarded
from scanner.hooks import PROJECT, Collector, Hooks, Reporter, Transport
from scanner.plugins.origins import Plugin, raised
from scanner.words.check import Check
from scanner.words.not_judged import NotJudged
from scanner.words.passage import Passage
from scanner.words.wording import nearest

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something of a plugin cannot be used."""

    text: str


@dataclass(slots=True)
class Offered:
    """What one plugin offers, and what of it cannot be used."""

    plugin: Plugin
    collectors: list[Collector] = field(default_factory=list[Collector])
    checks: list[Check] = field(default_factory=list[Check])
    not_judged: list[NotJudged] = field(default_factory=list[NotJudged])
    passages: list[Passage] = field(default_factory=list[Passage])
    reporters: list[Reporter] = field(default_factory=list[Reporter])
    transports: list[Transport] = field(default_factory=list[Transport])
    faults: list[str] = field(default_factory=list[str])


class Registry:
    """The hooks, and who implements them."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(Hooks)

    def take(self, plugin: Plugin) -> Offered:
        """Register a plugin and ask it for all it offers; what one of ours raises is a defect, and goes on."""
        offered = Offered(plugin)
        try:
            self._manager.register(plugin.module, name=plugin.where)
        except (pluggy.PluginValidationError, ValueError) as error:
            offered.faults.append(f"{plugin.where}: {error}")
            return offered
        hooks = self._manager.get_hookcallers(plugin.module) or []
        if not hooks:
            where = getattr(plugin.module, "__file__", "")
            missing = f"implements none of our hooks ({where}): is it shadowed by something of that name?"
            offered.faults.append(f"{plugin.where} {missing}")
        offered.faults += self._misspelt(plugin, hooks)
        if not offered.faults:
            offered.collectors += self._items(offered, "scanner_collectors", Collector)
            offered.checks += self._items(offered, "scanner_checks", Check)
            offered.not_judged += self._items(offered, "scanner_not_judged", NotJudged)
            offered.passages += self._items(offered, "scanner_passages", Passage)
            offered.reporters += self._items(offered, "scanner_reporters", Reporter)
            offered.transports += self._items(offered, "scanner_transports", Transport)
        return offered

    def _misspelt(self, plugin: Plugin, hooks: list[pluggy.HookCaller]) -> Iterator[str]:
        every = {name: hook for name, hook in vars(self._manager.hook).items() if not name.startswith("_")}
        known = [name for name, hook in every.items() if hook.has_spec()]
        for hook in hooks:
            if not hook.has_spec() and any(not impl.optionalhook for impl in _of(hook, plugin)):
                advice = nearest(hook.name, known) or f"; known are {', '.join(known)}"
                yield f"{plugin.where}: there is no hook {hook.name}{advice}"

    def _items(self, offered: Offered, name: str, wanted: type[Item]) -> Iterator[Item]:
        """What the plugin's functions of a hook give, in the order they were registered."""
        where = f"{offered.plugin.where}: {name}"
        for impl in _of(getattr(self._manager.hook, name), offered.plugin):
            for item in _given(offered.plugin, where, impl.function, wanted.__name__):
                if isinstance(item, wanted):
                    yield item
                elif isinstance(item, Fault):
                    offered.faults.append(item.text)
                else:
                    offered.faults.append(f"{where} gave {_short(item)}, which is no {wanted.__name__}")


def _of(hook: pluggy.HookCaller, plugin: Plugin) -> Iterator[pluggy.HookImpl]:
    return (impl for impl in hook.get_hookimpls() if impl.plugin is plugin.module)


def _given(plugin: Plugin, where: str, function: Callable[[], object], wanted: str) -> Iterable[object]:
    """The items that a hook's function gives, or the fault in their place."""

    def items() -> list[object]:
        given = function()
        if isinstance(given, str) or not isinstance(given, Iterable):
            return [Fault(f"{where} gave {_short(given)}; it must return a list of {wanted}")]
        return list(cast("Iterable[object]", given))

    def failed(error: BaseException) -> list[object]:
        return [Fault(f"{where} failed: {raised(error)}")]

    return items() if plugin.ours else guarded(items, where, failed)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
