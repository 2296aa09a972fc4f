from tests.field.record import HV01, HV02, Record

SITUATION = """The name of hv02 leads to hv01, which was given the name hv02 and not restarted: its NetBIOS name is
HV01, its DNS name hv02. Which of the two computers it is, its answers cannot tell; that it is one, they can."""
SOURCE = "Microsoft Learn: Win32_ComputerSystem (Name, DNSHostName), Rename-Computer (takes effect after a restart)"
EXPECT = [
    ("ID-10", "", "FAIL"),
    ("ID-01", HV02, "UNKNOWN"),
    ("HOST-01", HV02, "UNKNOWN"),
    ("HOST-01", HV01, "PASS"),
]
VERDICT = "not ready"
SAYS = [
    r"of hv02\.corp\.example: it is not known which machine answered: it calls itself HV01, in DNS hv02 "
    r"\(corp\.example\); if it was renamed, restart it"
]


def make() -> Record:
    record = Record(HV01, HV02)
    record.answered_by(HV02, HV01)
    system = record.one("ComputerSystem", HV01)
    record.data["answers"] = [
        {**answer, "rows": [{**system, "dns_host_name": "hv02"}]}
        if (answer["fact"], answer["target"]) == ("ComputerSystem", HV02)
        else answer
        for answer in record.data["answers"]
    ]
    return record
