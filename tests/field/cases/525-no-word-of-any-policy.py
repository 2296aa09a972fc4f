from tests.field.record import HV01, HV02, Record

SITUATION = """Logging of the resultant set of policy is switched off on hv02: it tells no right that a policy sets, and
no row of its processing either. gpresult shows a policy that took the right away."""
SOURCE = "Microsoft Learn: turn off Resultant Set of Policy logging"
EXPECT = [("HOST-06", HV02, "UNKNOWN"), ("HOST-06", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"never processed, or is not logged"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("PolicyProcessing", HV02, [])
    return record
