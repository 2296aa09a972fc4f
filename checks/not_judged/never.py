"""What no check can judge, and how to look at it oneself."""

from __future__ import annotations

from checks.not_judged.where import BEFORE, BEYOND, CLOUD, LIVE, PROVIDER, REPLICATION, REQUIRED, SITE_RECOVERY, STORAGE
from scanner.api import NotJudged

COMPARE = (
    "It is never run: it signs in from the source to the destination, and is no query. On the source, signed in there:"
    " Compare-VM -Name MACHINE -DestinationHost DESTINATION | Format-List Incompatibilities"
)
CREATOR = (
    "Azure Local 24H2 before 12.2605 cannot move a machine whose creator's account is local or deleted (0x80070534);"
    " which account that is can be read nowhere."
)
OPERATOR = (
    "The estate names no operator. Name the accounts as [operator] account: OPR-01 to OPR-05 then judge rights,"
    " sessions and delegation of each."
)
ROLE = (
    "Who is in a role of VMM is read by no command that is proven; what a scan sees is the role of its own account"
    " (VMM-01). Whoever installs the provider and protects machines must be in it; on a VMM server, signed in there:"
    " (Get-SCUserRole -VMMServer localhost -UserRoleProfile Administrator).Members"
)
KINDS = (
    "VMM-11 judges clouds. Which classifications storage of a host has is read by no command that is proven: in VMM,"
    " Fabric, Storage, Classifications and Pools, look that hosts of both clouds have storage of each one mapped."
)
PORTAL = "Only the Azure portal tells it."

NEVER = (
    NotJudged("VM-13", "Compare-VM reports no incompatibility", BEYOND, LIVE, COMPARE),
    NotJudged("VM-15", "The machine's creator can be resolved", BEYOND, LIVE, CREATOR),
    NotJudged(
        "", "Whoever starts the moves may do so at both ends", f"{REQUIRED} bullet 1", LIVE, OPERATOR,
        unless="operators",
    ),
    NotJudged("OPR-06", "The operator has a role in VMM", PROVIDER, SITE_RECOVERY, ROLE),
    NotJudged("", "Hosts of both clouds have storage of the classifications that are mapped", f"{STORAGE} item 1",
              SITE_RECOVERY, KINDS),
    NotJudged("", "An Azure account and subscription are there", BEFORE, SITE_RECOVERY, PORTAL),
    NotJudged("", "The vault is active, in a region that offers it", "S4, step 1", SITE_RECOVERY, PORTAL),
    NotJudged(
        "", "Setup may stop the VMM service, or its cluster role",
        f"{PROVIDER} item 2", SITE_RECOVERY,
        "It is a matter of when: VMM answers nobody while the provider is installed.",
    ),
    NotJudged(
        "", "No encryption of replicated data is configured",
        f"{PROVIDER} item 10", SITE_RECOVERY,
        "That setting is for replication to Azure: leave it out between VMM sites.",
    ),
    NotJudged(
        "", "Metadata of the clouds are synchronised with the vault",
        f"{PROVIDER} item 12", SITE_RECOVERY,
        "It is chosen while the server is registered, for all clouds or for each later.",
    ),
    NotJudged(
        "", "Volume shadow copies work within the machines", f"{CLOUD} item 7",
        REPLICATION, "Application-consistent snapshots need it. In each machine: vssadmin list writers",
    ),
    NotJudged(
        "", "The target has room for what fails over", f"{CLOUD} item 3",
        SITE_RECOVERY, "Memory, processors and networks of the recovery site are planned by those who run it.",
    ),
    NotJudged(
        "", "Disks of primary and replica machine are of one size", BEYOND, REPLICATION,
        "Compare them where replication exists: Get-VHD on both hosts.",
    ),
)  # fmt: skip
