from tests.field.record import HV01, HV02, Record

SITUATION = """hv02 is a PC with Windows 11 Pro on which Hyper-V was turned on. winver shows build 22631; it takes
neither live migrations nor replicas, whatever its settings look like."""
SOURCE = "Microsoft Learn: Introduction to Hyper-V on Windows (features that only Windows Server has)"
EXPECT = [("HOST-02", HV02, "FAIL"), ("HOST-02", HV01, "PASS")]
VERDICT = "not ready"
SAYS = [r"client Hyper-V has neither live migration nor Replica"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("live-migration", "replica"))
    record.windows(HV02, 22631, product_type=1)
    return record
