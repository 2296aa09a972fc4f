from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 has two virtual switches that are called Production, one of which was meant to go. Which of them
a machine of hv01 would hang on nobody can say."""
SOURCE = "Hyper-V lets two switches bear one name; Microsoft Learn: live migration finds a switch by its name"
EXPECT = [
    ("VM-05", f"{HV01}/", "UNKNOWN"),
    ("VM-05", f"{HV02}/", "PASS"),
    ("HOST-12", HV01, "UNKNOWN"),
]
VERDICT = "incomplete"
SAYS = [r"has 2 switches called Production"]


def make() -> Record:
    record = Record(HV01, HV02)
    switches = record.rows("VirtualSwitch", HV02)
    switches.append({"id": "0D5C6E3B-0000-4000-8000-0000000000AA", "name": "PRODUCTION"})
    return record
