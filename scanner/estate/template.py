"""The commented estate that ``hv-preflight init`` writes.

Values come in as values: the template is a document in which they are set, never a text into which they are put.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence

from scanner.estate.writing import filled, proven

HEAD = """\
# estate.toml: what shall move, and how to look at it. No secret belongs in here.
# Check it with: hv-preflight estate estate.toml       Every key: hv-preflight schema
# name = "Berlin to Munich"                    # what reports call it
profiles = ["live-migration"]                  # also: "replica", "asr-vmm"

[sign_in]                                      # how to reach Windows machines; may be set again per group or host
method = "kerberos"                            # kerberos (ticket cache) | negotiate | certificate | credssp | basic
transport = "https"                            # https | http (http only where messages are encrypted)
# user = "svc-preflight@corp.example"          # with negotiate, credssp, basic
# password = { env = "HV_PASSWORD" }           # or { keyring = "hv-preflight" }, { file = "..." }, { command = [...] }, { prompt = true }
# configuration = "HvPreflight"                # a JEA endpoint: then commands are sent, no script
# ca = "corp-ca.pem"                           # certification authorities to trust, if not the system's

[directory]
domains = []                        # controllers are found by DNS

[networks]
trusted = []                                   # private, isolated: migration traffic may be in clear here, as in "10.20.0.0/24"
"""  # noqa: E501 - lines of a file that people read
NAMED = HEAD.replace('\n# name = "Berlin to Munich"  ', '\nname = ""')

GROUP = """
[[group]]
name = ""
hosts = []
"""

ROUTE = """
[[route]]                                      # who moves where: a group or a host
from = ""
to = ""
both_ways = true
storage = true                                 # virtual disks move too; "only": they move, and no machine
# profiles = ["live-migration"]                # the kinds of move it is planned for; all, if it is not there
"""

TAIL = """
# [operator]                                   # who starts the moves: then its rights are judged, too
# account = "CORP\\\\ops"                        # an account, or several: ["ops1@corp.example", "CORP\\\\ops2"]

# [live_migration]
# started_from = "admin01.corp.example"        # where moves are started, if on none of the hosts

# [vms]                                        # which machines are judged, by name or id; all, if it is not there
# only = ["web-*"]
# except = ["test-*"]

# [[switch]]                                   # a virtual switch that the destination calls otherwise
# from = "Production"
# to = "Production-Munich"

# [replica]                                    # with the profile "replica" or "asr-vmm"
# authentication = "kerberos"                  # kerberos | certificate
# configured = false                           # "asr-vmm": Site Recovery has yet to set the hosts up

# [[vmm]]                                      # with the profile "asr-vmm"
# name = "vmm01.corp.example"

# [[cloud_pair]]                               # a cloud that is replicated to another one
# from = "Primary"
# to = "Recovery"
# frequency = 300                              # seconds: 30, 300 or 900
# recovery_points = 24                         # additional ones, a point an hour
# app_consistent = 4                           # hours between application-consistent snapshots; 0: none

# [[network_mapping]]                          # VM network of the source, and what it becomes
# from = "Production"
# to = "Production-Munich"

# [[file_server]]                              # its shares are read
# name = "fs01.corp.example"

# [offline]                                    # first copies are carried by hand, between VMM sites
# export = '\\\\fs01.corp.example\\export'
# import = '\\\\fs02.corp.example\\import'
# service_account = "CORP\\\\svc-vmm"           # of VMM; run_as = [...]: accounts with which it added the hosts

# [site_recovery]
# proxy = "proxy.corp.example:8080"            # or "winhttp", or "direct"
# proxy_signs_in = "2026-11-20 Jane Doe"       # who saw that the proxy takes the provider's password, and when
# ip_ranges = "2026-11-20 Jane Doe"            # who saw that the service's address ranges are allowed, and when
# key_on_server = 'C:\\Keys\\my.VaultCredentials'   # where the key lies on each VMM server
# friendly_name = "vmm-berlin"                 # what the VMM server is called in the vault
# closed_scenario = "accepted"                 # you know that the scenario takes no new servers (ASR-01)
# registered = true                            # the VMM servers are registered, so there is no key file

# [[key_file]]
# path = "vault.VaultCredentials"
# vault = "my-vault"

[limits]
host_deadline = "60s"
concurrency = 32
"""

EXAMPLE = {"berlin": ("hv01.corp.example", "hv02.corp.example"), "munich": ("hv11.branch.example",)}


def text(groups: Mapping[str, Sequence[str]] | None = None, domains: Sequence[str] = (), name: str = "") -> str:
    """An estate file for these groups of hosts, each with the others; an example where none are given.

    Args:
        groups: hosts by group.
        domains: of the directory.
        name: what the estate is called.

    Raises:
        TomlError: a value cannot be written.
    """
    named = groups or EXAMPLE
    names = list(named)
    pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
    pairs += [(name, name) for name in names if len(named[name]) > 1]
    directory = {"domains": list(domains or ("corp.example", "branch.example"))}
    group = [{"name": name, "hosts": list(hosts)} for name, hosts in named.items()]
    route = [{"from": source, "to": destination} for source, destination in pairs]
    head = filled(NAMED, values={"name": name}) if name else HEAD
    written = filled(head, "directory", values=directory)
    written += "".join(filled(GROUP, "group", 0, values=values, lines=("hosts",)) for values in group)
    written += "".join(filled(ROUTE, "route", 0, values=values) for values in route)
    plain = tomllib.loads(ROUTE)["route"][0]
    meant = tomllib.loads(head) | tomllib.loads(TAIL) | {"directory": directory, "group": group}
    meant |= {"route": [plain | values for values in route]} if route else {}
    return proven(written + TAIL, meant)
