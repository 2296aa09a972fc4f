from tests.field.record import HV01, HV02, Record

SITUATION = """The old hosts have Intel's processors, the new one AMD's. Everything was shut down for the weekend: the
moves work, and nothing comes back while it runs."""
SOURCE = (
    "Microsoft Learn: dynamic processor compatibility mode (shut down the VM first, then restart it on the new host)"
)
EXPECT = [
    ("HOST-07", f"{HV01}/{HV02}", "WARN"),
    ("HOST-07", f"{HV02}/{HV01}", "FAIL"),
    ("VM-08", f"{HV01}/", "NOT_APPLICABLE"),
    ("VM-08", f"{HV02}/", "NOT_APPLICABLE"),
]
VERDICT = "not ready"
SAYS = [r"GenuineIntel → AuthenticAMD"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("Processor", HV02):
        row.update(manufacturer="AuthenticAMD", name="AMD EPYC 7543 32-Core Processor", processor_id="178BFBFF00A00F11")
    for row in record.rows("VirtualMachineState", HV01):
        if "-" in row["name"]:
            row["enabled_state"] = 3
    for row in record.rows("VirtualMachineSettings", HV01):
        row["is_saved"] = False
    return record
