"""What the page on live migration without a cluster demands, in our words, and the checks that judge each."""

from __future__ import annotations

from scanner.api import Passage

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
)
