from tests.field.record import HV01, HV02, Record

SITUATION = """The key was made for a Hyper-V site, without VMM: SiteName is filled. Whether a VMM server takes it is
not proven."""
SOURCE = "azure-powershell: GetAzureRMRecoveryServicesVaultSettingsFile (SiteName is empty for VMM)"
EXPECT = [("KEY-02", "", "UNKNOWN"), ("KEY-06", "", "PASS")]
VERDICT = "incomplete"
SAYS = [r"made for the Hyper-V site Berlin"]


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.one("RegistrationKey", "practice_2026.VaultCredentials")["site"] = "Berlin"
    return record
