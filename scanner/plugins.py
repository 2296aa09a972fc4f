"""Builds the plugin manager: built-ins come in by the same door as packages and single files.

Hooks only register; the engine runs what they offer in guarded calls. A misspelt hook is an error, not a silence.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import TypeVar, cast

import pluggy

from scanner import __version__
from scanner.estate.access import Opener
from scanner.hooks import PROJECT, Collector, Hooks, Reporter, Transport
from scanner.words.check import Check
from scanner.words.model import Fact
from scanner.words.report import PluginInfo
from scanner.words.wording import nearest, reason

Item = TypeVar("Item")
BUILT_IN = ("scanner.collect.builtin", "checks", "reports")


WILL_NOT_LOAD = (
    *(ImportError, SyntaxError, AttributeError, OSError, ValueError, TypeError, NameError),
    *(RuntimeError, LookupError, ArithmeticError, AssertionError, SystemExit),
)
"""What the first lines of somebody's file may raise."""


class PluginError(Exception):
    """A plugin cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What all plugins offer together."""

    collectors: tuple[Collector, ...]
    checks: tuple[Check, ...]
    reporters: tuple[Reporter, ...]
    plugins: tuple[PluginInfo, ...]
    transports: Mapping[str, Opener] = field(default_factory=dict[str, Opener])
    """beside WinRM, by name"""

    @property
    def facts(self) -> tuple[type[Fact], ...]:
        """Every fact that some check needs."""
        from scanner.collect.plan import needs_of

        return tuple(dict.fromkeys(f for check in self.checks for f in (*needs_of(check), *check.needs)))


def load(files: Iterable[Path] = (), *, third_party: bool = True) -> Offer:
    """Load built-ins, installed packages (entry-point group ``hv_preflight``) and single files.

    Raises:
        PluginError: one cannot be imported, misspells a hook, implements none, or repeats a name.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    plugins: list[PluginInfo] = []
    for name in BUILT_IN:
        _register(manager, importlib.import_module(name), name)
        plugins.append(PluginInfo(name, __version__, "built-in"))
    if third_party:
        for entry in entry_points(group=PROJECT):
            _register(manager, _loaded(entry.name, entry.load), entry.name)
            plugins.append(PluginInfo(entry.name, entry.dist.version if entry.dist else "", "package"))
    for path in files:
        _register(manager, _loaded(str(path), lambda path=path: _from_file(path)), str(path))
        plugins.append(PluginInfo(path.name, "", "file"))
    _no_misspelt_hook(manager)
    return _offer(manager, tuple(plugins))


def _offer(manager: pluggy.PluginManager, plugins: tuple[PluginInfo, ...]) -> Offer:
    collectors = _all_of(manager.hook.scanner_collectors, Collector)
    checks = sorted(_all_of(manager.hook.scanner_checks, Check), key=lambda check: check.id)
    reporters = _all_of(manager.hook.scanner_reporters, Reporter)
    transports = _all_of(manager.hook.scanner_transports, Transport)
    _unique("check", [check.id for check in checks])
    _unique("report format", [reporter.name for reporter in reporters])
    _unique("collector", [collector.name for collector in collectors])
    _unique("transport", [transport.name for transport in transports])
    return Offer(
        tuple(collectors),
        tuple(checks),
        tuple(reporters),
        plugins,
        {transport.name: transport.channel for transport in transports},
    )


def _all_of(hook: pluggy.HookCaller, wanted: type[Item]) -> list[Item]:
    """What every plugin offers there, in the order they were registered."""
    found: list[Item] = []
    for offered in hook.get_hookimpls():
        where = f"{offered.plugin_name}: {hook.name}"
        given = _called(where, offered.function)
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise PluginError(f"{where} gave {_short(given)}; it must return a list of {wanted.__name__}")
        items = cast("Iterable[object]", given)
        for item in _called(where, partial(list[object], items)):
            if not isinstance(item, wanted):
                raise PluginError(f"{where} gave {_short(item)}, which is no {wanted.__name__}")
            found.append(item)
    return found


def _called(where: str, call: Callable[[], Item]) -> Item:
    try:
        return call()
    except WILL_NOT_LOAD as error:
        raise PluginError(f"{where} failed: {type(error).__name__}: {error}") from error


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _no_misspelt_hook(manager: pluggy.PluginManager) -> None:
    hooks = [hook for name, hook in vars(manager.hook).items() if not name.startswith("_")]
    known = [hook.name for hook in hooks if hook.has_spec()]
    for hook in hooks:
        for offered in () if hook.has_spec() else hook.get_hookimpls():
            if not offered.optionalhook:
                advice = nearest(hook.name, known) or f"; known are {', '.join(known)}"
                raise PluginError(f"{offered.plugin_name}: there is no hook {hook.name}{advice}")


def _register(manager: pluggy.PluginManager, module: object, name: str) -> None:
    try:
        manager.register(module, name=name)
    except (pluggy.PluginValidationError, ValueError) as error:
        raise PluginError(f"{name}: {error}") from None
    if not manager.get_hookcallers(module):
        where = getattr(module, "__file__", "")
        raise PluginError(f"{name} implements none of our hooks ({where}): is it shadowed by something of that name?")


def _loaded(name: str, load_it: object) -> object:
    try:
        return cast("type[ModuleType]", load_it)()  # type: ignore[call-arg]
    except WILL_NOT_LOAD as error:
        raise PluginError(f"{name} cannot be loaded: {_why(error)}") from error


def _why(error: BaseException) -> str:
    """In words where the file is to blame; what its own lines raised is said in the language its author wrote it in."""
    if isinstance(error, SyntaxError):
        return f"line {error.lineno} is no Python: {error.msg}"
    if isinstance(error, ImportError):
        return str(error)
    return reason(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"


def _from_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"hv_preflight_plugin_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError("it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a check finds its documentation there
    spec.loader.exec_module(module)
    return module


def _unique(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PluginError(f"two plugins offer the same {what}: {', '.join(twice)}")
