"""Which controllers a domain has, where they are, which of them may be signed in to, and a connection with one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

from scanner.collect.directory.basics import Root
from scanner.collect.directory.turns import Turns
from scanner.collect.transport.ldap import answers
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.collect.transport.ldap.connection import Connection
from scanner.collect.transport.ldap.sign_in import Controller, open_connection
from scanner.collect.transport.resolve import Unresolved, controllers, resolve
from scanner.estate.access import Access
from scanner.estate.accounts import NETBIOS
from scanner.words.model import GapReason
from scanner.words.names import host_name, is_host_name, within
from scanner.words.trouble import Kind

MOST = 1200
"""controllers of a domain that are asked; Microsoft knows no larger domain"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A signed-in connection with a controller of the domain."""

    connection: Connection
    root: Root


@dataclass(slots=True)
class Domain:
    """A domain and how to reach it."""

    name: str
    access: Access
    deadline: float
    """monotonic seconds"""
    failures: dict[str, DirectoryError] = field(default_factory=dict[str, DirectoryError])
    """by controller: why it is not asked, gave no connection, or lost it"""
    catalogue: bool = False
    """its controllers are asked as global catalogues of the forest"""
    turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        self.turns = Turns(untried=not self.access.directory.follows_trusts)

    def as_catalogue(self) -> Domain:
        """The same controllers as global catalogues, in a part of the time; who may be asked stays the same."""
        other = Domain(self.name, self.access, self.fair(), dict(self.failures), catalogue=True)
        other.turns = self.turns
        return other

    @property
    def named(self) -> tuple[str, ...]:
        """The controllers that the estate names."""
        return tuple(map(host_name, self.access.directory.controllers.get(self.name, ())))

    def controllers(self) -> tuple[str, ...]:
        """The names of its controllers: those the estate names, else those DNS lists, the nearest first.

        Near is the controller that this machine signed in to (Windows: LOGONSERVER), then those of the estate's site.
        What DNS lists is no more than a word: a name that may not be signed in to is among the failures afterwards.

        Raises:
            DirectoryError: DNS lists none.
        """
        if self.named:
            return self.named
        try:
            found = controllers(self.name, self.access.names, self.deadline, self.access.directory.site)
        except Unresolved as error:
            raise DirectoryError(GapReason.UNREACHABLE, str(error), kind=Kind.NO_CONTROLLER) from None
        except OSError as error:
            raise answers.own(error) from None
        self.look_at(found)
        own = os.environ.get("LOGONSERVER", "").strip("\\").lower()  # a NetBIOS name; it orders, and adds none
        return tuple(sorted(found, key=lambda name: not own or name.partition(".")[0][:NETBIOS] != own))

    def look_at(self, names: Iterable[str], after: int = 0, *, only_directory: bool = False) -> None:
        """Make failures of the controllers that are not asked.

        Args:
            names: the controllers.
            after: so many are known already.
            only_directory: a controller tells of them, and neither the estate nor DNS does.
        """
        for place, name in enumerate(names, after):
            why = self._unfit(name, place, only_directory=only_directory)
            if why:
                self.failures[name] = DirectoryError(GapReason.NOT_COLLECTED, why)

    def _unfit(self, name: str, place: int, *, only_directory: bool) -> str:
        """Why a controller that DNS or the directory lists is not asked; empty when it is.

        With Kerberos a name outside the domain is asked (a disjoint namespace): its ticket is made by the domain
        itself, for a service of that name. A password would be in the hands of whoever DNS says; or of a read-only
        controller, which stands where secrets shall not be, and of whomever a controller calls one.
        """
        if not is_host_name(name):
            return f"a controller of {self.name} is listed whose name is no host name"
        if place >= MOST:
            return f"more than {MOST} controllers of {self.name} are listed; {name} is not asked"
        if self.access.directory.follows_trusts or (within(name, self.name) and not only_directory):
            return ""
        cure = "name the domain's controllers under [directory] controllers"
        if only_directory:
            return f"{name} is listed by the directory alone, whose word leads no password anywhere; {cure}"
        return f"{name} lies outside {self.name}, and only DNS says that it may have the password; {cure}"

    def fair(self, parts: int = 4) -> float:
        """When one controller has had its time: a part of what is left, but time to connect, and never past the end."""
        now = time.monotonic()
        share = max(self.access.limits.connect_timeout, (self.deadline - now) / parts)
        return min(self.deadline, now + share)

    @contextmanager
    def connection(
        self, name: str, deadline: float, *, ready: Callable[[Connection], None] = lambda _connection: None
    ) -> Generator[Opened]:
        """A connection with one controller; see ``open``."""
        opened = self.open(name, deadline, ready=ready)
        with closing(opened.connection):
            yield opened

    def open(
        self, name: str, deadline: float, *, ready: Callable[[Connection], None] = lambda _connection: None
    ) -> Opened:
        """A connection with one controller. A password is sent only to one that says it serves this domain.

        Args:
            name: the controller.
            deadline: monotonic seconds after which it fails.
            ready: called with the connection before a credential is used; raises to prevent it.

        Raises:
            DirectoryError: none can be had, or the controller serves another domain.
        """
        self.turns.stop()
        access, known = self.access, list[Root]()
        controller = Controller(name, self.name, self._addresses(name, deadline))
        with self.turns.taking(deadline) as wait:

            def before(connection: Connection) -> None:
                if self.access.directory.method == "simple":  # who may be asked without a sign-in
                    known.append(self._root(connection))
                wait()
                ready(connection)

            opened = open_connection(
                controller,
                access.directory,
                connect_timeout=access.limits.connect_timeout,
                deadline=deadline,
                ready=before,
                catalogue=self.catalogue,
            )
        with ExitStack() as undo:
            undo.callback(opened.close)
            root = known[0] if known else self._root(opened)
            undo.pop_all()
        return Opened(opened, root)

    def _root(self, connection: Connection) -> Root:
        try:
            root = Root.of(connection.root())
        except ValueError as error:
            raise DirectoryError(GapReason.UNPARSABLE, f"{connection.controller}: {error}") from None
        if root.domain != self.name:
            said = f"{connection.controller} is a controller of {root.domain}"
            raise DirectoryError(GapReason.UNPARSABLE, said)
        return root

    def _addresses(self, name: str, deadline: float) -> tuple[str, ...]:
        known = self.access.directory.addresses.get(name) or self.access.addresses.get(name)
        if known:
            return (known,)
        try:
            return resolve(name, self.access.names, deadline)
        except Unresolved as error:
            raise DirectoryError(GapReason.UNREACHABLE, str(error)) from None
        except OSError as error:
            raise answers.own(error) from None
