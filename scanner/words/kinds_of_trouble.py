"""What keeps many answers away at once, when people meet it, and what to do about it: one table for all who tell of it.

Live progress, reports and ``docs/troubleshooting.md`` are written from it, in the words of whoever runs the scan. A
kind says nothing about why exactly; that is the detail of the gap beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What it is, in a word that stays the same in records and reports."""

    NO_TICKET = "no-ticket"
    NO_LIBRARY = "no-library"
    NO_SECRET = "no-secret"
    UNUSABLE_FILE = "unusable-file"
    NOT_TRUSTED = "not-trusted"
    OTHER_NAME = "other-name"
    OUT_OF_DATE = "out-of-date"
    NO_TLS = "no-tls"
    ONLY_TLS = "only-tls"
    SIGN_IN_REFUSED = "sign-in-refused"
    OTHER_WAYS = "other-ways"
    NOT_ALLOWED = "not-allowed"
    NO_CONFIGURATION = "no-configuration"
    NO_SCRIPTS = "no-scripts"
    NO_RIGHTS = "no-rights"
    CLOCK = "clock"
    NO_KDC = "no-kerberos-server"
    NO_SERVICE = "no-service"
    NO_NAME = "no-name"
    NO_CONTROLLER = "no-controller"
    DROPPED = "dropped"
    REFUSED = "refused"
    CLOSED = "closed"
    SILENT = "silent"
    SLOW = "slow"


OF_THE_RUNNER = (Kind.NO_TICKET, Kind.NO_LIBRARY, Kind.NO_SECRET, Kind.UNUSABLE_FILE)
"""Nothing of a machine: they are found before one is asked, and the run ends there."""


@dataclass(frozen=True, slots=True)
class Row:
    """A kind: when people meet it, and what to do."""

    kind: Kind
    when: str
    do: str


