from tests.field.record import HV01, HV02, Record

SITUATION = """The plan names a cloud by its name in one pair and by its id in another: two words, and one cloud that
cannot be in both."""
SOURCE = "Part G10, VMM-12: compare by id"
SERVER = "vmm01.corp.example"
EXPECT = [("VMM-12", f"{SERVER}/Primary/{SERVER}/Recovery", "FAIL")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    clouds = record.rows("Cloud", SERVER)
    (primary,) = (row for row in clouds if row["name"] == "Primary")
    clouds.append({**primary, "id": "00000000-0000-4000-8000-000000000009", "name": "Third"})
    pair = record.estate["cloud_pairs"][0]
    record.estate["cloud_pairs"].append({**pair, "source": "Third", "target": "{" + primary["id"].upper() + "}"})
    return record
