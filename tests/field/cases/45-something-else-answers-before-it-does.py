from tests.field.record import HV01, HV02, Record

SITUATION = """As before, but port 8083 of hv02 answers although hv02 takes no replicas yet. Something else listens
there, and may stand in the way."""
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 4"
EXPECT = [("RCH-06", f"/{HV02}", "UNKNOWN")]
VERDICT = "incomplete"
SAYS = [r"something else may listen there"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["replica"].update(configured=False, port=8083)
    record.replica(HV02, enabled=False)
    return record
