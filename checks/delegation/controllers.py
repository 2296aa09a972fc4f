"""What each controller of a domain says about one account's delegation, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from checks.common.parts import LIMIT
from checks.delegation.account import accounts_of, find
from checks.delegation.coverage import CIFS, MIGRATION, shorten
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, joined, passed, powershell, tell, unknown, warned
from scanner.facts.directory import ComputerAccount, DirectoryServer, DomainController
from scanner.facts.host import ComputerSystem, DomainControllerHint

WANTED = tell("the same on every controller")
Told = Mapping[str, ComputerAccount | None]
"""A host's account as each controller tells it; nothing where that has none."""
PULL = "repadmin /syncall <controller> /Ade  # at once and across sites, whatever their schedule"


@dataclass(frozen=True, slots=True)
class Said:
    """What one controller says, each statement in lower case with the text as written."""

    grants: Mapping[str, str]
    """what allows something: an entry, a right, the account itself"""
    limits: Mapping[str, str]
    """what forbids or widens: deny entries, a disabled account, delegation to any service"""

    @property
    def all(self) -> frozenset[str]:
        """Every statement."""
        return frozenset((*self.grants, *self.limits))


def statements(account: ComputerAccount | None) -> Said:
    """An account's delegation as statements that can be compared; none when the controller has no such account."""
    if account is None:
        return Said({}, {})
    grants = [tell("the account"), *(entry.strip() for entry in account.delegates_to)]
    grants += [tell("any authentication protocol")] * account.protocol_transition
    grants += [tell("allows {sid}", sid=sid) for sid in account.allowed_sids]
    limits = [tell("denies {sid}", sid=sid) for sid in account.denied_sids]
    limits += [tell("disabled")] * account.disabled + [tell("delegation to any service")] * account.unconstrained
    return Said({text.lower(): text for text in grants}, {text.lower(): text for text in limits})


def offers(account: ComputerAccount | None) -> Said:
    """What of a destination's account decides for its sources: names of services, and the list of who may delegate."""
    if account is None:
        return Said({}, {})
    classes = tuple(f"{service}/".lower() for service in (MIGRATION, CIFS, "HOST"))
    grants = [tell("the account"), *(name.strip() for name in account.spns if name.strip().lower().startswith(classes))]
    grants += [tell("allows {sid}", sid=sid) for sid in account.allowed_sids]
    limits = [tell("denies {sid}", sid=sid) for sid in account.denied_sids] + [tell("disabled")] * account.disabled
    return Said({text.lower(): text for text in grants}, {text.lower(): text for text in limits})


def ask_all(view: View, host: str) -> tuple[dict[str, ComputerAccount | None], list[str]]:
    """The host's account as each controller of its domain tells it, and why others say nothing.

    They are those that DNS lists and those that the directory lists: neither need be all.

    Raises:
        MissingEvidence: the controllers are not known.
    """
    said: dict[str, ComputerAccount | None] = {}
    silent: list[str] = []
    system = view.one(ComputerSystem, host)
    domain = system.dns_domain
    names = [row.name for row in view.rows(DomainController, domain)]
    more = view.ask(DirectoryServer, domain)
    if isinstance(more, Gap):
        silent.append(tell("{domain} may have controllers that DNS does not list: {more}", domain=domain, more=more))
    else:
        names += [row.name for row in more]
    for name in dict.fromkeys(names):
        rows = view.ask(ComputerAccount, name)
        if isinstance(rows, Gap):
            silent.append(str(rows))
            continue
        try:
            said[name] = find(view.derived(ComputerAccount, name, accounts_of), system, host)
        except MissingEvidence as unclear:
            silent.append(tell("{name}: {unclear}", name=name, unclear=unclear))
    return said, silent


def lacking(said: Mapping[str, Said]) -> dict[str, str]:
    """Controllers that lack what another one says, each with what it lacks."""
    texts: dict[str, str] = {}
    for answer in said.values():
        texts |= {**answer.grants, **answer.limits}
    found = {name: [text for key, text in texts.items() if key not in answer.all] for name, answer in said.items()}
    return {name: shorten(missing) for name, missing in found.items() if missing}


def lacks_grant(said: Mapping[str, Said], controller: str) -> bool:
    """Whether this controller lacks something that another one grants."""
    return any(key not in said[controller].grants for answer in said.values() for key in answer.grants)


def own_controller(view: View, host: str, said: Mapping[str, Said]) -> str:
    """Which of these controllers the host uses, as its last policy run tells; empty where it tells none.

    Raises:
        MissingEvidence: it could not be read, or is a controller that did not say anything: what the others say
            proves nothing about that one.
    """
    hints = [row.name for row in view.rows(DomainControllerHint, host) if row.name]
    for name in said:
        if any(hint in (name, name.partition(".")[0]) for hint in hints):
            return name
    if hints:
        raise MissingEvidence(
            tell(
                "{host} last used the controller {shorten}, and what that one says was not read",
                host=host,
                shorten=shorten(hints),
            )
        )
    return ""


