"""What one verdict of a check is about: scopes, and the subjects that a scope finds in evidence and estate.

A scope says everything about its subjects, once: who they are, whom they are read from, what people call them, whom a
finding bears upon, and what it is on a dashboard. ``scanner.judge.scopes`` has ours; plug-ins make their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import repeat

from scanner.words.bearing import MACHINES, Bearing, Role, of_hosts
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, Status, TargetKind
from scanner.words.names import joined
from scanner.words.part import Part
from scanner.words.telling import tell
from scanner.words.wording import counted


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of a subject before a check looks at it: that nothing can be judged, and why."""

    status: Status
    """NOT_APPLICABLE where there is nothing to judge, UNKNOWN where nobody could look"""
    reason: str
    lacks: tuple[Gap, ...] = ()  # what was not had, where that is why


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One kind of subject. Its name is its identity; a plug-in's scope bears a name with a dot in it."""

    name: str
    """in JSON and on dashboards"""
    noun: str = field(compare=False)
    """what people call one of them: ``3 hosts``"""
    parts: tuple[Part, ...] = field(compare=False)
    """what the names of a subject name, in their order"""
    role: Role = field(compare=False)
    subjects: Callable[[Scope, Evidence], Iterable[Case]] = field(compare=False, repr=False)
    """every subject, in a stable order; where there is none, or nobody could look, ``no_subject`` or ``unseen``"""
    machines: frozenset[TargetKind] = field(default=frozenset({TargetKind.HOST}), compare=False)
    """which machines are read for it, where a fact may be asked of several kinds"""
    needs: tuple[type[Fact], ...] = field(default=(), compare=False)
    """the facts that name its subjects"""
    link: str = field(default=" on ", compare=False)
    """what stands between the names where people read them"""
    between: str = field(default="--", compare=False)
    """what stands between the names in links and on dashboards, where the joined names are its identity"""
    declared: str = field(default="", compare=False)
    """what of the estate names its subjects, as Estate calls it: where it names none, nothing is read for the scope"""
    many: str = field(default="", compare=False)  # what people call several, where no "s" makes it: ``pairs of clouds``
    target: bool = field(default=False, compare=False)  # its subjects are read: a dashboard has a case for how each was
    first_machine: int = field(init=False, compare=False, default=0)
    last_machine: int = field(init=False, compare=False, default=0)
    vm: int = field(init=False, compare=False, default=0)

    def __post_init__(self) -> None:
        if self.parts.count(Part.MACHINE) < MACHINES.get(Role(self.role), 0) or not self.parts:
            raise ValueError(f"the scope {self.name} bears upon {self.role}, and its parts do not name what that needs")
        places = [place for place, part in enumerate(self.parts) if part is Part.MACHINE] or [0]
        vm = self.parts.index(Part.VM) if Part.VM in self.parts else -1
        for name, place in (("first_machine", places[0]), ("last_machine", places[-1]), ("vm", vm)):
            object.__setattr__(self, name, place)

    def __str__(self) -> str:
        """The name, as reports print it."""
        return self.name

    def __format__(self, form: str) -> str:
        """The name, padded as the form says."""
        return format(self.name, form)

    def of(self, *names: str, label: str = "") -> Case:
        """A subject of this scope that a check shall look at."""
        return Case(Subject(self, names, label))

    def cases(self, evidence: Evidence) -> Iterator[Case]:
        """Its subjects; where its rule names none and does not say why, one finding on the run: unknown."""
        none = True
        for case in self.subjects(self, evidence):
            if not isinstance(case, Case):  # pyright: ignore[reportUnnecessaryIsInstance] - a plug-in gave it
                raise TypeError(f"it gave a {type(case).__name__}, which is no Case")
            none = False
            yield case
        if none:
            yield unseen(tell("the scope {name} names no {noun} and does not say why", name=self.name, noun=self.noun))

    def bears(self, case: Case) -> Bearing:
        """Whom a finding about the case bears upon: its hosts where evidence tells them, else what the scope says."""
        return case.bears or self.bearing(case.subject)

    def bearing(self, subject: Subject) -> Bearing:
        """Whom a finding about the subject bears upon as its names tell it; where its names tell none, every move."""
        if subject.kind.role in (Role.RUN, Role.PROFILE, Role.HOSTS):
            return ()
        match self.role:
            case Role.ROUTE:
                return (self.role, subject.source, subject.destination)
            case Role.PAIR:
                return (self.role, *sorted((subject.source, subject.destination)))
            case Role.SOURCE | Role.DESTINATION | Role.EITHER_END:
                return (self.role, subject.host)
            case Role.HOSTS | Role.PROFILE | Role.RUN:
                return ()


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a finding is about. ``names`` identify it and hold no measured value; ``label`` is for people."""

    kind: Scope
    names: tuple[str, ...]
    label: str = field(default="", compare=False)
    id: str = field(init=False, repr=False, compare=False)
    """stable identity within its kind; made once, for every finding is sorted and told by it"""

    def __post_init__(self) -> None:
        if len(self.names) != len(self.kind.parts):
            raise ValueError(f"a subject of {self.kind} has {counted(len(self.kind.parts), 'name')}, not {self.names}")
        if not all(map(isinstance, (*self.names, self.label), repeat(str))):
            raise TypeError(f"names and label of a subject of {self.kind} are text")
        object.__setattr__(self, "id", joined(self.names))

    @property
    def title(self) -> str:
        """What people read."""
        return self.label or self.kind.link.join(self.names)

    @property
    def host(self) -> str:
        """The machine it is about, of a route or a virtual machine the source; else its first name."""
        return self.names[self.kind.first_machine]

    @property
    def source(self) -> str:
        """The host a move starts from."""
        return self.names[self.kind.first_machine]

    @property
    def destination(self) -> str:
        """The host a move ends on."""
        return self.names[self.kind.last_machine]

    @property
    def vm_id(self) -> str:
        """The virtual machine's GUID (lower case, no braces), or ``ALL_VMS``; empty where it is about none."""
        return self.names[self.kind.vm] if self.kind.vm >= 0 else ""

    @property
    def machines(self) -> tuple[str, ...]:
        """The machines it is about, by name."""
        named = zip(self.kind.parts, self.names, strict=False)
        return tuple(dict.fromkeys(name for part, name in named if part is Part.MACHINE))


