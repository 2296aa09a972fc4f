"""What a check is: its metadata, its questions of the second round, and its verdict on one subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from scanner.words.model import Fact, Profile, Severity, Status
from scanner.words.scope import Scope, Subject
from scanner.words.telling import by_text
from scanner.words.view import View


class Who(StrEnum):
    """Whose work mends what a check finds."""

    DIRECTORY = "directory"
    """the administrators of a domain"""
    HOST = "host"
    """who runs the Hyper-V host's Windows"""
    NETWORK = "network"
    STORAGE = "storage"
    VIRTUAL_MACHINE = "virtual machine"
    """who owns the virtual machine, and may have to stop it"""
    OPERATOR = "operator"
    """who plans and starts the move"""
    AZURE = "azure"
    """who administers the vault and its keys"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says about one subject."""

    status: Status
    seen: str = ""
    wanted: str = ""
    remedy: str = ""
    note: str = ""
    works: str = ""
    """of a WARN: why the move works all the same"""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of it."""
        return self.seen, self.wanted, self.remedy, self.note, self.works


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of the second round: a fact whose query needs an argument that came from another machine's answer."""

    fact: type[Fact]
    target: str
    argument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Metadata and one pure function over evidence for one subject."""

    id: str
    title: str
    severity: Severity
    profiles: frozenset[Profile]
    scope: Scope
    seed: str
    """The passage that demands it, or ``beyond seeds``."""
    who: Who
    needs: tuple[type[Fact], ...]
    judge: Callable[[Subject, View], Verdict]
    asks: Callable[[Subject, View], Iterable[Ask]] | None = None
    of_source: tuple[type[Fact], ...] = ()
    """Of its needs those that are read of hosts where a planned route starts, whatever the scope says"""
    of_destination: tuple[type[Fact], ...] = ()
    """those that are read of hosts where one ends; a fact of both is read of either end"""
    of_all: tuple[type[Fact], ...] = ()
    """those that are read of every host"""
    follows: tuple[str, ...] = ()
    """Checks whose failure on the same subject, or on a machine of it, this one's follows from; HOST-01 always."""
    fails: str = ""
    """What its title says where it fails: ``The registration key has expired``."""
    warns: str = ""
    """What its title says where it warns, and the move works: ``The registration key expires soon``."""
    remedy: str = ""
    """What to do in general; a finding's own remedy is a command for its subject."""
    by_profile: bool = False
    """Each kind of move is judged by itself, and has its own finding."""
    of_machines: bool = False
    """It is about machines that move: where only disks do, it does not apply."""
    ends: str = ""
    """What happens where time alone makes its verdict worse: ``the registration key expires``."""
    begins: str = ""
    """What happens where time alone makes it better: ``the registration key becomes valid``."""
    doc: str = ""
    """The module's docstring: why it matters, and exactly what passes."""
    module: str = ""

    def headline(self, status: Status) -> str:
        """What is, in place of what is demanded, where those differ."""
        return {Status.FAIL: self.fails, Status.WARN: self.warns}.get(status) or self.title

    def __post_init__(self) -> None:
        """Let its texts be known as told, and see that the marks are of needs.

        Raises:
            ValueError: one is of a fact that the check does not need.
        """
        for name in ("title", "remedy", "fails", "warns", "ends", "begins"):
            object.__setattr__(self, name, by_text(getattr(self, name)))
        for fact in (*self.of_source, *self.of_destination, *self.of_all):
            if fact not in self.needs:
                raise ValueError(f"{self.id} says of which hosts {fact.__name__} is read, and does not need it")
