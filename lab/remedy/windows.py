"""Commands of Windows itself: services, the firewall, roles, the domain, and commands sent to another machine."""

from __future__ import annotations

from typing import Any

from lab.remedy.command import Call, command
from lab.remedy.hyper_v import defaults
from lab.remedy.world import Host, Refused
from lab.windows.machine.registry import BUILT_IN_RULES

PENDING = ("start pending", "stop pending", "paused")
AUTOMATIC = {"automatic": "stopped", "manual": "stopped", "disabled": "disabled"}
OWN_NAMES = (
    "Microsoft Virtual System Migration Service",
    "Hyper-V Replica Service",
    "Microsoft Virtual Console Service",
)
"""Names that vmms registers on its account whenever it starts."""


@command(
    "Invoke-Command", "ComputerName ScriptBlock", places="ComputerName ScriptBlock", required="ComputerName ScriptBlock"
)
def invoke(call: Call) -> None:
    """Run the block on a machine."""
    if call.here:
        raise Refused("a command that was sent to a machine cannot be sent on from there")
    call.block(call.world.host(call.text("ComputerName")))


def service(host: Host, name: str) -> str:
    """A service in its own spelling. Raises Refused: there is none of the name."""
    found = next((own for own in host.machine.services() if own.casefold() == name.casefold()), None)
    if found is None:
        raise Refused(f"{host.name} has no service {name}")
    return found


def put(host: Host, name: str, state: str) -> None:
    """Leave a service in a state."""
    host.change(services=host.machine.state.services | {name: state})


@command("Set-Service", "ComputerName Name StartupType Status", places="Name", required="Name")
def set_service(call: Call) -> None:
    """How a service starts."""
    host = call.host()
    name = service(host, call.text("Name"))
    kind = call.choice("StartupType", "Automatic", "Manual", "Disabled").casefold()
    state, mode = host.machine.services()[name]
    if kind and (kind == "disabled") != (mode == "Disabled") and state != "Running":
        put(host, name, AUTOMATIC[kind])
    if call.choice("Status", "Running", "Stopped").casefold() == "running":
        started(call, host, name)


@command("Start-Service", "Name", places="Name", required="Name")
def start_service(call: Call) -> None:
    """Start a service, unless it runs."""
    host = call.host()
    started(call, host, service(host, call.text("Name")))


@command("Restart-Service", "Name Force", places="Name", required="Name")
def restart_service(call: Call) -> None:
    """End and start a service."""
    host = call.host()
    started(call, host, service(host, call.text("Name")))


def started(call: Call, host: Host, name: str) -> None:
    """Start a service. Raises Refused: it is disabled."""
    if host.machine.services()[name][1] == "Disabled":
        raise Refused(f"the service {name} of {host.name} is disabled")
    put(host, name, "running")
    if name == "vmms":
        host.change("migration", listening=None)
        registered(call, host)


def registered(call: Call, host: Host) -> None:
    """The names of Hyper-V's services on the host's account, those left out that another account holds."""
    state, directory = host.machine.state, call.world.directory
    if not state.domain or state.domain not in directory.domains:
        return
    found = directory.find(f"{host.machine.name}$", state.domain)
    names = [f"{kind}/{end}" for kind in OWN_NAMES for end in (host.machine.name, found.account.dns_name or host.name)]
    held = {spn.casefold() for spn in found.account.spns}
    new = [name for name in names if name.casefold() not in held and not directory.holder(name, found.account)]
    directory.change(found, spns=(*found.account.spns, *new))


@command("Enable-NetFirewallRule", "CimSession Name DisplayGroup Group", places="Name")
def enable_rule(call: Call) -> None:
    """Let in what a rule that Windows brings lets in."""
    host, name = call.host(), call.text("Name")
    word = next((w for w, rules in BUILT_IN_RULES.items() if name.casefold() in (r.casefold() for r in rules)), "")
    if not word or (word in ("migration", "replica-http", "replica-https") and "vmms" not in host.machine.services()):
        raise Refused(f"{host.name} has no firewall rule {name or 'without -Name'}")
    if word not in host.machine.state.firewall.active:
        host.change("firewall", active=[*host.machine.state.firewall.active, word])
    opened(host, *BUILT_IN_RULES[word].values())


@command(
    "New-NetFirewallRule",
    "CimSession Name DisplayName Direction Protocol LocalPort Action Profile RemoteAddress Program",
    required="DisplayName",
)
def new_rule(call: Call) -> None:
    """Let in what a rule of one's own says."""
    host = call.host()
    if (
        call.choice("Direction", "Inbound", "Outbound") == "Outbound"
        or call.choice("Action", "Allow", "Block") == "Block"
    ):
        raise Refused(f"{call.known.name}: a rule that lets nothing in is no remedy")
    port = call.text("LocalPort")
    if call.choice("Protocol", "TCP", "UDP") != "TCP" or not port.isdigit() or not 0 < int(port) < 65536:
        raise Refused(f"{call.known.name}: no TCP port is named")
    rule = f"v2.22|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort={port}|Name={call.text('DisplayName')}|"
    host.change("firewall", rules=host.machine.state.firewall.rules | {f"{{{call.text('DisplayName')}}}": rule})
    opened(host, rule)


def opened(host: Host, *rules: str) -> None:
    """Packets to the ports of these rules vanish no more."""
    words = [word for rule in rules for word in rule.split("|")]
    host.dropped -= {int(w.partition("=")[2]) for w in words if w.startswith("LPort=") and w[6:].isdigit()}


@command("Install-WindowsFeature", "ComputerName Name IncludeManagementTools Restart", places="Name", required="Name")
def install_feature(call: Call) -> None:
    """Add the role Hyper-V, after which the machine starts again, or its PowerShell module."""
    host = call.host()
    if call.text("Name").casefold() == "hyper-v-powershell":
        faults = host.machine.state.faults
        host.change("faults", missing_module=[name for name in faults.missing_module if name != "Hyper-V"])
        host.change(management_tools=True)
        return
    if call.text("Name").casefold() != "hyper-v":
        raise Refused(f"{call.known.name}: the lab knows the features Hyper-V and Hyper-V-PowerShell alone")
    if host.machine.state.edition == "Client":
        raise Refused(f"{call.known.name} does not exist on a client release")
    if "vmms" in host.machine.services():
        raise Refused(f"{host.name} has Hyper-V already")
    if not call.flag("Restart") and not call.told("restart"):
        raise Refused(f"{call.known.name}: the role is there after a restart only, and nobody restarts {host.name}")
    services = {name: state for name, state in host.machine.state.services.items() if name != "vmms"}
    host.change(hyper_v=True, services=services, migration=defaults())
    registered(call, host)


@command("Add-Computer", "ComputerName DomainName Credential Restart OUPath", required="DomainName")
def add_computer(call: Call) -> Any:
    """Join a domain: who may do that signs in, and the lab knows nobody."""
    call.host()
    raise Refused(f"{call.known.name} asks for someone who may join {call.text('DomainName')}")