@dataclass(frozen=True, slots=True)
class Case:
    """A subject, and what is settled about it before any check looks at it, if anything is."""

    subject: Subject
    settled: Settled | None = None
    bears: Bearing = ()
    """whom it bears upon, where evidence tells its hosts; empty: as its scope says"""

    def upon(self, *hosts: str) -> Case:
        """The same, of which a finding bears on the moves that start or end on one of these hosts alone.

        They must be all: whoever may be one is named, too. Of none named, it bears on what its scope says.
        """
        return replace(self, bears=of_hosts(*hosts))

    def not_applicable(self, reason: str) -> Case:
        """The same, of which no check says anything, for this reason."""
        return replace(self, settled=Settled(Status.NOT_APPLICABLE, reason))

    def unknown(self, reason: str | Gap) -> Case:
        """The same, which no check can judge, for this reason; ERROR where the gap is a defect of ours."""
        status, lacks = (reason.status, (reason,)) if isinstance(reason, Gap) else (Status.UNKNOWN, ())
        return replace(self, settled=Settled(status, str(reason), lacks))


def _this_run(scope: Scope, _evidence: Evidence) -> Iterator[Case]:
    yield scope.of("run", label=tell("this run"))


RUN = Scope("run", "run", (Part.OTHER,), Role.RUN, _this_run)


def no_subject(reason: str) -> Case:
    """There is none, as evidence or estate says: one finding on the run, NOT_APPLICABLE, with the reason."""
    return RUN.of("run", label=tell("this run")).not_applicable(reason)


def unseen(reason: str | Gap) -> Case:
    """Nobody knows whether there is any: one finding on the run, UNKNOWN, with the reason."""
    return RUN.of("run", label=tell("this run")).unknown(reason)