TABLE = (
    Row(
        Kind.NO_TICKET,
        "the sign-in is by Kerberos, and this machine has no ticket, or one that has expired",
        "get one here: kinit svc-preflight@{realm} (klist shows what there is); with a password alone, write "
        'method = "negotiate" under [sign_in] and method = "simple" under [directory], each with user and password',
    ),
    Row(
        Kind.NO_LIBRARY,
        "the library for the sign-in is not installed",
        "install hv-preflight with the extra that brings it, from a checkout: pipx install --force '.[{extra}]'",
    ),
    Row(
        Kind.NO_SECRET,
        "what the estate file names holds no password",
        "see that what the key names holds it for the account that runs this, or name another source: "
        '{ env = "HV_PASSWORD" }, { file = "..." }, { keyring = "..." }, { command = [...] } or { prompt = true }',
    ),
    Row(
        Kind.UNUSABLE_FILE,
        "a file of certificates or keys that the estate file names cannot be used",
        "name a file in PEM form, which holds a line -----BEGIN CERTIFICATE-----; what Windows exports as DER becomes "
        "one by: openssl x509 -inform der -in corp-ca.cer -out corp-ca.pem",
    ),
    Row(
        Kind.NOT_TRUSTED,
        "nobody whom this machine knows vouches for the certificate",
        'write ca = "corp-ca.pem" under [{table}]: the PEM file of the authority that issued it',
    ),
    Row(
        Kind.OTHER_NAME,
        "the certificate is for another name",
        "ask it under the name in its certificate, or give its listener a certificate for {target}",
    ),
    Row(
        Kind.OUT_OF_DATE,
        "the certificate is not valid today",
        "renew the certificate of {target}; if it is valid, set the clock of this machine",
    ),
    Row(
        Kind.NO_TLS,
        "https is asked of a port that speaks plain HTTP, as 5985 does",
        'write port = 5986 under [{table}], where WinRM speaks TLS; or transport = "http", for which 5985 is right '
        "(kerberos and negotiate encrypt there, too)",
    ),
    Row(
        Kind.ONLY_TLS,
        "http is asked of a port that speaks TLS, as 5986 does",
        'write transport = "https" under [{table}], for which 5986 is right; or port = 5985',
    ),
    Row(
        Kind.SIGN_IN_REFUSED,
        "the machine or a controller refuses the account, its password or its ticket",
        "look at the account {user}: its password, whether it is locked or has expired, and whether it may sign in to "
        "{target} over the network",
    ),
    Row(
        Kind.OTHER_WAYS,
        "the machine takes other ways to sign in",
        "write a method under [{table}] that {target} takes; on it: winrm get winrm/config/service/auth",
    ),
    Row(
        Kind.NOT_ALLOWED,
        "the account signs in, and may not use WinRM or the session configuration",
        "make {user} a member of Remote Management Users on {target}, or give it an endpoint of its own: hv-preflight "
        "jea, and docs/least-privilege.md",
    ),
    Row(
        Kind.NO_CONFIGURATION,
        "the machine has no session configuration of that name",
        "look how it is called there (Get-PSSessionConfiguration on {target}) and write configuration under [{table}]; "
        "hv-preflight jea makes one",
    ),
    Row(
        Kind.NO_SCRIPTS,
        "the endpoint takes commands only",
        'write configuration = "NAME" under [{table}], with the name of that session configuration: then commands are '
        "sent, and no script",
    ),
    Row(
        Kind.NO_RIGHTS,
        "the account signs in, and may not read some things",
        "give {user} the rights that docs/least-privilege.md names: a group, or the endpoint that hv-preflight jea "
        "writes",
    ),
    Row(
        Kind.CLOCK,
        "the clocks differ by more than the five minutes that Kerberos bears",
        "set the clock of this machine and of {target} (Windows: w32tm /query /status, Linux: timedatectl)",
    ),
    Row(
        Kind.NO_KDC,
        "no Kerberos server of the realm is found, or none answers",
        "see that this machine finds a controller of {domain} and reaches its port 88: "
        "nslookup -type=SRV _kerberos._tcp.{domain}",
    ),
    Row(
        Kind.NO_SERVICE,
        "the domain knows no machine of that name",
        "write the machine's name as the domain knows it: setspn -Q HOST/{target} finds it",
    ),
    Row(
        Kind.NO_NAME,
        "the name has no address",
        'nslookup {target}, from here; where DNS shall not be asked, write address = "..." in its table',
    ),
    Row(
        Kind.NO_CONTROLLER,
        "DNS lists no controller of the domain",
        "nslookup -type=SRV _ldap._tcp.dc._msdcs.{target}, from here; where DNS shall not be asked, write them under "
        "[directory] controllers",
    ),
    Row(
        Kind.DROPPED,
        "nothing answers, as when a firewall drops it or the machine is off",
        "Test-NetConnection {target} -Port {port}, from here (Linux: nc -vz {target} {port})",
    ),
    Row(
        Kind.REFUSED,
        "nothing listens on the port",
        "on {target}: winrm enumerate winrm/config/listener shows where WinRM listens; Enable-PSRemoting sets up 5985 "
        'only, for which transport = "http" is right',
    ),
    Row(
        Kind.CLOSED,
        "no controller takes the connection on the port",
        "Test-NetConnection {target} -Port {port}, from here (Linux: nc -vz {target} {port}); a controller listens on "
        "636 only once it has a certificate",
    ),
    Row(
        Kind.SILENT,
        "the machine took the connection, and then said nothing in time",
        "Test-NetConnection {target} -Port {port}, from here; if it succeeds, look at {target}: is it overloaded, does "
        "its WinRM service hang?",
    ),
    Row(
        Kind.SLOW,
        "the machine answered some, and the time was over",
        'give it more: host_deadline = "180s" under [limits]; the report says how long each machine took',
    ),
)
"""By kind; ``{table}``, ``{port}``, ``{user}`` and ``{extra}`` are those of the sign-in."""
