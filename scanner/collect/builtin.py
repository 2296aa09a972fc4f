"""The built-in collectors, each imported only when the hooks are asked: reading help needs none of them."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

from scanner.hooks import Collector, hookimpl

BUILT_IN = ("scanner.collect.windows", "scanner.collect.directory", "scanner.collect.keyfile")
"""Modules that offer a ``COLLECTOR``."""


@hookimpl
def scanner_collectors() -> Iterable[Collector]:
    """The collectors that come with the scanner."""
    return tuple(importlib.import_module(name).COLLECTOR for name in BUILT_IN)
