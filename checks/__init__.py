"""The built-in checks: one file a check, found by name; dropping a file in is the whole registration."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable

from scanner.api import Check, hookimpl

FILE = re.compile(r"\.[a-z]+_\d\d_\w+$")


@hookimpl
def scanner_checks() -> Iterable[Check]:
    """Every check found below this package."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        if FILE.search(module.name):
            yield from (v for v in vars(importlib.import_module(module.name)).values() if isinstance(v, Check))
