from tests.field.record import HV01, HV02, Record

SITUATION = r"""The drive of a machine of hv01 holds \\fs01.corp.example\iso\setup.iso. hv02 connects to TCP 445 of
fs01, so that it looks as if the image were there. hv01 may not delegate cifs to fs01: the move fails with
0xC03A0014."""
SOURCE = "Microsoft Learn: troubleshoot live migration, 0xC03A0014; KB 2792049"
EXPECT = [("VM-06", f"{HV01}/", "FAIL|PASS"), ("VM-06", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"HV01 does not list cifs/fs01\.corp\.example", r"Set-VMDvdDrive -Path \$null"]
FS = "fs01.corp.example"


def make(*, listed: bool = False) -> Record:
    record = Record(HV01, HV02)
    record.served_by(FS, "10.77.11.9", HV02)
    drives = record.rows("VmStorage", HV01)
    guid = drives[0]["instance_id"].partition("\\")[0]
    row = {"instance_id": f"{guid}\\x\\1\\L", "sub_type": "Microsoft:Hyper-V:Virtual CD/DVD Disk", "shared": None}
    drives.append({**row, "paths": [rf"\\{FS}\iso\setup.iso"]})
    like = next(r for r in record.rows("ComputerAccount", "corp.example") if r["sam_name"] == "VMM01$")
    told = {"dn": "CN=FS01,DC=corp,DC=example", "dns_name": FS, "sam_name": "FS01$", "spns": [f"HOST/{FS}"]}
    for target in ("corp.example", "dc1.corp.example", "dc2.corp.example"):
        sid = like["sid"].rpartition("-")[0] + "-1190"
        record.rows("ComputerAccount", target).append({**like, **told, "sid": sid, "has_resource_delegation": False})
    for row in record.accounts("HV01$") if listed else ():
        row["delegates_to"] += ["cifs/FS01", f"cifs/{FS}"]
    return record
