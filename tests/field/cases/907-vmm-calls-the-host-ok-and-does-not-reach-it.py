from tests.field.record import HV01, HV02, Record

SITUATION = """VMM keeps the state OK of a host that it no longer gets an answer from: the number of its state says 0,
the text of its connection NotResponding."""
SOURCE = "Part G16.4, VMM-06: either one that is not OK fails; ManageIQ, lookup_connected_state"
EXPECT = [("VMM-06", HV01, "FAIL"), ("VMM-06", HV02, "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    for row in record.rows("VmmHost", "vmm01.corp.example"):
        if row["name"] == HV01:
            row.update(communication_state=7, communication_state_text="NotResponding")
    return record
