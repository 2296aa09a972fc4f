from tests.field.networks import address as holds
from tests.field.networks import any_network, listens, only, tried
from tests.field.record import HV01, HV02, HV03, Record

SITUATION = """Two islands use 192.168.50.0/24 on separate cables. The destination's 192.168.50.2 belongs, on the
source's island, to hv03, which answers on the port. The move ends with a refused sign-in (0x80090322). Nobody read the
neighbour entries, so nobody can tell."""
SOURCE = "field report: SEC_E_WRONG_PRINCIPAL on every second move; address plans copied from site to site"
EXPECT = [
    ("RCH-01", f"{HV01}/{HV02}", "UNKNOWN"),
    ("LM-11", f"{HV01}/{HV02}", "PASS"),
    ("NET-09", f"{HV01}/{HV02}", "UNKNOWN"),
]
VERDICT = "incomplete"
SAYS = [r"192\.168\.50\.2 is an address of hv03\.corp\.example, too; who answered is not known"]


def make() -> Record:
    record = Record(HV01, HV02, HV03)
    record.estate.update(trusted=["10.77.0.0/16", "192.168.50.0/24"])
    record.estate["routes"] = [{"source": HV01, "destination": HV02, "storage": True}]
    for host, island in ((HV01, "192.168.50.1"), (HV02, "192.168.50.2"), (HV03, "192.168.50.2")):
        any_network(record, host)
        only(record, host, "10.77.")
        holds(record, host, island, 9, card=int(host[3]))
    listens(record, HV02, "10.77.11.2", "192.168.50.2")
    tried(record, HV01, "10.77.11.2:6600", local="10.77.11.1")
    tried(record, HV01, "192.168.50.2:6600", local="192.168.50.1")
    return record
