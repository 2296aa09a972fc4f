"""A host of the good record as a node of a cluster that receives replicas, and a file server with a share for them."""

from __future__ import annotations

from tests.field.record import Record

FS01 = "fs01.corp.example"
PROVIDER = "Microsoft.PowerShell.Core\\FileSystem::"


def node(record: Record, host: str, location: str) -> None:
    """Make the host a node; replicas go to this place by its broker's entry."""
    record.put("ClusterInfo", host, [{"name": "CL-R", "fqdn": "cl-r.corp.example", "functional_level": 10}])
    record.put("BrokerStorage", host, [{"primary": "*", "location": location}])
    there = {row["path"] for row in record.rows("FolderAccess", host)} | {PROVIDER + location}
    record.put("FolderAccess", host, [{"path": path, "access": "D:"} for path in sorted(there)])


def on_share(record: Record, *sids: str) -> None:
    """A file server whose share Replicas, and the folder behind it, only these accounts may use."""
    record.estate["file_servers"] = [FS01]
    like = {fact: dict(record.rows(fact, "hv02.corp.example")[0]) for fact in ("OperatingSystem", "ComputerSystem")}
    record.put("OperatingSystem", FS01, [like["OperatingSystem"]])
    record.put("ComputerSystem", FS01, [{**like["ComputerSystem"], "name": "FS01", "dns_host_name": "fs01"}])
    access = "D:" + "".join(f"(A;OICI;FA;;;{sid})" for sid in sids)
    shares = [("IPC$", "", None), ("Replicas", "E:\\R", access)]
    words = {"scope": "*", "state": 1}
    record.put("SmbShare", FS01, [{"name": n, "path": path, "access": list_, **words} for n, path, list_ in shares])
    record.put("FolderAccess", FS01, [{"path": f"{PROVIDER}E:\\R", "access": access}])
    groups = [{"sid": f"S-1-5-32-{rid}", "name": f"g{rid}", "domain": "FS01"} for rid in (544, 547)]
    record.put("PrivilegedGroup", FS01, groups)
    witness = {
        "sid": "S-1-5-21-2000000000-2000000001-2000000002-512",
        "name": "Domain Admins",
        "domain": "CORP",
        "kind": 2,
    }
    record.put("ShareAdministrator", FS01, [witness])
    record.put("PowerUser", FS01, [])
