from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 was set back to a snapshot of last month. Its account is there and enabled, Netlogon runs, all
names are right; its password is not that of its account any more."""
SOURCE = "Microsoft Learn: Test-ComputerSecureChannel"
EXPECT = [("ID-08", HV02, "FAIL"), ("ID-08", HV01, "PASS"), ("ID-01", HV02, "PASS"), ("ID-04", HV02, "PASS")]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02)
    record.put("SecureChannel", HV02, [{"works": False}])
    return record
