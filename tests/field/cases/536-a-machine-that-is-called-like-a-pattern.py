from tests.field.record import HV01, HV02, Record

SITUATION = """The estate leaves out web-01. Who runs db-01 calls it *, and it is of a version that the destination
does not run. Its name is no pattern: it leaves out nobody, and it is not left out itself."""
SOURCE = "estate.toml, [vms]; Hyper-V takes * in a machine's name"
EXPECT = [("VM-02", f"{HV01}/", "FAIL|NOT_APPLICABLE"), ("VM-02", f"{HV02}/", "PASS")]
VERDICT = "not ready"
SAYS = [r"\*: 12\.0"]


def make() -> Record:
    record = Record(HV01, HV02)
    row = next(row for row in record.rows("VirtualMachineSettings", HV01) if row["name"] == "db-01")
    row.update(name="*", version="12.0")
    record.estate["vms_except"] = ["web-01"]
    return record
