"""The good record of the practice estate, cut down to some hosts and routes, to be edited as a case says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scanner.api import Report, Severity
from scanner.facts.delegation import service_names
from scanner.judge import judging, policy
from scanner.plugins import load
from scanner.record import record

HV01, HV02, HV03, HV11 = "hv01.corp.example", "hv02.corp.example", "hv03.corp.example", "hv11.branch.example"
VMM = "vmm01.corp.example"
GOOD = Path(__file__).parents[1] / "data" / "good.hvp"
OFFER = load(third_party=False)
DIRECTORY = (
    *("ComputerAccount", "CrossRef", "DomainController", "DomainInfo", "Trust"),
    *("DelegationChange", "ServiceName", "NamedAccount", "OperatorAccount", "OperatorElsewhere"),
)
Row = dict[str, Any]


class Record:
    """A saved record; both directions between its hosts are planned, unless a case says otherwise.

    For Site Recovery those from the first host are, which is in the cloud Primary, to the others, in Recovery.
    """

    def __init__(self, *hosts: str, profiles: tuple[str, ...] = ("live-migration",)) -> None:
        self.data: dict[str, Any] = json.loads(GOOD.read_text(encoding="utf-8"))
        self.estate: dict[str, Any] = self.data["estate"]
        for target in self.data["targets"]:
            target["proof"] = ""  # no sign-in proves who answered, unless a case says so
        self.estate.update(profiles=sorted(profiles), operators=[], started_from="")  # unless a case says otherwise
        self.hosts(*hosts)
        if "asr-vmm" not in profiles:
            self.estate.update(key_files=[], vmm_servers=[])

    def hosts(self, *names: str) -> None:
        """Declare these hosts, and routes between all of them."""
        every = self.estate["profiles"]
        others = [name for name in every if name != "asr-vmm"]
        ways = [(s, d, every if s == names[0] else others) for s in names for d in names if s != d]
        routes: list[Row] = [{"source": s, "destination": d, "storage": True} for s, d, kinds in ways if kinds]
        for route in routes:
            route.update({} if route["source"] == names[0] or others == every else {"profiles": others})
        self.estate.update(hosts=list(names), routes=routes)
        if "asr-vmm" in self.estate["profiles"]:
            for place, name in enumerate(names):
                self.in_cloud(name, "Recovery" if place else "Primary")

    def in_cloud(self, host: str, cloud: str) -> None:
        """Let VMM have a host and its machines in this cloud."""
        for row in self.rows("VmmHost", VMM):
            row.update({"group": f"All Hosts\\{cloud}"} if row["name"] == host else {})
        for row in self.rows("VmmVirtualMachine", VMM):
            row.update({"cloud": cloud, "group_path": f"All Hosts\\{cloud}"} if row["host"] == host else {})

    def rows(self, fact: str, target: str) -> list[Row]:
        """The rows of a fact, to be edited in place."""
        return next(a["rows"] for a in self.data["answers"] if (a["fact"], a["target"]) == (fact, target))

    def one(self, fact: str, target: str) -> Row:
        """Its only row."""
        (row,) = self.rows(fact, target)
        return row

    def probed(self, machine: str, target: str, outcome: str = "Connected", **more: Any) -> None:
        """What the machine's attempt at host:port gave; of one that connects to a host, from where to where as ever."""
        rows = self.rows("EndpointProbe", machine)
        like = next(row for row in rows if row["target"].rpartition(":")[0] == target.rpartition(":")[0])
        rows[:] = [row for row in rows if row["target"] != target]
        rows.append({**like, "target": target, "outcome": outcome, **more})

    def on_share(self, host: str, share: str, *, folders: bool = True) -> None:
        r"""Put the virtual disks of a host on ``\\server\share``, under the names that they have, and the rest."""
        for row in self.rows("VirtualMachineSettings", host) if folders else ():
            row.update(configuration_root=share, snapshot_root=share, swap_root=share)
        for row in self.rows("VmStorage", host):
            if row["sub_type"].endswith("Virtual Hard Disk"):
                row["paths"] = [share + "\\" + row["paths"][0].rpartition("\\")[2]]

    def served_by(self, server: str, address: str, *hosts: str) -> None:
        """Let these hosts connect to a file server at this address."""
        for host in hosts:
            like = self.rows("EndpointProbe", host)[0]
            told = {"target": f"{server}:445", "outcome": "Connected", "remote": address, "addresses": [address]}
            self.rows("EndpointProbe", host).append({**like, **told, "local": None})

    def to_site_recovery(self, name: str = "", **more: Any) -> None:
        """What every attempt at an endpoint of Site Recovery gave, or every one at this name."""
        for answer in self.data["answers"]:
            for row in answer["rows"] if answer["fact"] == "EndpointProbe" else ():
                if row["target"].endswith("/tls") and name in row["target"]:
                    row.update(more)

    def replica(self, host: str, **words: Any) -> None:
        """How a host receives replicas, by its own record and by the module; it listens as they say."""
        for fact in ("ReplicationServer", "ReplicaBrokerSettings"):
            self.one(fact, host).update(words)
        now = self.one("ReplicationServer", host)
        ports = {now[key] for bit, key in ((1, "http_port"), (2, "https_port")) if now["authentication"] & bit}
        self.rows("ListeningPort", host).extend({"text": "0.0.0.0", "port": port, "process": 4} for port in ports)

    def gap(self, fact: str, target: str, reason: str, detail: str = "") -> None:
        """It could not be read."""
        self._drop(lambda a: (a["fact"], a["target"]) == (fact, target))
        self.data["gaps"].append({"fact": fact, "target": target, "reason": reason, "detail": detail})

    def accounts(self, sam_name: str) -> Iterator[Row]:
        """Every row of this account: the domain's, and each controller's."""
        for answer in self.data["answers"]:
            if answer["fact"] == "ComputerAccount":
                yield from (row for row in answer["rows"] if row["sam_name"] == sam_name)

    def asked_as(self, host: str, name: str) -> None:
        """Let the estate call a host by another name; what the host and the directory say stays."""
        for answer in self._windows(host):
            answer["target"] = name
        ports = ("",) if "." in name else ("5985", "5986")  # a short name is tried beside the full one on others
        for answer in self.data["answers"]:
            for row in answer["rows"] if answer["fact"] == "EndpointProbe" else ():
                for port in ports:
                    row["target"] = row["target"].replace(f"{host}:{port}", f"{name}:{port}")
        for target in self.data["targets"]:
            target["name"] = name if target["name"] == host else target["name"]
        self.hosts(*(name if known == host else known for known in self.estate["hosts"]))

    def answered_by(self, target: str, host: str) -> None:
        """Let another host answer all that this target was asked."""
        self._drop(lambda a: a["target"] == target and a["fact"] not in DIRECTORY)
        self.data["answers"] += [{**answer, "target": target} for answer in self._windows(host)]

    def renamed(self, host: str, name: str) -> None:
        """Call a machine otherwise everywhere: in the estate, in the directory, by its own word."""
        old, new = (text.partition(".")[0] for text in (host, name))
        text = json.dumps(self.data).replace(host, name).replace(f'"{old}"', f'"{new}"').replace(f'"{old}:', f'"{new}:')
        short = new[:15].upper()
        text = text.replace(f'"{old.upper()}', f'"{short}').replace(f"/{old.upper()}", f"/{short}")
        self.data = json.loads(text.replace(f"CN={old.upper()},", f"CN={new},"))
        self.estate = self.data["estate"]

    def put(self, fact: str, target: str, rows: list[Row]) -> None:
        """These rows, whatever was answered before."""
        self._drop(lambda a: (a["fact"], a["target"]) == (fact, target))
        self.data["gaps"] = [g for g in self.data["gaps"] if (g["fact"], g["target"]) != (fact, target)]
        self.data["answers"].append(
            {"fact": fact, "target": target, "at": self.data["finished"], "query": "(edited)", "rows": rows}
        )

    def windows(self, host: str, build: int, **more: Any) -> None:
        """Another release of Windows."""
        version = f"{'6.2' if build < 9600 else '6.3' if build < 10000 else '10.0'}.{build}"
        self.one("OperatingSystem", host).update(build=build, version=version, **more)

    def versions(self, host: str, *own: str, machines: str = "") -> None:
        """The configuration versions that a host tells; and that of all its machines."""
        self.one("VMHost", host)["supported_versions"] = list(own)
        for row in self.rows("VirtualMachineSettings", host) if machines else ():
            row["version"] = machines

    def hides(self, host: str) -> None:
        """Let the account see nothing of Hyper-V on a host: no row of any class of its namespace, and no error."""
        for answer in self.data["answers"]:
            if answer["target"] == host and "virtualization" in answer["query"]:
                answer["rows"] = []

    def disjoint(self, suffix: str, *hosts: str) -> None:
        """Give hosts another DNS suffix than their domain's name, in all that names them; their domain stays."""
        for host in hosts:
            short, _, domain = host.partition(".")
            full = f"{short}.{suffix}"
            self.asked_as(host, full)
            self.one("DnsSuffix", full).update(active=suffix, stored=suffix)
            for answer in self.data["answers"]:
                for row in answer["rows"] if answer["fact"] == "ComputerAccount" else ():
                    for key in ("spns", "delegates_to"):
                        row[key] = [entry.replace(f"{short}.{domain}", full) for entry in row[key]]
            for row in self.accounts(f"{short.upper()}$"):
                row["dns_name"] = full

    def like(self, fact: str, target: str, other: str, rows: list[Row]) -> None:
        """Let another target answer as this one did, with these rows."""
        answer = next(a for a in self.data["answers"] if (a["fact"], a["target"]) == (fact, target))
        self.data["answers"].append({**answer, "target": other, "rows": rows})

    def proof(self, target: str, proof: str) -> None:
        """What the sign-in proved."""
        next(t for t in self.data["targets"] if t["name"] == target)["proof"] = proof

    def judged(self) -> Report:
        """The report, through the file as it would be saved."""
        self._catalogues()
        evidence = record.load(json.dumps(self.data).encode(), OFFER.facts)
        checks = judging.enabled(OFFER.checks, evidence.estate.profiles)
        found = judging.judge(checks, evidence)
        return policy.report_of(
            evidence, found, checks=checks, plugins=OFFER.plugins, threshold=Severity.LOW, not_judged=OFFER.not_judged
        )

    def _catalogues(self) -> None:
        """Let global catalogues tell what the accounts of their own domain hold, unless a case says otherwise."""
        for told in self.data["answers"]:
            if told["fact"] != "ServiceName" or told["query"] == "(edited)":
                continue
            here = [a for a in self.data["answers"] if (a["fact"], a["target"]) == ("ComputerAccount", told["target"])]
            accounts = [row for answer in here for row in answer["rows"]]
            for names in ((row["sam_name"].rstrip("$"), row["dns_name"]) for row in accounts):
                known = {row["spn"].lower() for row in told["rows"]}
                new = [spn for spn in service_names(*names) if spn.lower() not in known]
                told["rows"] += [{"spn": spn, "holders": [], "sids": []} for spn in new]
            for row in told["rows"]:
                held = [one for one in accounts if row["spn"].lower() in map(str.lower, one["spns"])]
                row.update(holders=[one["dn"] for one in held], sids=[one["sid"] for one in held])

    def _windows(self, host: str) -> list[dict[str, Any]]:
        return [a for a in self.data["answers"] if a["target"] == host and a["fact"] not in DIRECTORY]

    def _drop(self, which: Any) -> None:
        self.data["answers"] = [answer for answer in self.data["answers"] if not which(answer)]
