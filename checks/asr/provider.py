"""The provider's program on a VMM server, and whether the server is registered."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip
from scanner.api import Ask, Fact, Gap, MissingEvidence, Subject, View, tell
from scanner.facts.provider import ALONE, PROGRAM_NAME, AsrRegistration, ProviderFile, askable
from scanner.facts.vmm_setup import VmmSetup

PROVIDER: tuple[type[Fact], ...] = (VmmSetup, ProviderFile)
"""What a check declares that asks for the program."""
NEWEST = tell(
    "Install the newest provider on every VMM server, on a cluster the active node first "
    "(AzureSiteRecoveryProvider.exe /x:. /q, then setupdr.exe /i); updates begin at the "
    "recovery site."
)


def asked(server: Subject, view: View) -> Iterator[Ask]:
    """The questions for the program: in VMM's folder, and where it is without VMM."""
    yield from (Ask(ProviderFile, server.host, path) for path in _paths(view, server.host) if askable(path))


def _paths(view: View, server: str) -> Iterator[str]:
    rows = view.ask(VmmSetup, server)
    for row in () if isinstance(rows, Gap) else rows:
        if folder := (row.folder or "").strip().rstrip("\\"):
            yield rf"{folder}\bin\{PROGRAM_NAME}"
    yield ALONE


def program(view: View, server: str) -> ProviderFile | None:
    """The program, that of VMM's folder before another; nothing where it is not there.

    Raises:
        MissingEvidence: it was not found where it was looked for, and VMM's folder is not known, or no such path.
    """
    found = {row.path.casefold(): row for row in view.rows(ProviderFile, server)}
    for path in _paths(view, server):
        if path.casefold() in found:
            return found[path.casefold()]
    for row in view.rows(VmmSetup, server):
        path = next(_paths(view, server))
        if not (row.folder or "").strip() or not askable(path):
            raise MissingEvidence(
                tell(
                    "VmmSetup of {server}: {folder} is no folder to look into",
                    server=server,
                    folder=clip(row.folder or tell("nothing")),
                )
            )
    return None


def registered(view: View, server: str) -> bool:
    """Whether the estate says that VMM servers are registered, or this one holds a registration.

    Raises:
        MissingEvidence: the estate does not say so, and the machine was not read.
    """
    return view.estate.site_recovery.registered or bool(view.rows(AsrRegistration, server))
