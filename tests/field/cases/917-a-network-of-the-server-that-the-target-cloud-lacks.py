from tests.field.mapped import OWN, PAIR, SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """The network that is mapped to is there, on the target's VMM server, and a list of VM networks shows
it; but its logical network is none of the target cloud's."""
SOURCE = "S4 #step-5-configure-network-mapping; part E1 item 6"
EXPECT = [("VMM-10", PAIR, "FAIL"), ("VMM-09", f"{HV01}/{OWN}", "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("Cloud", SERVER):
        if row["name"] == "Recovery":
            row["logical_networks"] = ["Production"]
    return record
