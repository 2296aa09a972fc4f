"""What the page on replication between VMM sites demands, in our words, and the checks that judge each."""

from __future__ import annotations

from scanner.api import Passage

PASSAGES = (
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
