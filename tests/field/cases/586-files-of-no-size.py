from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 lists the files of its virtual disks with a size of 0, as a file system does whose files were moved
to another tier. A virtual disk is never empty, and what is not known does not fit everywhere."""
SOURCE = "G16.1 rule 3"
EXPECT = [("HOST-09", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-09", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"3 files untold"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("DiskFile", HV01):
        row["size"] = 0
    return record
