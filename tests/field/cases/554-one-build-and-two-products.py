from tests.field.record import HV01, HV02, Record

SITUATION = """A machine is to move from Windows Server 2022 to a machine of Azure Local of the same build. Releases and
configuration versions fit; the vendor's page on new hardware supports no live migration between the two."""
SOURCE = "MicrosoftDocs/azure-stack-docs: Migrate to Azure Stack HCI on new hardware (2020-12); GetProductInfo 406"
EXPECT = [("HOST-14", "", "UNKNOWN"), ("HOST-02", "", "PASS"), ("HOST-03", "", "PASS")]
VERDICT = "incomplete"
SAYS = [r"Windows Server 2022 \(build 20348\) ↔ Azure Stack HCI / Azure Local \(build 20348\)"]


def make() -> Record:
    record = Record(HV01, HV02)
    for host, sku in ((HV01, 8), (HV02, 406)):
        record.windows(host, 20348, sku=sku)
        record.versions(host, "8.0", "8.3", "9.0", "9.3", "10.0", machines="8.0")
    return record
