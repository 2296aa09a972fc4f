from tests.field.record import HV01, HV02, Record

SITUATION = """A device inspects TLS. Its authority has the word Microsoft in its name, and is not Microsoft's."""
SOURCE = "Microsoft Learn: Azure certificate authority details (subordinate authorities of the service)"
EXPECT = [("RCH-07", "", "PASS")]
VERDICT = "ready"
SAYS = [r"issued by CN=Microsoft Edge Gateway CA, O=Corp: TLS may be inspected"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.to_site_recovery(certificate_issuer="CN=Microsoft Edge Gateway CA, O=Corp")
    return record
