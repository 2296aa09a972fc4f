from tests.field.record import HV01, HV02, Record

SITUATION = """No controller of corp.example answers as a global catalogue (port 3268 is closed between the sites). Its
own domain knows of no account with a name of these hosts; the rest of the forest was not heard."""
SOURCE = "Microsoft Learn: servicePrincipalName is in the global catalogue; uniqueness is one of the forest"
EXPECT = [("DEL-08", "", "PASS|NOT_APPLICABLE"), ("DEL-09", HV01, "UNKNOWN"), ("DEL-09", HV02, "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"as a global catalogue"]


def make() -> Record:
    record = Record(HV01, HV02)
    why = (
        "no controller of corp.example answered as a global catalogue: dc1.corp.example cannot be reached on port 3268"
    )
    record.gap("ServiceName", "corp.example", "unreachable", why)
    return record
