from tests.field.record import HV01, HV02, Record

SITUATION = """The machines of hv01 have dynamic memory between 64 and 512 GiB. The module says that each has one byte
of it now, which no machine that runs has: what they take is not known."""
SOURCE = "Microsoft Learn: Hyper-V dynamic memory (minimum of a machine that runs); G16.1 rule 3"
EXPECT = [("HOST-08", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-08", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"one machine takes between 64\.0 GiB and 512\.0 GiB, and 128\.0 GiB are free"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("VmMemory", HV01):
        row.update(dynamic=True, startup=64 << 10, minimum=64 << 10, maximum=512 << 10)
    for row in record.rows("VmRuntime", HV01):
        row["assigned"] = 1
    return record
