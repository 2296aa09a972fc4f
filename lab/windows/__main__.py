"""Serves one machine: its WSMan endpoint, and a plain TCP door on every port its state says it listens on.

    python -m lab.windows serve --machine hv01.toml --listen 10.77.1.11:5986/tls --certificate hv01.pem --key hv01.key \
        --keytab hv01.keytab

    python -m lab.windows replay --recording learnt.json --listen 127.0.0.9:5986/tls --certificate c.pem --key k.pem \
        --accounts accounts.toml --auth basic

Prints `ready` when everything listens. SIGHUP reads the machine file again, SIGTERM and Ctrl-C end it. `replay` answers
what the machine of a recording answered, under the name that it prints.
"""

from __future__ import annotations

import argparse
import os
import selectors
import signal
import socket
import sys
import threading
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from lab.windows.machine import Machine
from lab.windows.replay import ReplayRunner
from lab.windows.runner import MachineRunner
from lab.windows.wsman import CATALOGUE, Fault, Listener, ServerThread, Tls, WsmanServer
from scanner.record.decoding import RecordError
from scanner.record.recording_file import load

OWN_PORTS = {5985, 5986}  # WinRM listens itself where it is told to


class Doors:
    """Listening sockets that accept and say nothing, as a service before the first byte."""

    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.wake, self.waker = socket.socketpair()
        self.selector.register(self.wake, selectors.EVENT_READ)
        self.thread = threading.Thread(target=self._accept, name="doors", daemon=True)
        self.thread.start()

    def open(self, wanted: set[tuple[str, int]]) -> list[str]:
        """Opens these doors and closes the others; returns what could not be had, in words."""
        known = {key.data: key.fileobj for key in list(self.selector.get_map().values()) if key.data}
        for place, door in known.items():
            if place not in wanted and isinstance(door, socket.socket):
                self.selector.unregister(door)
                door.close()
        refused: list[str] = []
        for place in sorted(wanted - known.keys()):
            try:
                door = _listen(*place)
            except OSError as problem:
                refused.append(f"{place[0]}:{place[1]}: {problem.strerror}")
                continue
            door.setblocking(False)
            self.selector.register(door, selectors.EVENT_READ, place)
        self.waker.send(b".")  # the wait begins anew, with the new doors
        return refused

    def _accept(self) -> None:
        while True:
            for key, _ in self.selector.select():
                door = key.fileobj
                if door is self.wake:
                    self.wake.recv(64)
                    continue
                try:
                    if isinstance(door, socket.socket):
                        door.accept()[0].close()
                except OSError:  # the client is gone, or the door was closed in between
                    continue


def _listen(address: str, port: int) -> socket.socket:
    if address == "0.0.0.0" and socket.has_dualstack_ipv6():
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=64)


def _listener(text: str, options: argparse.Namespace) -> Listener:
    place, _, kind = text.partition("/")
    address, _, port = place.rpartition(":")
    if kind not in ("", "tls") or not port.isdigit():
        raise SystemExit(f"--listen {text}: ADDRESS:PORT or ADDRESS:PORT/tls")
    if kind and not (options.certificate and options.key):
        raise SystemExit(f"--listen {text} needs --certificate and --key")
    tls = Tls(options.certificate, options.key, options.client_ca) if kind else None
    return Listener(address.strip("[]"), int(port), tls)


def _doors_wanted(machine: Machine, options: argparse.Namespace) -> set[tuple[str, int]]:
    told = options.service_address
    wanted = {(told or address, port) for address, port, _ in machine.listening() if port not in OWN_PORTS}
    everywhere = {port for address, port in wanted if address == "0.0.0.0"}
    wanted = {(a, p) for a, p in wanted if a == "0.0.0.0" or p not in everywhere}
    return wanted | {(told or "0.0.0.0", port) for port in options.also_listen}


def _server(machine: Machine, runner: MachineRunner, options: argparse.Namespace) -> WsmanServer:
    faults = {machine.name: [CATALOGUE[name] for name in machine.state.faults.wire]}
    return _endpoint(machine.name, machine.addresses(), runner, options, faults)


