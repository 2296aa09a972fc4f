from tests.field.record import HV01, HV02, Record

SITUATION = """The Hyper-V module says that hv02 takes migrations on any network, its settings list 10.99.0.0/24 alone,
where it has no address. By the settings nothing comes in; which of the two is right only the host tells."""
SOURCE = "Set-VMHost -UseAnyNetworkForMigration; Add-VMMigrationNetwork"
EXPECT = [("LM-08", HV02, "UNKNOWN"), ("LM-08", HV01, "PASS")]
VERDICT = "incomplete"
SAYS = [r"the module says any available network; the settings say 10\.99\.0\.0/24"]


def make() -> Record:
    record = Record(HV01, HV02)
    record.one("VMHost", HV02)["any_network"] = True
    record.rows("MigrationNetwork", HV02)[:] = [
        {**record.rows("MigrationNetwork", HV02)[0], "subnet": "10.99.0.0", "prefix_length": 24}
    ]
    return record
