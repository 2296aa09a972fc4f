from tests.field.record import HV01, HV02, Record

SITUATION = """The access list of the key holds an entry with a condition, behind those of administrators: a list of
which half is read must not be taken for one that lets nobody else in."""
SOURCE = "MS-DTYP 2.5.1.1: conditional entries have parentheses of their own"
EXPECT = [("KEY-09", "vmm01", "UNKNOWN")]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    sddl = 'O:BAG:SYD:(A;;FA;;;SY)(A;;FA;;;BA)(XA;;FR;;;WD;(@User.Title == "PM"))'
    record.one("KeyFileAccess", "vmm01.corp.example").update(sddl=sddl)
    return record
