from tests.field.record import HV01, HV02, Record

SITUATION = (
    """Two VMM servers shall be paired, and each has a key file. They are of two vaults; the estate expects none."""
)
SOURCE = "S4: both VMM servers are registered in one vault; KEY-07"
EXPECT = [("KEY-07", "", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    (plan,) = record.estate["key_files"]
    plan.update(vault="", subscription="", location="")
    first = plan["path"]
    second = "other_2026.VaultCredentials"
    record.estate["key_files"].append({**plan, "path": second})
    row = dict(record.one("RegistrationKey", first))
    row.update(
        file_name=second, vault="other", subscription="99999999-2222-3333-4444-555555555555", thumbprint="A" * 40
    )
    record.like("RegistrationKey", first, second, [row])
    return record
