"""Where plugins come from: built in, installed packages, single files. Each has a name of its own."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from scanner import __version__
from scanner.guard import guarded
from scanner.hooks import PROJECT
from scanner.words.model import PLUGIN_FILE
from scanner.words.report import PluginInfo
from scanner.words.wording import reason

BUILT_IN = {"scanner.collectors": "scanner.collect.builtin", "checks": "checks", "reports": "reports"}
"""the built-in plugins by the names that reports and records call them, and where they stand"""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that was imported."""

    where: str
    """what errors call it: the path of a file, else its name"""
    module: object
    info: PluginInfo

    @property
    def ours(self) -> bool:
        """Whether it comes with the scanner."""
        return self.info.origin == "built-in"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and why the rest cannot be used."""

    plugins: tuple[Plugin, ...]
    faults: list[str]


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    where: str
    load: Callable[[], object]
    info: PluginInfo


def raised(error: BaseException) -> str:
    """What a plugin's own lines raised, in the language its author wrote them in."""
    return f"{type(error).__name__}: {error}"


def built_in() -> Iterator[Plugin]:
    """Those that come with the scanner; what one of them raises is a defect of ours, and goes on."""
    for name, module in BUILT_IN.items():
        yield Plugin(name, importlib.import_module(module), PluginInfo(name, __version__, "built-in"))


def others(files: Iterable[Path], *, third_party: bool) -> Found:
    """Installed packages, if wanted, and single files."""
    sources = [*(_packages() if third_party else ()), *map(_file, files)]
    faults = list(_same_name(sources))
    made = [] if faults else [_imported(source) for source in sources]
    faults += [plugin for plugin in made if isinstance(plugin, str)]
    return Found(tuple(plugin for plugin in made if not isinstance(plugin, str)), faults)


def _packages() -> Iterator[_Source]:
    for entry in entry_points(group=PROJECT):
        info = PluginInfo(entry.name, entry.dist.version if entry.dist else "", "package")
        yield _Source(entry.name, entry.name, entry.load, info)


def _file(path: Path) -> _Source:
    return _Source(path.stem, str(path), partial(_from_file, path), PluginInfo(path.name, "", "file"))


def _same_name(sources: Iterable[_Source]) -> Iterator[str]:
    """A plugin's name stands before those of its facts, so two cannot share it."""
    known: dict[str, str] = dict.fromkeys(BUILT_IN, "one of ours")
    for source in sources:
        if source.name in known:
            both = f"{known[source.name]} and {source.where}"
            yield f"{both} are both called {source.name}, and that names their facts: give one another name"
        known.setdefault(source.name, source.where)


def _imported(source: _Source) -> Plugin | str:
    """The plugin, or why it cannot be loaded."""

    def attempt() -> Plugin | str:
        try:
            return Plugin(source.where, source.load(), source.info)
        except (ImportError, SyntaxError, OSError) as error:
            return f"{source.where} cannot be loaded: {_why(error)}"

    def failed(error: BaseException) -> str:
        return f"{source.where} cannot be loaded: {raised(error)}"

    return guarded(attempt, f"loading plugin {source.where}", failed)


def _why(error: ImportError | SyntaxError | OSError) -> str:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno} is no Python: {error.msg}"
    return reason(error) if isinstance(error, OSError) else str(error)


def _from_file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{PLUGIN_FILE}{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError("it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a check finds its documentation there
    spec.loader.exec_module(module)
    return module