def _endpoint(
    name: str,
    addresses: Iterable[str],
    runner: MachineRunner | ReplayRunner,
    options: argparse.Namespace,
    faults: dict[str, list[Fault]],
) -> WsmanServer:
    users: dict[str, str] = tomllib.loads(options.accounts.read_text(encoding="utf-8")) if options.accounts else {}
    listeners = [_listener(text, options) for text in options.listen]
    names = dict.fromkeys((*(listener.address for listener in listeners), *addresses), name)
    return WsmanServer(
        runner,
        listeners=listeners,
        machines=names,
        users=users,
        keytab=options.keytab,
        auth=options.auth,
        configurations=runner.configurations,
        powershell_version=runner.powershell_version,
        faults=faults,
        latency=options.latency,
        allow_unencrypted=options.allow_unencrypted,
    )


def serve(options: argparse.Namespace) -> int:
    """Serves until a signal ends it."""
    signals = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    machine = Machine.load(options.machine)
    runner = MachineRunner({machine.name: machine})
    doors = Doors()
    with ServerThread(_server(machine, runner, options)) as thread:
        _open(doors, machine, options)
        places = " ".join(f"{address}:{port}" for address, port in thread.addresses)
        print(f"ready {machine.name} {places}", flush=True)
        while signal.sigwait(signals) == signal.SIGHUP:
            try:
                machine = Machine.load(options.machine)
            except (OSError, msgspec.DecodeError) as mistake:
                print(f"not reloaded: {options.machine}: {mistake}", flush=True)
                continue
            runner.replace(machine.name, machine)
            thread.server.faults.set(machine.name, *(CATALOGUE[name] for name in machine.state.faults.wire))
            _open(doors, machine, options)
            print("reloaded", flush=True)
        runner.stop()
    return 0


def replay(options: argparse.Namespace) -> int:
    """Answers from a recording until a signal ends it."""
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    runner = ReplayRunner(load(options.machine.read_bytes()))
    with ServerThread(_endpoint(runner.host, (), runner, options, {})) as thread:
        places = " ".join(f"{address}:{port}" for address, port in thread.addresses)
        print(f"ready {runner.host} {places}", flush=True)
        signal.sigwait(signals)
        runner.stop()
    return 0


def _open(doors: Doors, machine: Machine, options: argparse.Namespace) -> None:
    for refused in doors.open(_doors_wanted(machine, options)):
        print(f"not listening on {refused}", file=sys.stderr, flush=True)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab.windows", description="A practice Windows machine.")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("serve", help="serve one machine")
    one.set_defaults(run=serve)
    one.add_argument("--machine", type=Path, required=True, help="machine file (TOML)")
    one.add_argument("--also-listen", nargs="*", type=int, default=[], metavar="PORT", help="further plain TCP doors")
    one.add_argument("--service-address", metavar="ADDRESS", help="open all doors here, not where the state says")
    other = commands.add_parser("replay", help="answer as the machine of a recording did")
    other.set_defaults(run=replay)
    other.add_argument(
        "--recording", dest="machine", metavar="FILE", type=Path, required=True, help="what doctor --learn wrote"
    )
    for each in (one, other):
        _endpoint_arguments(each)
    return parser


def _endpoint_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("--listen", nargs="+", required=True, metavar="ADDRESS:PORT[/tls]", help="where WinRM listens")
    one.add_argument("--certificate", help="PEM file for /tls")
    one.add_argument("--key", help="PEM file for /tls")
    one.add_argument("--client-ca", help="authority of client certificates")
    one.add_argument("--keytab", default=os.environ.get("KRB5_KTNAME"), help="keys for Kerberos")
    one.add_argument("--accounts", type=Path, help='TOML file: "DOMAIN\\\\user" = "password"')
    one.add_argument("--auth", nargs="+", default=["negotiate", "kerberos"], help="schemes offered")
    one.add_argument("--allow-unencrypted", action="store_true", help="http without message encryption")
    one.add_argument("--latency", type=float, default=0.0, help="seconds added to every answer")


def main() -> int:
    """The command line."""
    options = _arguments().parse_args()
    try:
        return int(options.run(options))
    except (OSError, msgspec.DecodeError, RecordError) as mistake:
        print(f"lab.windows: {options.machine}: {mistake}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
