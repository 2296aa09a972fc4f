"""The passages of the pages that demand something of an estate, in our words, and the checks that judge each.

S0 to S3 are one page on live migration without a cluster, in four versions; lines are those of S0. S4 is the page on
replication between VMM sites. A passage that no check can judge names its row in ``checks/not_judged/``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One demand."""

    id: str
    demand: str
    where: str
    """page and line"""
    checks: tuple[str, ...] = ()
    never: str = ""
    """title of the row of what no check can judge, where none can"""


PASSAGES = (
    Passage(
        "L01", "For hosts that are not clustered; clustered ones use the cluster tools", "S0:23", ("CLU-01", "VM-04")
    ),
    Passage("L02", "Applies to WS2016, Hyper-V Server 2016, WS2019, Hyper-V Server 2019", "S0:21", ("HOST-02",)),
    Passage(
        "L03",
        "Account in local Hyper-V Administrators or Administrators on source AND destination",
        "S0:29",
        ("OPR-01", "OPR-02"),
    ),
    Passage(
        "L04",
        "Domain Admins needed to configure constrained delegation (requirement and step 1 intro)",
        "S0:29,54",
        ("OPR-05",),
    ),
    Passage("L05", "Hyper-V role of WS2016 or WS2012 R2 installed on both", "S0:31", ("HOST-01", "HOST-02", "HOST-13")),
    Passage("L06", "2016 <-> 2012 R2 if the VM is at least version 5", "S0:31", ("HOST-03", "VM-01", "VM-02", "VM-11")),
    Passage("L07", "How to upgrade the version", "S0:31", ("VM-11",)),
    Passage("L08", "Same AD domain, or domains that trust each other", "S0:33", ("ID-01", "ID-02", "DEL-06", "ID-03")),
    Passage(
        "L09",
        "Management tools on WS2016/Win10, unless installed on source or destination and run there",
        "S0:34",
        ("HOST-04",),
    ),
    Passage(
        "L10",
        "Choose the protocol; it decides whether one must sign in on the source",
        "S0:40",
        ("LM-02", "LM-03", "OPR-04"),
    ),
    Passage("L11", "Kerberos needs constrained delegation", "S0:41", ("DEL-01", "DEL-02", "LM-03")),
    Passage(
        "L12",
        "CredSSP: sign in on the source (console, RDP, remote PowerShell)",
        "S0:42",
        ("LM-03", "OPR-04", "OPR-02"),
    ),
    Passage(
        "L13",
        "CredSSP: sign in on the other host for the way back, else 0x8009030E",
        "S0:44-47",
        ("LM-03", "OPR-04", "HOST-05", "OPR-03"),
    ),
    Passage("L14", "Decide on performance options", "S0:49,109", ("LM-04",)),
    Passage(
        "L15",
        "Any network, or isolate; not encrypted, so private trusted networks",
        "S0:51",
        ("LM-09", "NET-01", "NET-04", "NET-05"),
    ),
    Passage("L16", "Isolation by a physical network or VLAN", "S0:51", ("NET-03", "NET-02", "NET-08")),
    Passage("L17", "Computer account of the source is in the domain (its properties)", "S0:60-62", ("ID-04", "ID-10")),
    Passage("L18", "Delegation tab: 'specified services only'", "S0:66", ("DEL-07",)),
    Passage("L19", "Delegation tab: 'any authentication protocol'", "S0:66", ("DEL-03",)),
    Passage("L20", "cifs of the destination where storage moves with the VM", "S0:76", ("DEL-02", "RCH-02", "HOST-09")),
    Passage("L21", "cifs where storage alone moves", "S0:76", ("DEL-02", "VM-09", "HOST-09")),
    Passage("L22", "SMB storage for Hyper-V: cifs of the file server is there already", "S0:76", ("DEL-12",)),
    Passage("L23", "Microsoft Virtual System Migration Service, to move VMs", "S0:78", ("DEL-01", "DEL-08", "DEL-09")),
    Passage("L24", "The services are verified to be listed", "S0:80", ("DEL-01", "DEL-02")),
    Passage("L25", "Repeat on the destination's account, naming the source", "S0:82", ("DEL-04",)),
    Passage("L26", "Takes effect after replication to the DCs the hosts are logged on to", "S0:86", ("DEL-10",)),
    Passage("L27", "... and after the DC issues a new Kerberos ticket", "S0:87", ("DEL-11",)),
    Passage("L28", "Specific networks for best security", "S0:90", ("LM-09",)),
    Passage("L29", "Enable incoming and outgoing migrations", "S0:100", ("LM-01", "LM-13", "RCH-01", "RCH-05")),
    Passage("L30", "Simultaneous migrations, default 2", "S0:102", ("LM-06",)),
    Passage(
        "L31",
        "Incoming: addresses of specific networks, or any network",
        "S0:104",
        ("LM-08", "LM-10", "LM-11", "NET-09"),
    ),
    Passage("L32", "Kerberos chosen when delegation is configured", "S0:106,108", ("LM-02", "LM-03")),
    Passage("L33", "Repeat on the other server", "S0:113", ("LM-02", "DEL-04", "LM-04")),
    Passage(
        "L34",
        "PowerShell: Enable-VMMigration; one specific network only; Kerberos",
        "S0:117-129",
        ("LM-01", "LM-08", "LM-09", "LM-02", "HOST-04"),
    ),
    Passage("L35", "Set-VMHost ... PerformanceOption SMB (S3: SMBTransport)", "S0:135", ("LM-04",)),
    Passage("L36", "TCP/IP; compression is the default; SMB 3.0", "S0:142-144", ("RCH-02", "LM-04", "LM-05")),
    Passage("L37", "SMB Direct where adapters of both hosts have RDMA", "S0:144", ("LM-05",)),
    Passage("L38", "SMB Multichannel", "S0:144", ("NET-07", "LM-05")),
    Passage("A01", "Azure account", "S4:48", never="An Azure account and subscription are there"),
    Passage("A02", "At least one VMM server", "S4:49", ("VMM-01",)),
    Passage("A03", "System Center 2012 SP1 with latest cumulative updates", "S4:49", ("VMM-02",)),
    Passage("A04", "One VMM server: two clouds", "S4:49", ("VMM-03",)),
    Passage("A05", "Two VMM servers: a cloud on each (to protect; to recover to)", "S4:49", ("VMM-03",)),
    Passage("A06", "All clouds have the Hyper-V capability profile", "S4:49", ("VMM-04",)),
    Passage("A07", "Source cloud has one or more host groups", "S4:49", ("VMM-05",)),
    Passage("A08", "Hosts in primary and secondary host groups, a VM on each host", "S4:50", ("VMM-07",)),
    Passage("A09", "Hosts at least WS2012 with the role", "S4:50", ("HOST-01", "HOST-02", "VMM-08")),
    Passage("A10", "Hosts with the latest updates", "S4:50", ("HOST-11",)),
    Passage("A11", "Every host with VMs to protect is in a cloud", "S4:50", ("VMM-06", "VMM-16")),
    Passage("A12", "Cluster with static addresses: broker by hand", "S4:50", ("CLU-02", "CLU-03")),
    Passage("A13", "VMs connected to a VM network, linked to a logical network of the cloud", "S4:51", ("VMM-09",)),
    Passage("A14", "Target cloud: matching VM network and logical network", "S4:51", ("VMM-10",)),
    Passage("A15", "Without mapping replicas stay unconnected", "S4:51", ("VMM-10",)),
    Passage("A16", "Replicas at the target host's default location", "S4:52", ("REP-07",)),
    Passage("A17", "Classifications on both VMM servers before deployment", "S4:52", ("VMM-11",)),
    Passage(
        "A18",
        "Vault exists and is active, in a supported region",
        "S4:55-71",
        never="The vault is active, in a region that offers it",
    ),
    Passage("A19", "Registration key, valid 5 days", "S4:82", ("KEY-01", "KEY-02", "KEY-03", "KEY-04", "KEY-05")),
    Passage("A20", "Copy the key to the VMM server", "S4:82", ("KEY-09",)),
    Passage("A21", "Provider installed on source and target VMM, latest version", "S4:88-90", ("ASR-02", "ASR-03")),
    Passage("A22", "VMM cluster: active node first, then all nodes, same version", "S4:92", ("ASR-03", "CLU-05")),
    Passage(
        "A23",
        "Setup needs leave to stop the VMM service / cluster role",
        "S4:94",
        never="Setup may stop the VMM service, or its cluster role",
    ),
    Passage("A24", "Install location", "S4:100", ("ASR-02",)),
    Passage("A25", "Vault name is the right one", "S4:107", ("KEY-07",)),
    Passage("A26", "Existing (default) proxy settings of the server are used", "S4:111", ("RCH-09",)),
    Passage("A27", "Custom proxy is set up before the provider is installed", "S4:115", ("RCH-09",)),
    Passage(
        "A28", "Proxy with authentication: details, DRAProxyAccount, restart after change", "S4:116,124", ("ASR-10",)
    ),
    Passage("A29", "Five wildcards reachable from the VMM server", "S4:117-122", ("RCH-07",)),
    Passage("A30", "Five wildcards reachable from the Hyper-V hosts", "S4:117-122", ("RCH-08",)),
    Passage("A31", "IP ranges of the region and of West US, HTTPS 443", "S4:123", ("ASR-09",)),
    Passage(
        "A32",
        "Encryption setting is not for VMM to VMM",
        "S4:130,163",
        never="No encryption of replicated data is configured",
    ),
    Passage("A33", "Friendly name; in a cluster the VMM cluster role", "S4:132", ("VMM-14",)),
    Passage(
        "A34",
        "Synchronise cloud metadata, or cloud by cloud",
        "S4:133",
        never="Metadata of the clouds are synchronised with the vault",
    ),
    Passage(
        "A35",
        "Setup on the command line: an elevated prompt, the credentials file and a friendly name",
        "S4:145-162",
        ("KEY-01", "KEY-08", "VMM-14"),
    ),
    Passage(
        "A36",
        "Target cloud meets the recovery requirements of the VMs",
        "S4:181",
        never="The target has room for what fails over",
    ),
    Passage("A37", "A cloud is in one pair only", "S4:182", ("VMM-12",)),
    Passage("A38", "Copy frequency only on 2012 R2, else five minutes", "S4:184", ("REP-11",)),
    Passage(
        "A39", "Recovery points need storage; VM value not lower than the ASR value", "S4:185", ("REP-11", "REP-07")
    ),
    Passage("A40", "App-consistent (VSS) frequency less than recovery points", "S4:186", ("REP-11",)),
    Passage(
        "A41", "HTTPS unless Kerberos works; certificates are made", "S4:191", ("REP-02", "REP-05", "ASR-08", "REP-08")
    ),
    Passage("A42", "8083 and 8084 open in the firewall of the hosts", "S4:191", ("RCH-06", "REP-04")),
    Passage("A43", "Chosen port free and open", "S4:192", ("RCH-06", "REP-03", "REP-04")),
    Passage("A44", "Hosts of the source cloud are configured for replication", "S4:202", ("REP-01",)),
    Passage("A45", "Offline: Full Control NTFS and share, export and import", "S4:208", ("SHR-01", "SHR-02")),
    Passage("A46", "Offline: VMM service account in privileged group of the share's machine", "S4:209", ("SHR-03",)),
    Passage("A47", "Offline: Run As accounts read and write", "S4:210", ("SHR-04",)),
    Passage("A48", "Offline: shares not on Hyper-V hosts", "S4:211", ("SHR-05",)),
    Passage("A49", "Offline: cifs delegation, any protocol, each host, export and import", "S4:212-219", ("SHR-06",)),
    Passage("A50", "Target network available to all clouds used", "S4:232", ("VMM-10",)),
    Passage("A51", "Classifications available to the HOSTS in both clouds; types may differ", "S4:241", ("VMM-11",)),
    Passage("A52", "VMs to protect are in the cloud", "S4:252-253", ("VMM-15",)),
    Passage(
        "A53",
        "Onboarding: primary host in primary cloud, replica host in secondary, settings equal",
        "S4:267",
        ("REP-09",),
    ),
    Passage(
        "A54",
        "Replication is by Hyper-V of WS2012 / 2012 R2; provider is a DLL in VMM; HTTPS",
        "S4, privacy",
        ("HOST-02", "ASR-02"),
    ),
)
