from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 runs 2025 and holds a machine that was left at 8.1; hv02 is 2022, and its own list,
which decides, has no 8.1. Upgraded on hv01 the machine would be 12.0, which hv02 never runs."""
SOURCE = "Microsoft Learn: Update-VMVersion has no parameter for a version: it is the newest of its host"
EXPECT = [("VM-02", f"/{HV02}", "FAIL"), ("HOST-03", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"
SAYS = [r"8\.1 move it to a host of Windows Server 2016 or 2019, upgrade it there"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.windows(HV01, 26100)
    record.versions(HV01, "8.0", "8.1", "9.0", "10.0", "11.0", "12.0", machines="8.1")
    record.windows(HV02, 20348)
    record.versions(HV02, "8.0", "9.0", "10.0", machines="8.0")
    return record
