"""The verdicts on delegation, part by part; DEL-01 to DEL-04, DEL-06 and LM-03 must not disagree about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checks.common.disks import DISKS, disks_move
from checks.common.migrating import TWO_WAYS, authentication
from checks.delegation.account import MEMBERS, member
from checks.delegation.coverage import CIFS, MIGRATION, Coverage, Form, coverage
from checks.delegation.guard import unless_guarded
from checks.delegation.remedies import any_protocol, enable, grant_names, grant_resource
from scanner.api import (
    MissingEvidence,
    Status,
    Verdict,
    View,
    failed,
    joined,
    not_applicable,
    passed,
    tell,
    unknown,
    warned,
    worst,
)
from scanner.facts.host import ComputerSystem, DeviceGuard, OperatingSystem
from scanner.facts.hyperv import MigrationAuthentication

ACCOUNTS = (*MEMBERS, *TWO_WAYS)
"""What every delegation check reads."""
FORMS = (*ACCOUNTS, OperatingSystem, DeviceGuard)
"""What tells whether a form of delegation works."""
ALL_PARTS = (*FORMS, *DISKS)
"""What the parts of ``parts`` read together."""
WINRM_SINCE = 14393
"""Windows Server 2016: from here on migrations are managed over WinRM and need protocol transition."""
NOT_PROVEN = tell("resource-based delegation covers it; no source states that for every Windows release")
DOMAINS_DIFFER = tell("the domains differ, so only resource-based delegation on the destination can work")


def unused(view: View, source: str) -> Verdict | None:
    """Why delegation from this source is not judged: it neither is used nor shall be.

    Raises:
        MissingEvidence: the source's settings decide and could not be read.
    """
    if view.estate.remote_initiated:
        return None
    if authentication(view, source) is not MigrationAuthentication.CREDSSP:
        return None
    return not_applicable(tell("{source} signs in with CredSSP and no move is started remotely", source=source))


def outside(view: View, *hosts: str) -> Verdict | None:
    """Why delegation between these hosts is not judged: one of them has no account in a directory.

    Raises:
        MissingEvidence: membership could not be read.
    """
    for host in hosts:
        if not view.one(ComputerSystem, host).part_of_domain:
            return not_applicable(tell("{host} is in no domain; ID-01 judges that", host=host))
    return None


def excused(view: View, source: str, *hosts: str) -> Verdict | None:
    """Why delegation from the source to these hosts is not judged."""
    return unused(view, source) or outside(view, source, *hosts)


def excused_with(view: View, host: str, sources: Iterable[str]) -> Verdict | None:
    """Why a host's part in delegation is not judged: no source of its moves uses any, or it has no account."""
    reasons = [attempt(lambda source=source: unused(view, source) or passed(source)) for source in sources]
    if not any(reason.status is Status.PASS for reason in reasons):
        return worst(reasons)
    return outside(view, host)


def attempt(judge: Callable[[], Verdict]) -> Verdict:
    """A part's verdict; missing evidence makes that part unknown and leaves the others alone."""
    try:
        return judge()
    except MissingEvidence as missing:
        return unknown(str(missing))


def service_verdict(view: View, source: str, destination: str, service: str) -> Verdict:
    """May the source delegate this service to the destination?"""
    found = coverage(view, source, destination, service)
    for host in (found.source, found.destination):
        if host.account.disabled:
            cure = enable(host.account, host.domain)
            return failed(
                tell("the computer account of {short} is disabled", short=host.short), tell("an enabled account"), cure
            )
    form = found.form
    by_names = form in (Form.BOTH, Form.ONE, Form.DENIED)
    if (found.doubted and not found.denied) or (found.unsettled and not by_names):
        return unknown(
            tell(
                "{seen}; whether {short} is in a group named there was not read",
                seen=found.seen,
                short=found.source.short,
            )
        )
    if form is Form.RESOURCE:
        return passed(found.seen, note=NOT_PROVEN)
    if form is Form.BOTH and not found.denied:
        return passed(found.seen)
    return _short_of(view, found, form)


