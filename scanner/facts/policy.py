"""What security policy of the domain set on the machine, as the resultant set of policy (RSoP) logs it.

A right that was changed on the machine itself, by secpol.msc or secedit, leaves no row there (docs/unproven.md).
"""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.words.query import cim

RSOP = r"root\rsop\computer"
SECURITY = "{827D319E-6EAC-11D2-A4EA-00C04F79F83A}"
"""the extension of group policy that applies security settings"""
LOG_ON, DENY, LINKS = "SeServiceLogonRight", "SeDenyServiceLogonRight", "SeCreateSymbolicLinkPrivilege"
RIGHTS = (LOG_ON, DENY, LINKS)
COMPLETE = 1
"""RSOP_ExtensionStatus.loggingStatus; 2 not complete, 3 not supported"""


@windows_fact(
    cim("RSOP_UserPrivilegeRight", namespace=RSOP, where=" OR ".join(f"UserRight='{right}'" for right in RIGHTS)),
    no_row="no policy sets these rights",
)
class PolicyRight(WindowsFact):
    """A user right that a policy sets, whole: who is not in its list does not have the right."""

    right: str = prop(
        "UserRight",
        "SeServiceLogonRight, SeDenyServiceLogonRight or SeCreateSymbolicLinkPrivilege",
        clear="|".join(RIGHTS),
    )
    accounts: tuple[str, ...] = prop("AccountList", "SIDs, with or without *, or names that were not resolved")
    precedence: int = prop("precedence", "1 is in force")


@windows_fact(
    cim("RSOP_ExtensionStatus", namespace=RSOP, where=f"extensionGuid='{SECURITY}'"),
    no_row="security policy was never processed, or its logging is off",
)
class PolicyProcessing(WindowsFact):
    """How the last processing of security policy ended."""

    logging: int | None = prop("loggingStatus", "1 complete, 2 not complete, 3 not supported")
    error: int | None = prop("error", "0: processed")
