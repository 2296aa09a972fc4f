"""The good record of the practice estate, cut down to some hosts and routes, to be edited as a case says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scanner.api import Report, Severity
from scanner.judge import judging, policy
from scanner.plugins import load
from scanner.record import record

HV01, HV02, HV03, HV11 = "hv01.corp.example", "hv02.corp.example", "hv03.corp.example", "hv11.branch.example"
GOOD = Path(__file__).parents[1] / "data" / "good.hvp"
OFFER = load(third_party=False)
DIRECTORY = ("ComputerAccount", "CrossRef", "DomainController", "DomainInfo", "Trust")
Row = dict[str, Any]


class Record:
    """A saved record; both directions between its hosts are planned, unless a case says otherwise."""

    def __init__(self, *hosts: str, profiles: tuple[str, ...] = ("live-migration",)) -> None:
        self.data: dict[str, Any] = json.loads(GOOD.read_text(encoding="utf-8"))
        self.estate: dict[str, Any] = self.data["estate"]
        self.hosts(*hosts)
        self.estate.update(profiles=sorted(profiles), key_files=[], vmm_servers=[])

    def hosts(self, *names: str) -> None:
        """Declare these hosts, and routes between all of them."""
        routes = [{"source": s, "destination": d, "storage": True} for s in names for d in names if s != d]
        self.estate.update(hosts=list(names), routes=routes)

    def rows(self, fact: str, target: str) -> list[Row]:
        """The rows of a fact, to be edited in place."""
        return next(a["rows"] for a in self.data["answers"] if (a["fact"], a["target"]) == (fact, target))

    def one(self, fact: str, target: str) -> Row:
        """Its only row."""
        (row,) = self.rows(fact, target)
        return row

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
        for answer in self.data["answers"]:
            for row in answer["rows"] if answer["fact"] == "EndpointProbe" else ():
                row["target"] = row["target"].replace(f"{host}:", f"{name}:")
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
        text = json.dumps(self.data).replace(host, name).replace(f'"{old}"', f'"{new}"')
        short = new[:15].upper()
        text = text.replace(f'"{old.upper()}', f'"{short}').replace(f"/{old.upper()}", f"/{short}")
        self.data = json.loads(text.replace(f"CN={old.upper()},", f"CN={new},"))
        self.estate = self.data["estate"]

    def proof(self, target: str, proof: str) -> None:
        """What the sign-in proved."""
        next(t for t in self.data["targets"] if t["name"] == target)["proof"] = proof

    def judged(self) -> Report:
        """The report, through the file as it would be saved."""
        evidence = record.load(json.dumps(self.data).encode(), OFFER.facts)
        checks = judging.enabled(OFFER.checks, evidence.estate.profiles)
        found = judging.judge(checks, evidence)
        return policy.report_of(
            evidence, found, checks=checks, plugins=OFFER.plugins, threshold=Severity.LOW, not_judged=OFFER.not_judged
        )

    def _windows(self, host: str) -> list[dict[str, Any]]:
        return [a for a in self.data["answers"] if a["target"] == host and a["fact"] not in DIRECTORY]

    def _drop(self, which: Any) -> None:
        self.data["answers"] = [answer for answer in self.data["answers"] if not which(answer)]