def forbids_more(said: Mapping[str, Said], controller: str) -> bool:
    """Whether this controller denies what another one does not."""
    return any(key not in answer.limits for answer in said.values() for key in said[controller].limits)


def asked(view: View, host: str, source: str, said: Mapping[str, Said]) -> Verdict | None:
    """Judge what the controllers say of a destination, by the one that a source uses; nothing where they agree.

    Raises:
        MissingEvidence: they differ, and which one the source asks is not known.
    """
    if not lacking(said):
        return None
    theirs, own = (view.one(ComputerSystem, name).dns_domain for name in (host, source))
    if theirs == own:
        return compared(view, source, said, who=source)
    missing = joined("; ", (tell("{name} lacks {what}", name=name, what=what) for name, what in lacking(said).items()))
    return unknown(
        tell(
            "{missing}; which controller of {theirs} {source} asks is not known",
            missing=missing,
            theirs=theirs,
            source=source,
        ),
        wanted=WANTED,
    )


def unlike(view: View, host: str, told: Told, kinds: Iterable[Callable[[ComputerAccount], Said]]) -> list[Verdict]:
    """Unknown where the domain, asked as a whole, told otherwise than its controllers, or two accounts are told."""
    system = view.one(ComputerSystem, host)
    try:
        whole = find(view.derived(ComputerAccount, system.dns_domain, accounts_of), system, host)
    except MissingEvidence as missing:
        return [unknown(str(missing), wanted=WANTED)]
    sids = {name: row.sid for name, row in {system.domain: whole, **told}.items() if row is not None and row.sid}
    found = list[Verdict]()
    if len(set(sids.values())) > 1:
        what = joined("; ", (f"{name}: {sid}" for name, sid in sids.items()))
        why = tell("which of them it signs in as is not known, and lists that name the other do not name it")
        found.append(
            unknown(
                tell("two accounts of {host} are told ({what}): {why}", host=host, what=what, why=why), wanted=WANTED
            )
        )
    answers = [row for row in told.values() if row is not None]
    if whole is not None and answers:
        found += (
            unknown(text, wanted=WANTED) for of in kinds for text in _otherwise(system.domain, of, whole, answers)
        )
    return found


def _otherwise(
    domain: str, of: Callable[[ComputerAccount], Said], account: ComputerAccount, answers: Iterable[ComputerAccount]
) -> Iterator[str]:
    """What the domain told and no controller does; and what all of them forbid and the domain did not."""
    whole, said = of(account), [of(row) for row in answers]
    known = frozenset[str]().union(*(answer.all for answer in said))
    more = [text for key, text in {**whole.grants, **whole.limits}.items() if key not in known]
    if more:
        yield tell(
            "{domain} tells {shorten}, and none of its controllers does; if it is new, scan again",
            domain=domain,
            shorten=shorten(more),
        )
    less = [text for key, text in said[0].limits.items() if all(key in a.limits for a in said) and key not in whole.all]
    if less:
        yield tell(
            "every controller of {domain} tells {shorten}, and {domain} did not; if it is new, scan again",
            domain=domain,
            shorten=shorten(less),
        )


def compared(view: View, host: str, said: Mapping[str, Said], who: str = tell("the host")) -> Verdict:
    """Judge what the controllers say, by the one that a host uses."""
    own, lost = own_controller(view, host, said), lacking(said)
    missing = joined("; ", (tell("{name} lacks {what}", name=name, what=what) for name, what in lost.items()))
    if not missing:
        note = "" if own else tell("{host} has not recorded which controller it uses", host=host)
        return passed(tell("the same on {names}", names=joined(", ", said)), note=note)
    seen, wanted = (
        tell("{missing}; {who} uses {own}", missing=missing, who=who, own=own or tell("an unknown one")),
        WANTED,
    )
    # which of them is behind is not told: what one lacks may be new elsewhere, or taken away there already
    others = sorted(name for name in said if name not in lost and any(said[name] != said[one] for one in lost))
    remedy = joined("\n", (powershell(PULL, controller=name) for name in [*sorted(lost), *others][:LIMIT]))
    if not own or (forbids_more(said, own) and not lacks_grant(said, own)):
        return replace(unknown(seen, wanted=wanted), remedy=remedy)
    if lacks_grant(said, own):
        return failed(seen, wanted, remedy, note=tell("replication pending"))
    works = tell("{own}, which {who} uses, has all that is granted anywhere", own=own, who=who)
    return warned(seen, wanted, remedy, works=works, note=tell("replication pending"))
