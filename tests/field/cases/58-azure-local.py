from tests.field.record import HV01, HV02, Record

SITUATION = """Two nodes that were taken out of an Azure Local instance: build 25398, edition 406. It has the build of
Windows Server, version 23H2, and is another product."""
SOURCE = "Microsoft Learn: GetProductInfo (406 Azure Stack HCI); Azure Local release information"
EXPECT = [("HOST-02", "", "PASS"), ("HOST-03", "", "PASS")]
VERDICT = "ready"
SAYS = [r"Azure Stack HCI / Azure Local \(build 25398\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host in (HV01, HV02):
        record.windows(host, 25398, sku=406)
        record.versions(host, "8.0", "8.3", "9.0", "9.3", "10.0", "11.0", machines="8.0")
    return record
