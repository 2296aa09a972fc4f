from tests.field.mapped import SERVER
from tests.field.record import HV01, HV02, Record

SITUATION = """VMM runs in a machine that VMM calls otherwise, and writes its UUID with the bytes of three parts
turned round: no name tells that a failover of the cloud takes VMM along."""
SOURCE = "G12 VMM-13: match by BIOS GUID, never by name; Win32_ComputerSystemProduct.UUID in both byte orders"
EXPECT = [("VMM-13", "vmm01.corp.example", "WARN")]
VERDICT = "ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("SystemProduct", SERVER)["uuid"] = "00112233-4455-6677-8899-AABBCCDDEEFF"
    rows = record.rows("VmmVirtualMachine", SERVER)
    rows.append({**rows[0], "id": "x", "name": "management", "hyper_v_id": "x", "cloud": "Primary",
                 "bios_guid": "33221100-5544-7766-8899-aabbccddeeff"})  # fmt: skip
    return record
