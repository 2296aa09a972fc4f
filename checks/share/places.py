"""Where a declared path lies: the machine of the estate, the share there, and the folder behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.common.parts import clip
from checks.common.servers import NAMES, machines_of
from scanner.api import (
    Ask,
    Fact,
    MissingEvidence,
    OfflinePath,
    Subject,
    Verdict,
    View,
    failed,
    joined,
    not_applicable,
    tell,
)
from scanner.facts.share import ONLINE, FolderAccess, SmbShare, is_folder, share_in

PLACES: tuple[type[Fact], ...] = (*NAMES, SmbShare, FolderAccess)
"""What a check declares that asks where a path lies."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path lies."""

    machine: str
    """of the estate"""
    folder: str
    """on a drive of it"""
    share: SmbShare | None = None
    """nothing where the path is a folder itself"""


def declared(view: View, subject: Subject) -> OfflinePath:
    """The path of the estate that a subject is."""
    return next(path for path in view.estate.offline_paths if path.name == subject.names[0])


def machine_of(view: View, server: str) -> str:
    """The machine of the estate that a server in a path is. The check must declare ``NAMES``.

    Raises:
        MissingEvidence: it is none, or it may be several.
    """
    users = (*view.estate.vmm_servers, *view.estate.hosts)
    found = machines_of(view, users[0] if users else server, server)
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise MissingEvidence(
            tell(
                "{server} may be {found}: write its full name", server=clip(server), found=joined(" or ", sorted(found))
            )
        )
    raise MissingEvidence(tell("{server} is no machine that was read: name it as [[file_server]]", server=clip(server)))


def place(view: View, path: OfflinePath) -> Place | Verdict:
    """Where the path lies, or why that is not judged. The check must declare ``PLACES``.

    Raises:
        MissingEvidence: its machine is not known, or its shares were not read.
    """
    machine = path.machine or machine_of(view, path.server)
    if machine in view.estate.hosts:
        return not_applicable(tell("it is on {machine}, a Hyper-V host, as SHR-05 says", machine=machine))
    return Place(machine, path.path) if path.machine else shared(view, machine, path.path)


def shared(view: View, machine: str, path: str) -> Place | Verdict:
    """The folder behind a share of the machine, or that there is none. The check must declare ``SmbShare``.

    Raises:
        MissingEvidence: its shares were not read, or one tells no folder.
    """
    said = share_in(path)
    if said is None:
        raise MissingEvidence(tell("{path} is no path of a share", path=clip(path)))
    found = [row for row in view.rows(SmbShare, machine) if row.name.casefold() == said.name.casefold()]
    if not found:
        return failed(
            tell("{machine} has no share {said}", machine=machine, said=clip(said.name)), tell("a share of that name")
        )
    if len(found) > 1 or found[0].scope not in (None, "*"):
        raise MissingEvidence(
            tell(
                "SmbShare of {machine}: {said} is a share of a clustered file server",
                machine=machine,
                said=clip(said.name),
            )
        )
    if found[0].state not in (None, ONLINE):
        return failed(
            tell(
                "the share {said} of {machine} is not online (ShareState {state})",
                said=clip(said.name),
                machine=machine,
                state=found[0].state,
            ),
            tell("online"),
        )
    folder = f"{(found[0].path or '').rstrip(BACKSLASH)}{said.folder}"
    if not is_folder(folder):
        raise MissingEvidence(
            tell("SmbShare of {machine}: {said} tells no folder on a drive", machine=machine, said=clip(said.name))
        )
    return Place(machine, folder, found[0])


BACKSLASH = "\\"


def asks_place(subject: Subject, view: View) -> Iterator[Ask]:
    """The question who may use the folder."""
    found = place(view, declared(view, subject))
    if isinstance(found, Place):
        yield Ask(FolderAccess, found.machine, found.folder)


def folder_of(view: View, found: Place) -> FolderAccess | None:
    """Who may use the folder; nothing if it is not there. The check must declare ``FolderAccess``.

    Raises:
        MissingEvidence: it could not be read.
    """
    rows = view.rows(FolderAccess, found.machine)
    return next((row for row in rows if row.folder.casefold() == found.folder.casefold()), None)
