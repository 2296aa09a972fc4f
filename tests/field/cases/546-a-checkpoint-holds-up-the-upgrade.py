from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 was installed anew and runs versions from 8.0 on; the machines of hv01 are of 5.0 and must be
upgraded first. db-01 has a checkpoint with its memory from before the last upgrade of its database."""
SOURCE = "Microsoft Learn: Upgrade virtual machine version; Update-SCVMVersion (no checkpoints with a saved state)"
ID = "29701c91"
EXPECT = [
    ("VM-02", f"{HV01}/", "FAIL"),
    ("VM-11", f"{HV01}/{ID}", "FAIL"),
    ("VM-11", f"{HV01}/8eb1f3b8", "PASS"),
    ("VM-11", f"{HV02}/", "NOT_APPLICABLE"),
]
VERDICT = "not ready"
SAYS = [r"a saved state holds up the upgrade: checkpoint before upgrade"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.windows(HV02, 20348)
    record.versions(HV02, "8.0", "9.0", "10.0")
    record.versions(HV01, "5.0", "8.0", "9.0", machines="5.0")
    return record
