from tests.field.record import HV01, HV02, Record

SITUATION = """A policy for all servers gives the right to log on as a service to two accounts; an older one with the
virtual machines in it stands below. Machines that run go on; one that arrives does not start, 0x80070569."""
SOURCE = "KB 2779204"
EXPECT = [("HOST-06", HV02, "FAIL"), ("HOST-06", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"S-1-5-80-0"]


def make() -> Record:
    record = Record(HV01, HV02)
    right = {"right": "SeServiceLogonRight"}
    record.put(
        "PolicyRight",
        HV02,
        [
            {**right, "accounts": ["*S-1-5-83-0"], "precedence": 2},
            {**right, "accounts": ["*S-1-5-80-0", "*S-1-5-21-1-2-3-1105"], "precedence": 1},
        ],
    )
    return record
