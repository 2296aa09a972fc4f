from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 tells of its volume that more of it is free than there is. Whatever is right of the two, this is no
proof of room."""
SOURCE = "G16.1 rule 3"
EXPECT = [("HOST-09", f"{HV01}/{HV02}", "UNKNOWN"), ("HOST-09", f"{HV02}/{HV01}", "PASS")]
VERDICT = "incomplete"
SAYS = [r"does not tell its room"]


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.rows("Volume", HV02):
        row["free"] = row["capacity"] + 1
    return record
