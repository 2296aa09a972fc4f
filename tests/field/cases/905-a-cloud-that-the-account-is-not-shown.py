from tests.field.record import HV01, HV02, Record

SITUATION = """The account that reads VMM has a role that shows it one cloud of the two, and one host: what is not
listed may be there all the same, and nothing that rests on it fails or passes."""
SOURCE = "Rule: what was not shown is no answer (VMM's user roles)"
PAIR = "vmm01.corp.example/Primary/vmm01.corp.example/Recovery"
EXPECT = [
    ("VMM-03", "vmm01.corp.example", "UNKNOWN"),
    ("VMM-05", PAIR, "PASS"),
    ("VMM-06", HV01, "PASS"),
    ("VMM-06", HV02, "UNKNOWN"),
    ("VMM-07", PAIR, "UNKNOWN"),
]
VERDICT = "incomplete"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("VmmServer", "vmm01.corp.example")["profile"] = 5
    for fact in ("Cloud", "VmmHost"):
        del record.rows(fact, "vmm01.corp.example")[1:]
    return record
