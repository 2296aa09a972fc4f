from tests.field.record import HV01, HV02, Record

VMM, OTHER = "vmm01.corp.example", "vmm02.corp.example"
SITUATION = """A VMM cluster of two nodes. The provider was updated on the node on which VMM ran; after a failover the
older one manages replication. A third node is in no estate. 5.1.10000.0 is newer than 5.1.7000.0, though no text says
so."""
SOURCE = "Microsoft Learn: set up disaster recovery to a secondary VMM site, step 3, note on clusters"
EXPECT = [
    ("ASR-03", VMM, "FAIL"),
    ("ASR-03", OTHER, "PASS"),
    ("CLU-05", "vmmcl", "UNKNOWN"),
    ("VMM-14", "vmmcl", "WARN"),
]
VERDICT = "not ready"


def make() -> Record:
    record = Record(HV01, HV02, profiles=("asr-vmm",))
    record.estate["vmm_servers"].append(OTHER)
    record.estate["site_recovery"]["friendly_names"] = ["vmm01"]
    cluster = [{"name": "vmmcl", "fqdn": "vmmcl.corp.example", "functional_level": 10}]
    groups = [{"id": "1", "name": "vmm-ha", "kind": 9999}]
    nodes = [{"name": name, "state": 0} for name in ("vmm01", "vmm02", "vmm03")]
    (program,) = record.rows("ProviderFile", VMM)
    (system,) = record.rows("ComputerSystem", VMM)
    record.like("ComputerSystem", VMM, OTHER, [{**system, "name": "VMM02", "dns_host_name": "vmm02"}])
    record.like("VmmSetup", VMM, OTHER, record.rows("VmmSetup", VMM))
    record.like("ProviderFile", VMM, OTHER, [{**program, "version": "5.1.10000.0"}])
    for fact, rows in (("ClusterInfo", cluster), ("ClusterGroup", groups), ("ClusterNode", nodes)):
        record.rows(fact, VMM).extend(rows)
        record.like(fact, VMM, OTHER, rows)
    return record
