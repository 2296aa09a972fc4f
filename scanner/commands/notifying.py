"""The other process of ``notify``: it alone knows the library, takes URLs from its input, and says a word of each.

    {"urls": [...], "title": "...", "text": "...", "mood": "failure"}   ->   0 sent
                                                                             1 failed

Without a text nothing is sent: ``ready``, ``unknown`` or ``local``. Nothing else is printed, whatever the library says:
its messages and tracebacks may hold a URL. A redirect is not followed, no file is written, and no placeholder filled.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from scanner.guard import guarded

LOCAL = frozenset({"blink1", "dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows"})
"""Services of this machine: a program is run, a window shown, a log written."""
MODULES = frozenset(f"apprise.plugins.{name}" for name in LOCAL)
"""Where they are, whatever they are called."""


def main() -> None:
    """Do what the input says, and end without waiting for anything that still runs."""
    order = json.loads(sys.stdin.buffer.read())
    out, sys.stdout = sys.stdout, sys.stderr
    logging.disable(logging.CRITICAL)
    urls: list[str] = order.pop("urls")

    def tell(place: int) -> None:
        word = guarded(partial(_word, urls[place], order), "a notice", lambda _error: "failed")
        out.write(f"{place} {word}\n")
        out.flush()

    with ThreadPoolExecutor(len(urls) or 1) as pool:
        list(pool.map(tell, range(len(urls))))
    os._exit(0)


def _word(url: str, order: dict[str, str]) -> str:
    """What became of one."""
    import apprise

    if url.partition("://")[0].strip().lower() in LOCAL:
        return "local"
    library: Any = apprise
    asset = library.AppriseAsset(
        app_id="hv-preflight", app_desc="hv-preflight", app_url="", storage_mode="memory",
        pgp_autogen=False, pem_autogen=False, allow_templates=False, http_redirects=False,
    )  # fmt: skip
    service = library.Apprise.instantiate(url, asset=asset)
    if service is None:
        return "unknown"
    if type(service).__module__ in MODULES:
        return "local"
    if "text" not in order:
        return "ready"
    service.redirects = False  # whatever the URL says
    many = library.Apprise(asset=asset)
    many.add(service)
    done = many.notify(body=order["text"], title=order["title"], notify_type=order["mood"], body_format="text")
    return "sent" if done else "failed"


if __name__ == "__main__":
    main()
