"""Makes sure, before a host is asked, that this machine can sign in: secrets, libraries, ticket, certificates.

What is wrong here is a fault of the configuration or of the machine that runs the scan, and no host's: the run ends
with it, exit 2, with all such faults at once and what to do about each. A prompt stands before the progress, costs no
machine its time, and comes last: nobody types a password to learn then that another one is missing.

Where every machine's answers were brought as a file, and domains alone would be signed in to, it is told and the run
goes on: such a scan is made where little can be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.util import find_spec

from scanner.collect.plan import first_round
from scanner.collect.transport.answers import file_of
from scanner.commands.console import UsageError, tell
from scanner.commands.usable_files import authorities, own_certificate
from scanner.estate.access import WINRM, Access, DirectoryAccess, SignIn
from scanner.estate.secret import SecretError
from scanner.judge import judging
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.model import MACHINES, TargetKind
from scanner.words.system import WINDOWS
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.trouble import Advice, Kind, advise
from scanner.words.wording import counted

Trial = Callable[[], "tuple[str, str] | None"]
"""Tries one thing; gives the kind of trouble and words for it, if there is any."""
ALONE = phrase("user = stands there without a password, and Windows signs in as the user of the session: leave it out")
GSSAPI, CREDSSP = (phrase("the library {name} is not installed", name=name) for name in ("gssapi", "requests-credssp"))


@dataclass(slots=True)
class Faults:
    """What keeps this machine from signing in, each with the targets that need it."""

    found: dict[tuple[str, Advice], dict[str, None]] = field(default_factory=dict[tuple[str, Advice], dict[str, None]])

    def note(self, kind: str, why: str, target: str, *, table: str, extra: str) -> None:
        """One more target that a fault concerns."""
        self.found.setdefault((why, advise(kind, table=table, extra=extra)), {})[target] = None

    def without(self, targets: Iterable[str]) -> tuple[str, ...]:
        """Those of the targets that none concerns."""
        return tuple(target for target in targets if not any(target in hit for hit in self.found.values()))

    def __str__(self) -> str:
        """All of it, in lines."""
        lines: list[str] = []
        for (why, advice), targets in self.found.items():
            lines.append(
                phrase(
                    "  {why}; without it no answer comes from {targets}",
                    why=why,
                    targets=counted(len(targets), "target"),
                )
            )
            lines.append(phrase("    do: {for_target}", for_target=advice.for_target(next(iter(targets)))))
        return joined("\n", lines)


def make_ready(checks: Iterable[Check], estate: Estate, access: Access) -> None:
    """See that every planned sign-in can be tried, and read the secrets for it, each once.

    Raises:
        UsageError: one cannot; the text says which, and what to do.
    """
    planned = [(want.kind, want.target) for want in first_round(judging.enabled(checks, estate.profiles), estate)]
    machines = [name for kind, name in planned if kind in MACHINES and file_of(access.answers, name) is None]
    domains = [name for kind, name in planned if kind is TargetKind.DOMAIN]
    faults = faults_of(machines, domains, access)
    if not faults.found:
        return
    if machines or access.answers is None:
        raise UsageError(
            phrase("nobody was asked anything, since this machine cannot sign in:\n{faults}", faults=faults)
        )
    tell(phrase("the domains cannot be read, since this machine cannot sign in:\n{faults}", faults=faults))


def make_ready_for(access: Access, domains: Iterable[str]) -> None:
    """The same for domains that are asked by themselves.

    Raises:
        UsageError: this machine cannot sign in.
    """
    faults = faults_of((), domains, access)
    if faults.found:
        raise UsageError(
            phrase("nobody was asked anything, since this machine cannot sign in:\n{faults}", faults=faults)
        )


def faults_of(machines: Iterable[str], domains: Iterable[str], access: Access, *, onwards: bool = False) -> Faults:
    """What is wrong here. The first step to find anything is the last, ``onwards`` only for its targets."""
    machines, domains = tuple(machines), tuple(domains)
    faults = Faults()
    for step in (at_hand, _asked, _keys):
        for machine in faults.without(machines):
            way = access.sign_in(machine)
            extra = "credssp" if way.method == "credssp" else "kerberos"
            _try(step(way), faults, machine, table="sign_in", extra=extra)
        for domain in faults.without(domains):
            _try(_of_directory(step, access.directory), faults, domain, table="directory", extra="kerberos")
        if faults.found and not onwards:
            break
    return faults


def _try(trials: Iterable[Trial], faults: Faults, target: str, *, table: str, extra: str) -> None:
    for trial in trials:
        if wrong := trial():
            faults.note(*wrong, target, table=table, extra=extra)
            return


def at_hand(way: SignIn) -> Iterator[Trial]:
    """What a look at runs nothing and asks nobody."""
    if way.transport not in WINRM:
        yield from _secret(way, at_hand=True)
        return
    if way.method == "credssp":
        yield partial(_lacks, "requests_credssp", CREDSSP)
    elif WINDOWS:
        yield lambda: (Kind.NO_TICKET, ALONE) if way.user and not way.password and way.method == "kerberos" else None
    elif way.method == "kerberos" or (way.method == "negotiate" and not way.user):
        yield partial(_lacks, "gssapi", GSSAPI) if way.user and way.password is not None else no_ticket
    if way.transport == "https":
        yield lambda: authorities(way.ca, verify=way.verify)
    yield from _secret(way, at_hand=True)


def _asked(way: SignIn) -> Iterator[Trial]:
    """What runs a program, or asks a person."""
    return _secret(way, at_hand=False)


def _keys(way: SignIn) -> Iterator[Trial]:
    """The client's certificate, which may need a secret that was read before."""
    if way.method == "certificate" and way.transport == "https":
        yield lambda: own_certificate(way)


def _of_directory(step: Callable[[SignIn], Iterator[Trial]], way: DirectoryAccess) -> Iterator[Trial]:
    """The same steps for a domain."""
    simple = way.method == "simple"
    if step is at_hand and way.way != "sealed":
        yield lambda: authorities(way.ca, verify=way.verify)
    if step is at_hand and not simple and not WINDOWS:
        yield no_ticket
    if step is not _keys and simple:
        as_machine = SignIn(method="basic", user=way.user, password=way.password)
        yield from _secret(as_machine, at_hand=step is at_hand)


def _secret(way: SignIn, *, at_hand: bool) -> Iterator[Trial]:
    with_key = way.method == "certificate"
    source, user = (way.key_password, way.certificate_key) if with_key else (way.password, way.user)
    if source is None or source.is_at_hand is not at_hand or not (user or with_key):
        return

    def read() -> tuple[str, str] | None:
        try:
            source.value(user)
        except SecretError as error:
            return Kind.NO_SECRET, str(error)
        return None

    yield read


@cache
def no_ticket() -> tuple[str, str] | None:
    """Why no ticket can be signed in with, if so."""
    from scanner.collect.transport.kerberos import ticket  # it loads the libraries for it

    kind, why = ticket.lacking()
    return (kind, why) if why else None


def _lacks(module: str, why: str) -> tuple[str, str] | None:
    return None if find_spec(module) else (Kind.NO_LIBRARY, why)
