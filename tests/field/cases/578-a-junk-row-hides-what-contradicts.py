from tests.field.networks import listed
from tests.field.record import HV01, HV02, Record

SITUATION = """The Hyper-V module of hv02 says that any network is used; the settings list one, and a row that is no
subnet. The row that cannot be read does not take back what the other one says."""
SOURCE = "G16.1 rule 3"
EXPECT = [("LM-08", HV02, "WARN"), ("LM-08", HV01, "PASS")]
VERDICT = "ready"
SAYS = [r"the module says any available network; the settings say 10\.20\.0\.0/24"]


def make() -> Record:
    record = Record(HV01, HV02)
    listed(record, HV02, "10.20.0.0/24")
    rows = record.rows("MigrationNetwork", HV02)
    rows.append(rows[0] | {"instance_id": "junk", "subnet": "junk"})
    record.one("VMHost", HV02)["any_network"] = True
    return record
