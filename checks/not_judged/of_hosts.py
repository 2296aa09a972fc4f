"""What no check judges yet of identity, delegation, hosts, virtual machines, migrations and networks."""

from __future__ import annotations

from checks.not_judged.where import (
    BEFORE,
    BEYOND,
    COMMAND,
    DELEGATION,
    EVERY,
    LIVE,
    LIVE_AND_REPLICA,
    OPTIONS,
    PROVIDER,
    REPLICATION,
    REQUIRED,
    SITE_RECOVERY,
)
from scanner.api import NotJudged

YET = (
    NotJudged("ID-03", "Trust carries no restriction that blocks the hosts", BEYOND, EVERY),
    NotJudged("ID-04", "Exactly one enabled computer account per host", REQUIRED, EVERY),
    NotJudged("ID-05", "Hyper-V host is not a domain controller", BEYOND, EVERY),
    NotJudged("ID-06", "Clocks agree within Kerberos tolerance", BEYOND, EVERY),
    NotJudged("ID-07", "Short name and FQDN of the peer resolve consistently", BEYOND, EVERY),
    NotJudged("ID-08", "Computer secure channel works", BEYOND, EVERY),
    NotJudged("ID-09", "Trust and computer accounts share an encryption type", BEYOND, EVERY),
    NotJudged("DEL-07", "No unconstrained delegation on Hyper-V hosts", f"{DELEGATION} item 5", LIVE),
    NotJudged("DEL-09", "SPNs are unique in the forest", BEYOND, LIVE),
    NotJudged("DEL-11", "Hosts have obtained new tickets since the change", f"{DELEGATION} last list", LIVE),
    NotJudged("DEL-12", "Hosts may delegate cifs to the SMB servers that hold VM files", f"{DELEGATION} item 9", LIVE),
    NotJudged("DEL-13", "No stale delegation entries", BEYOND, LIVE),
    NotJudged(
        "HOST-04", "Hyper-V management tools are available where the move is started", f"{REQUIRED} bullet 4", LIVE
    ),
    NotJudged("HOST-05", "Credential Guard does not collide with the chosen authentication", BEYOND, LIVE),
    NotJudged("HOST-06", "'Log on as a service' contains NT VIRTUAL MACHINE\\Virtual Machines", BEYOND, EVERY),
    NotJudged("HOST-07", "Processors are from the same vendor (and compatible)", BEYOND, LIVE),
    NotJudged("HOST-08", "Destination has enough free memory", BEYOND, LIVE),
    NotJudged("HOST-09", "Destination has enough free disk space for moved storage", f"{DELEGATION} item 9", LIVE),
    NotJudged("HOST-10", "Registry ComputerName is upper case (SMB performance option)", BEYOND, LIVE),
    NotJudged("HOST-11", "Hosts carry recent updates", f"{BEFORE} row Hyper-V ('latest updates')", EVERY),
    NotJudged("HOST-12", "Same virtual switches exist on both hosts", BEYOND, LIVE),
    NotJudged("HOST-14", "Source and destination are the same kind of product", BEYOND, REPLICATION),
    NotJudged("HOST-15", "SCHANNEL's cipher configuration is there", BEYOND, LIVE),
    NotJudged("VM-03", "VM state allows live migration", BEYOND, LIVE),
    NotJudged("VM-04", "VM is not managed by a failover cluster", "S0-S3 introduction", LIVE),
    NotJudged("VM-05", "Every connected adapter's switch exists on the destination", BEYOND, LIVE),
    NotJudged("VM-06", "No host-bound media attached", BEYOND, LIVE),
    NotJudged("VM-07", "No devices that pin the VM to the host", BEYOND, LIVE),
    NotJudged("VM-08", "Processor compatibility mode where CPU models differ", BEYOND, LIVE),
    NotJudged("VM-09", "Storage class of each VM is known and fits the plan", f"{DELEGATION} item 9", LIVE),
    NotJudged("VM-10", "Replication does not block the move", BEYOND, LIVE),
    NotJudged("VM-11", "Checkpoints and saved states won't block a needed version upgrade", f"{REQUIRED}", LIVE),
    NotJudged("VM-12", "Shielded/vTPM VM can start on the destination", BEYOND, LIVE_AND_REPLICA),
    NotJudged("NET-02", "Category of the migration interface is not Public", f"{OPTIONS}", LIVE),
    NotJudged("NET-03", "Migration network is separate from management/VM traffic", f"{OPTIONS}", LIVE),
    NotJudged("NET-06", "Link speed of migration networks", BEYOND, LIVE),
    NotJudged("NET-08", "Addresses of both hosts in a shared subnet use the same prefix length and VLAN", BEYOND, LIVE),
    NotJudged("RCH-03", "WinRM reachable where needed", BEYOND, LIVE),
    NotJudged("RCH-04", "RPC endpoint mapper reachable for pre-2016 hosts", BEYOND, LIVE),
    NotJudged("RCH-05", "Windows Firewall rule for live migration is enabled", BEYOND, LIVE),
    NotJudged("RCH-09", "Proxy settings are consistent", f"{PROVIDER} (proxy bullets); {COMMAND}", SITE_RECOVERY),
    NotJudged("RCH-10", "VMM server reachable on TCP 8100", BEYOND, SITE_RECOVERY),
    NotJudged(
        "OPR-01", "Operator is Hyper-V Administrator or Administrator on both hosts", f"{REQUIRED} bullet 1", LIVE
    ),
    NotJudged("OPR-02", "Operator may open the needed remoting sessions", f"{OPTIONS}", LIVE),
    NotJudged("OPR-03", "Operator account is delegable", BEYOND, LIVE),
    NotJudged("OPR-04", "CredSSP: sign-in on the right host for each direction", f"{OPTIONS}", LIVE),
    NotJudged(
        "OPR-05", "An account in Domain Admins is available to configure delegation", f"{REQUIRED} bullet 1", LIVE
    ),
    NotJudged("OPR-06", "The operator has a role in VMM", PROVIDER, SITE_RECOVERY),
)
