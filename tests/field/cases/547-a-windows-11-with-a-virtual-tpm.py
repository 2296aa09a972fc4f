from tests.field.record import HV01, HV02, Record

SITUATION = """web-01 is a Windows 11 with a virtual TPM, which Hyper-V Manager switched on with one tick. Its key is
protected by certificates that hv01 made for itself: on hv02 the move ends with error 10698."""
SOURCE = "Japan System Center support blog, 2024-09-22 (managing VMs with a TPM)"
ID = "8eb1f3b8"
EXPECT = [("VM-12", f"{HV01}/{ID}", "UNKNOWN"), ("VM-12", f"{HV01}/29701c91", "NOT_APPLICABLE")]
VERDICT = "incomplete"
SAYS = [r"it has a virtual TPM; whether hv02\.corp\.example opens its key is told by no query"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("VmSecurity", HV01):
        row["tpm"] = ID in row["instance_id"].lower()
    return record
