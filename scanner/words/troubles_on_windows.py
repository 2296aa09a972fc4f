"""What to do on Windows about what keeps answers away, where that is something else than elsewhere."""

from __future__ import annotations

from scanner.words.kinds_of_trouble import Kind
from scanner.words.telling import tell

ON_WINDOWS: dict[str, str] = {
    Kind.NO_TICKET: tell(
        "start this from a session of an account of the domain, or of one that it trusts: "
        "runas /netonly /user:svc-preflight@{domain} powershell opens one (klist, in it, "
        "shows its tickets, klist purge has new ones made); with a password alone, write "
        'method = "negotiate" under [sign_in] and method = "simple" under [directory], each '
        "with user and password"
    ),
    Kind.NO_LIBRARY: tell(
        "install hv-preflight with the extra that brings it, from a checkout: pipx install "
        "--force '.[credssp]'; for Kerberos Windows needs none"
    ),
    Kind.UNUSABLE_FILE: tell(
        "name a file in PEM form, which holds a line -----BEGIN CERTIFICATE-----; what "
        "Windows exports as DER becomes one by: certutil -encode corp-ca.cer corp-ca.pem"
    ),
    Kind.CLOCK: tell("set the clock of this machine and of {target}: w32tm /query /status, on both"),
    Kind.DROPPED: tell("Test-NetConnection {target} -Port {port}, from here"),
    Kind.CLOSED: tell(
        "Test-NetConnection {target} -Port {port}, from here; a controller listens on 636 "
        "only once it has a certificate"
    ),
}
"""By kind; the words in braces are those of ``kinds_of_trouble``."""