def _short_of(view: View, found: Coverage, form: Form) -> Verdict:
    wanted = joined(" and ", (f'"{name}"' for name in found.destination.spns(found.service)))
    where = tell("in msDS-AllowedToDelegateTo of {short}", short=found.source.short)
    resource = tell(
        "resource-based delegation on {short} that names {short2}",
        short=found.destination.short,
        short2=found.source.short,
    )
    if not found.local:
        return failed(found.seen, resource, grant_resource(view, found), note=DOMAINS_DIFFER)
    if found.denied:
        allowed = tell("no deny entry for {short}", short=found.source.short)
        if form is Form.DENIED:
            return failed(found.seen, allowed, grant_resource(view, found))
        note = tell("which of the two wins, names or deny entry, is not documented; take the deny entry away")
        return Verdict(Status.UNKNOWN, found.seen, allowed, grant_resource(view, found), note)
    if form is Form.ONE:
        note = tell("call the destination by the name that is listed; a move that uses the other name fails")
        works = tell("the destination can be called by the one name that is listed")
        return warned(
            found.seen, tell("{wanted} {where}", wanted=wanted, where=where), grant_names(found), works=works, note=note
        )
    if form is Form.UNCONSTRAINED:
        note = tell("trusted for delegation to any service, which exposes whoever signs in")
        works = tell(
            "{short} may delegate to any service, and Credential Guard does not block it there",
            short=found.source.short,
        )
        warning = warned(
            found.seen, tell("{wanted} {where}", wanted=wanted, where=where), grant_names(found), works=works, note=note
        )
        return unless_guarded(view, found.source.host, warning)
    return failed(
        found.seen,
        tell("{wanted} {where}, or {resource}", wanted=wanted, where=where, resource=resource),
        grant_names(found),
    )


def migration_verdict(view: View, source: str, destination: str) -> Verdict:
    """May the source delegate the migration service to the destination, where machines move at all?"""
    plan = view.route(source, destination) or view.route(destination, source)
    if plan is not None and not plan.machines:
        return not_applicable(tell("only disks move, and no virtual machine"))
    return service_verdict(view, source, destination, MIGRATION)


def storage_verdict(view: View, source: str, destination: str) -> Verdict:
    """May the source delegate cifs to the destination, where that is needed at all?"""
    if not disks_move(view, source, destination):
        return not_applicable(
            tell("storage does not move and no virtual disk of {source} is on a local volume", source=source)
        )
    return service_verdict(view, source, destination, CIFS)


def transition_verdict(view: View, source: str, destination: str) -> Verdict:
    """May the source delegate whoever started the move remotely ("use any authentication protocol")?"""
    giver = member(view, source)
    control = tell(
        "userAccountControl of {short}: 0x{user_account_control}",
        short=giver.short,
        user_account_control=f"{giver.account.user_account_control:X}",
    )
    if giver.account.protocol_transition:
        return passed(tell('{control}, "use any authentication protocol"', control=control))
    reason = outside(view, destination)
    if reason:
        return reason
    seen = tell('{control}, without "use any authentication protocol" (0x1000000)', control=control)
    found = coverage(view, source, destination, MIGRATION)
    if found.unsettled:
        return unknown(tell("{seen}; {seen2}; group membership was not read", seen=seen, seen2=found.seen))
    resource = found.allowed and not found.denied
    if resource and not giver.account.delegates_to:
        return passed(
            tell("{seen}; resource-based delegation on {short} does without", seen=seen, short=found.destination.short)
        )
    if not resource and not found.local:
        return not_applicable(
            tell("{domains_differ}, and that does without protocol transition", domains_differ=DOMAINS_DIFFER)
        )
    remedy = any_protocol(giver)
    wanted = tell('"use any authentication protocol" on the source\'s account')
    works = ""
    if resource:
        works = tell(
            "resource-based delegation on {short} carries it; the listed names do not", short=found.destination.short
        )
    elif view.one(OperatingSystem, source).build < WINRM_SINCE:
        works = tell("releases before Windows Server 2016 do without it, though the documentation asks for it")
    elif not view.estate.remote_initiated:
        works = tell("the estate says that it is started while signed in on the source, which does without")
    if works:
        return warned(seen, wanted, remedy, works=works)
    note = tell("moves started remotely fail; those started while signed in on the source host work")
    return failed(seen, wanted, remedy, note=note)


def parts(view: View, source: str, destination: str) -> dict[str, Verdict]:
    """The verdicts of DEL-01, DEL-02 and DEL-03 on one direction, each for itself."""
    return {
        "DEL-01": attempt(lambda: migration_verdict(view, source, destination)),
        "DEL-02": attempt(lambda: storage_verdict(view, source, destination)),
        "DEL-03": attempt(lambda: transition_verdict(view, source, destination)),
    }
