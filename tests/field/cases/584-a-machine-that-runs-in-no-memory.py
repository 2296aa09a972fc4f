from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 tells of its machines that they run, and that they are set to have 0 MiB. A sum of nothing fits
everywhere."""
SOURCE = "G16.1 rule 3"
EXPECT = [("HOST-08", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-08", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"is not off, and tells no memory that it takes"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("VmMemory", HV01):
        row["startup"] = 0
    for row in record.rows("VmRuntime", HV01):
        row["assigned"] = None
    return record
