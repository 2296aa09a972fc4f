"""Which controllers a domain has, where they are, and sessions with them: one that answers, or each."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from scanner.collectors.directory.rows import Root
from scanner.estate.access import Access
from scanner.model import GapReason
from scanner.transport.ldap import Session
from scanner.transport.ldap_answers import DirectoryError
from scanner.transport.ldap_sign_in import Controller, open_session
from scanner.transport.resolve import Unresolved, controllers, resolve


@dataclass(frozen=True, slots=True)
class Opened:
    """A signed-in session with a controller of the domain."""

    session: Session
    root: Root


@dataclass(slots=True)
class Domain:
    """A domain and how to reach it."""

    name: str
    access: Access
    deadline: float
    """monotonic seconds"""
    failures: dict[str, DirectoryError] = field(default_factory=dict[str, DirectoryError])
    """by controller: why it gave no session, or lost it"""

    def controllers(self) -> tuple[str, ...]:
        """The names of its controllers: those the estate names, else those DNS lists.

        Raises:
            DirectoryError: DNS lists none.
        """
        named = self.access.directory.controllers.get(self.name)
        if named:
            return tuple(name.lower().rstrip(".") for name in named)
        try:
            return controllers(self.name, self.access.names, self.deadline)
        except Unresolved as error:
            raise DirectoryError(GapReason.UNREACHABLE, str(error)) from None

    @contextmanager
    def session(self, name: str, deadline: float) -> Generator[Opened]:
        """A session with one controller.

        Raises:
            DirectoryError: none can be had, or the controller serves another domain.
        """
        access = self.access
        controller = Controller(name, self.name, self._addresses(name, deadline))
        opened = open_session(
            controller, access.directory, connect_timeout=access.limits.connect_timeout, deadline=deadline
        )
        with closing(opened):
            try:
                root = Root.of(opened.root())
            except ValueError as error:
                raise DirectoryError(GapReason.UNPARSABLE, f"{name}: {error}") from None
            if root.domain != self.name:
                raise DirectoryError(GapReason.UNPARSABLE, f"{name} is a controller of {root.domain}")
            yield Opened(opened, root)

    def first(self, names: Sequence[str], use: Callable[[Opened], None]) -> str:
        """Use a session with the first controller that answers to the end, and give its name.

        Each gets an equal share of the time left, so that one that hangs leaves some to the others. A refused sign-in
        is not tried again elsewhere: it would lock the account.

        Raises:
            DirectoryError: none answered; the text names each and its cause.
        """
        for place, name in enumerate(names):
            now = time.monotonic()
            deadline = now + max(0.0, self.deadline - now) / (len(names) - place)
            try:
                with self.session(name, deadline) as opened:
                    use(opened)
            except DirectoryError as error:
                self.failures[name] = error
                if error.final:
                    raise
            else:
                return name
        reasons = [error.reason for error in self.failures.values()]
        details = "; ".join(error.detail for error in self.failures.values())
        raise DirectoryError(reasons[0] if reasons else GapReason.UNREACHABLE, details[:400])

    def _addresses(self, name: str, deadline: float) -> tuple[str, ...]:
        known = self.access.directory.addresses.get(name) or self.access.addresses.get(name)
        if known:
            return (known,)
        try:
            return resolve(name, self.access.names, deadline)
        except Unresolved as error:
            raise DirectoryError(GapReason.UNREACHABLE, str(error)) from None
