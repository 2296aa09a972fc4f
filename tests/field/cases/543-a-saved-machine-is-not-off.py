from tests.field.record import HV01, HV02, Record

SITUATION = """The machines of hv01 were saved to be moved to a host of another maker: they do not run, and Hyper-V
Manager shows no processor. What they were shown of it is in the saved state, which the new host cannot resume."""
SOURCE = "Microsoft Learn: processor compatibility (you can't move running VMs or saved state VMs to another maker)"
EXPECT = [("HOST-07", f"{HV01}/{HV02}", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("Processor", HV02):
        row.update(manufacturer="AuthenticAMD", name="AMD EPYC 7543 32-Core Processor", processor_id="178BFBFF00A00F11")
    for row in record.rows("VirtualMachineState", HV01):
        if "-" in row["name"]:
            row["enabled_state"] = 6
    return record
