from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """hv01 and hv03 shall be emptied to hv02, which has 13 GiB left: enough for the 8 GiB of the one and for
the 4 GiB of the other, and not for both with a reserve. Each route by itself looks well."""
SOURCE = "Microsoft Learn: error 0x800705AA, insufficient system resources exist to complete the requested service"
EXPECT = [
    ("HOST-08", f"{HV01}/{HV02}", "WARN"),
    ("HOST-08", f"{HV03}/{HV02}", "WARN"),
]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    routes = [{"source": source, "destination": HV02, "storage": True} for source in (HV01, HV03)]
    record.estate.update(routes=routes)
    record.one("PhysicalMemory", HV02)["free"] = 13 << 20
    return record
