from tests.field.record import HV01, HV02, Record

SITUATION = """hv01 last used RODC01. Neither DNS nor the directory lists it, so nobody asked it; that dc1 and dc2
agree proves nothing about what it says."""
SOURCE = "MS-ADTS 6.3.2.3: read-only controllers register no records of the whole domain"
EXPECT = [("DEL-10", HV01, "UNKNOWN"), ("DEL-10", HV02, "PASS")]
VERDICT = "incomplete"
SAYS = [r"last used the controller rodc01\.corp\.example, and what that one says was not read"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("DomainControllerHint", HV01)["controller"] = "\\\\RODC01.corp.example"
    return record
