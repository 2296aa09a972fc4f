"""Test-Endpoint as a command: the limits its parameters set, then the probe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lab.windows import errors, probe
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row

TARGET_PATTERN = re.compile(r"([0-9A-F:.]+>)?(\[[0-9A-F:.]+\]|[\w.-]+):\d{1,5}(/tls)?(/date)?", re.IGNORECASE)
PROXY_PATTERN = re.compile(r"((\[[0-9A-F:.]+\]|[\w.-]+):\d{1,5})?", re.IGNORECASE)


@command("Test-Endpoint", parameters=("Target", "Proxy", "TimeoutMilliseconds", "TotalMilliseconds"))
def test_endpoint(call: Call) -> Iterator[Any]:
    """One answer a target; see lab.windows.probe."""
    targets, proxy = call.texts("Target"), call.text("Proxy")
    if "Target" not in call.given:
        text = "Cannot process command because of one or more missing mandatory parameters: Target."
        raise errors.binding("MissingMandatoryParameter", call.name, call.owner, text)
    if not 1 <= len(targets) <= 256:
        raise errors.refused_value(call.name, call.owner, "Target", len(targets))
    for value in (t for t in targets if not TARGET_PATTERN.fullmatch(t)):
        raise errors.refused_value(call.name, call.owner, "Target", value)
    if not PROXY_PATTERN.fullmatch(proxy):
        raise errors.refused_value(call.name, call.owner, "Proxy", proxy)
    timeout = _limit(call, "TimeoutMilliseconds", 3000, 30000)
    total = _limit(call, "TotalMilliseconds", 25000, 120000)
    call.session.wait_if_hanging(call.name)
    for answer in probe.probe(targets, proxy, timeout, total):
        yield Row(answer, type_name="HvPreflight.EndpointAnswer")


def _limit(call: Call, name: str, default: int, most: int) -> int:
    value = int(call.given.get(name, default))
    if not 100 <= value <= most:
        raise errors.refused_value(call.name, call.owner, name, value)
    return value
