from tests.field.record import HV01, HV02, Record

SITUATION = """Replica from 2019 (machines of 9.0) to 2016, which knows 8.0 at most. The first copy is taken for hours,
and no failover ever starts the machine."""
SOURCE = "Microsoft Learn: configuration versions by release; a version cannot be lowered"
EXPECT = [("VM-02", f"/{HV02}", "FAIL"), ("HOST-03", f"{HV01}/{HV02}", "FAIL"), ("VM-14", f"/{HV02}", "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("replica",))
    record.windows(HV01, 17763)
    record.versions(HV01, "8.0", "9.0", machines="9.0")
    record.windows(HV02, 14393)
    record.versions(HV02, "5.0", "6.2", "7.0", "7.1", "8.0", machines="8.0")
    return record
