from tests.field.record import HV01, HV02, Record

SITUATION = """The migration adapter hangs on a virtual switch and shows 10 Gb/s; the port beneath it runs at 100 Mb/s,
since its cable lacks a pair."""
SOURCE = "G6 NET-06: a virtual adapter shows 10 Gb/s regardless"
EXPECT = [("NET-06", HV02, "WARN"), ("NET-06", HV01, "PASS")]
VERDICT = "ready"
SAYS = [r"interface 7\): 100 Mbit/s"]


def make() -> Record:
    record = Record(HV01, HV02)
    rows = record.rows("NetworkAdapter", HV02)
    own = next(row for row in rows if row["interface"] == 7)
    rows.append({**own, "interface": 20, "speed": 10**8})
    layers = record.rows("AdapterLayer", HV02)
    under = next(row for row in layers if row["interface"] == 7)
    layers.append({**under, "interface": 20, "guid": None})
    under.update(hardware=False, lower=[20])
    return record
