from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 registered its names a minute ago; the global catalogue that answers does not know them yet, so what
it says of other holders is old, too."""
SOURCE = "Microsoft Learn: replication of the partial attribute set to global catalogues"
EXPECT = [("DEL-09", HV02, "UNKNOWN"), ("DEL-09", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"the global catalogue does not know it yet"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = [dict(row) for row in record.rows("ServiceName", "corp.example")]
    for row in rows:
        if row["spn"].lower().endswith(("/hv02", f"/{HV02}")):
            row.update(holders=[], sids=[])
    record.put("ServiceName", "corp.example", rows)
    return record
