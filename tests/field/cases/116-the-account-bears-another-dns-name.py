from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 says that it is hv02 with the suffix corp.example, and answers under that name. Its account says
hv02b.corp.example, and names of services and delegation are those of hv02b: nobody gets a ticket for the name in
use."""
SOURCE = "Microsoft Learn: events 5788 and 5789 of NETLOGON (dNSHostName and service names could not be written)"
EXPECT = [("DEL-08", HV02, "UNKNOWN")]
VERDICT = "not ready|incomplete"


def make() -> Record:
    record = Record(HV01, HV02)
    for row in record.accounts("HV02$"):
        row["dns_name"] = "hv02b.corp.example"
        row["spns"] = [text.replace(HV02, "hv02b.corp.example") for text in row["spns"]]
    for row in record.accounts("HV01$"):
        row["delegates_to"] = [text.replace(HV02, "hv02b.corp.example") for text in row["delegates_to"]]
    return record
