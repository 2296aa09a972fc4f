"""Site Recovery makes the certificates of hosts that replicate by certificate; where one is gone, replication stops.

Passes when LocalMachine\\My of the host holds a certificate that is valid now, with its private key, whose friendly
name begins as Site Recovery calls those of hosts. None, or none that is valid, fails. Unknown where it holds none of
that name, but the one that the host was told to use for replication: a friendly name can be edited. With Kerberos,
before the cloud's settings are saved, and for a host without a planned route it does not apply; whether the
certificate fits and is trusted, REP-05 judges. Source: Azure documentation,
site-recovery-manage-registration-and-protection.
"""

from __future__ import annotations

from checks.common.certificates import find
from checks.replica.planned import without_certificates
from scanner.api import (
    Gap,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
)  # fmt: skip
from scanner.facts.certificates import OwnCertificate
from scanner.facts.replica_certificates import ReplicaCertificate

PREFIX = "ASR_HYPER_V_HOST_CERT_KEY_CONTAINER"
WANTED = tell("a valid certificate whose friendly name begins with {prefix}", prefix=PREFIX)
SAVE = tell(
    "Save the settings of the protected cloud in the Azure portal again: Site Recovery then makes the certificates."
)


@check(
    id="ASR-08",
    title="ASR-created host certificates present and valid (HTTPS)",
    fails="No certificate that Site Recovery made for the host is valid and has its private key",
    severity=Severity.LOW,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.HOST,
    seed="S4 #step-4-configure-cloud-protection-settings item 9",
    needs=(OwnCertificate, ReplicaCertificate),
    remedy=SAVE,
    ends="the host's certificate of Site Recovery expires",
    begins="a certificate of Site Recovery becomes valid",
)
def host_certificates(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if reason := without_certificates(view):
        return not_applicable(reason)
    if not any(host.host in (route.source, route.destination) for route in view.estate.routes):
        return not_applicable(tell("no planned route begins or ends here"))
    rows = view.rows(OwnCertificate, host.host)
    made = [row for row in rows if row.friendly_name.casefold().startswith(PREFIX.casefold())]
    told = [(row.certificate.not_before, row.certificate.not_after, row.has_key) for row in made]
    if any(start <= view.now <= end and has_key for start, end, has_key in told):
        return passed(tell("one of {count} is valid", count=len(made)))
    if any(row.certificate.problem for row in made):
        return unknown(tell("a certificate of that name could not be read"), wanted=WANTED)
    chosen = view.ask(ReplicaCertificate, host.host)
    if not made and not isinstance(chosen, Gap) and any(find(rows, row.thumbprint) for row in chosen):
        return unknown(tell("the certificate chosen for replication bears another friendly name"), wanted=WANTED)
    seen = (
        tell("{count} of that name, none valid and with its key", count=len(made))
        if made
        else tell("none of {count} of that name", count=len(rows))
    )
    return failed(seen, WANTED, SAVE)
