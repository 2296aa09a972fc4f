from tests.field.record import HV01, HV02, Record

SITUATION = """A policy denies hv02's virtual machines the right to log on as a service. The policy was edited where
Hyper-V is installed, and its result holds the name of the account in place of its SID."""
SOURCE = "part G, HOST-06 (0x80070569); RSoP writes names that were not resolved"
EXPECT = [("HOST-06", HV02, "FAIL"), ("HOST-06", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"a policy denies it to"]


def make() -> Record:
    record = Record(HV01, HV02)
    name = "NT VIRTUAL MACHINE\\Virtual Machines"
    record.put("PolicyRight", HV02, [{"right": "SeDenyServiceLogonRight", "accounts": [name], "precedence": 1}])
    return record
