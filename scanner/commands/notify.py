"""Notices of what changed, by services that a person names: never with evidence, never at the cost of a run.

Who is told stands on the command line, in a file or in a variable of the person who runs, and nowhere that a target or
an estate could write. Its URLs are secrets. They reach the library that knows the services in another process
(``notifying``): it ends when its time is over, whatever a service does, and nothing that it prints is kept.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands.console import UsageError, tell
from scanner.commands.notify_file import urls_of
from scanner.estate.secret import remember
from scanner.estate.secret_text import SecretError, usable
from scanner.words.notice import Notice, notice_of
from scanner.words.report import Report
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted

VARIABLE = "HV_PREFLIGHT_NOTIFY"
SECONDS = 30.0
"""that all services together may take; so long at most a run ends later"""
LOOKING = 20.0
"""seconds until it is known whether there are such services: the library is loaded for it, and nobody is asked"""
MOST = 20
"""services"""
LIBRARY = "apprise"
EXTRA = phrase(
    "the library apprise is not installed, which sends notices: install the extra notify, hv-preflight[notify]"
)
KEPT = (
    *("PATH", "HOME", "USERPROFILE", "LANG", "LC_ALL", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "SSL_CERT_FILE"),
    *("REQUESTS_CA_BUNDLE", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
)
"""Of the environment: what a program needs, and the way out of a network; no secret of a sign-in."""
FAULTS = {
    "unknown": phrase("is no URL of a service that apprise knows"),
    "local": phrase("would run a program or show a window on this machine; a notice is sent to a service"),
}
LINK = re.compile(r"https?://[!-~]{1,500}", re.ASCII)


@dataclass(frozen=True, repr=False)
class Notices:
    """Who is told when something changed; no text of an object holds a URL."""

    notify: Annotated[
        list[str] | None,
        typer.Option("--notify", metavar="URL", help="Tell this service when something changed (URL of apprise)."),
    ] = None
    notify_file: Annotated[
        Path | None,
        typer.Option("--notify-file", metavar="FILE", help="Likewise, one URL a line, readable by its owner alone."),
    ] = None
    notify_link: Annotated[
        str | None, typer.Option("--notify-link", metavar="URL", help="Where the report is found, for the notice.")
    ] = None
    notify_names: Annotated[
        bool, typer.Option("--notify-names", help="Name the machines in notices, as the estate has them.")
    ] = False

    @property
    def files(self) -> tuple[Path, ...]:
        """What is read for it."""
        return (self.notify_file,) if self.notify_file else ()

    def ready(self) -> Sender:
        """Whom to tell, before a host is asked.

        Raises:
            UsageError: a URL cannot be used, or the library is missing; the text never holds a URL.
        """
        named = dict[str, str]()
        for url, place in self._urls():
            remember(url)
            try:
                named.setdefault(usable(url, place), place)
            except SecretError as error:
                raise UsageError(str(error)) from None
        if self.notify_link and not LINK.fullmatch(self.notify_link):
            raise UsageError("--notify-link: write a link as in https://ci.example/preflight")
        if len(named) > MOST:
            raise UsageError(
                phrase("{count} services are to be told; {most} are the most", count=len(named), most=MOST)
            )
        if named:
            _looked_at(named)
        return Sender(tuple(named), self.notify_names, self.notify_link or "")

    def _urls(self) -> Iterator[tuple[str, str]]:
        """Each, and what it is called."""
        for number, url in enumerate(self.notify or (), 1):
            yield url.strip(), f"--notify {number}"
        for number, url in urls_of(self.notify_file) if self.notify_file else ():
            yield url, phrase("line {number} of {notify_file}", number=number, notify_file=self.notify_file)
        for number, url in enumerate(os.environ.get(VARIABLE, "").split(), 1):
            yield url, phrase("{variable}, URL {number}", variable=VARIABLE, number=number)


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """Who is told."""

    urls: tuple[str, ...] = ()
    names: bool = False
    link: str = ""

    def tell_of(self, report: Report | None) -> None:
        """Tell of a run, if something changed since the one before; what fails is told, and changes nothing."""
        notice = notice_of(report, names=self.names, link=self.link) if self.urls and report else None
        for line in notify(self.urls, notice) if notice else ():
            tell(line)


def notify(urls: Sequence[str], notice: Notice) -> tuple[str, ...]:
    """Send a notice to each service, all at once; one line for those that did not take it."""
    failed = len(urls) - _asked(urls, SECONDS, notice).count("sent")
    return (
        (
            phrase(
                "{failed:,} of {notices} could not be sent; nothing else changes by it",
                failed=failed,
                notices=counted(len(urls), "notice"),
            ),
        )
        if failed
        else ()
    )


def _looked_at(named: dict[str, str]) -> None:
    if find_spec(LIBRARY) is None:
        raise UsageError(EXTRA)
    words = _asked([*named], LOOKING)
    faults = [
        phrase("{place} {faults}", place=place, faults=FAULTS[word])
        for place, word in zip(named.values(), words, strict=False)
        if word in FAULTS
    ]
    if faults:
        raise UsageError(joined("\n", faults))
    if len(words) < len(named):
        raise UsageError(
            phrase("the library apprise, which sends notices, does not work here: python -m apprise --version")
        )


def _asked(urls: Sequence[str], seconds: float, notice: Notice | None = None) -> list[str]:
    """What the other process says of each URL, as far as it came within its time."""
    said = {"title": notice.title, "text": notice.text, "mood": notice.mood} if notice else {}
    order = json.dumps({"urls": [*urls], **said})
    environment = {name: value for name, value in os.environ.items() if name in KEPT} | {"NETRC": os.devnull}
    command = [sys.executable, "-P", "-m", "scanner.commands.notifying"]
    try:
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ) as other:  # fmt: skip
            try:
                out, _ = other.communicate(order, seconds)
            except subprocess.TimeoutExpired:
                other.kill()
                out, _ = other.communicate()
            finally:
                other.kill()
    except OSError:
        return []
    words = dict(line.split(" ", 1) for line in out.splitlines() if " " in line)
    return [words[str(place)] for place in range(len(urls)) if str(place) in words]
