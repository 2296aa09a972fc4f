from tests.field.record import HV01, HV02, Record

SITUATION = """A policy denies Authenticated Users of hv02 the right to log on as a service, after a template for
workstations. The account of a virtual machine is one of them once it signs in, and a denial wins."""
SOURCE = "part G, HOST-06; Microsoft Learn: Deny log on as a service (wins over the right)"
EXPECT = [("HOST-06", HV02, "UNKNOWN"), ("HOST-06", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"a policy denies it to S-1-5-11, which may include virtual machines"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("PolicyRight", HV02, [{"right": "SeDenyServiceLogonRight", "accounts": ["*S-1-5-11"], "precedence": 1}])
    return record
