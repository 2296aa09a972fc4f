from tests.field.record import HV01, HV02, Record

SITUATION = """A backup left hv01 with a machine that writes to an .avhdx though it has no checkpoint. The disk that the
difference is of moves, too, and how large that is nothing tells: the list holds the small difference alone."""
SOURCE = "Microsoft Learn: Hyper-V backup leaves AVHDX files; Get-VHD shows the parent"
EXPECT = [("HOST-09", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-09", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = ["differences are listed without the disks that they are of"]


def make() -> Record:
    record = Record(HV01, HV02)
    row = next(row for row in record.rows("VmStorage", HV01) if row["paths"] == ["D:\\VMs\\web-01.vhdx"])
    row["paths"] = ["D:\\VMs\\web-01_4C1F.avhdx"]
    file = next(row for row in record.rows("DiskFile", HV01) if row["path"] == "D:\\VMs\\web-01.vhdx")
    file.update(path="D:\\VMs\\web-01_4C1F.avhdx", size=1 << 30)
    return record
